//! [`Timestamp`]: a moment, and the form in which W3C annotations write it.

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

const DAY: i64 = 86_400_000;

impl Timestamp {
    /// As `2026-01-02T03:04:05.006Z`; moments outside the years 0 to 9999 are written as the nearest
    /// one inside.
    pub fn to_iso(self) -> String {
        let ms = self.0.clamp(days(0, 1, 1) * DAY, days(9999, 12, 31) * DAY + DAY - 1);
        let (year, month, day) = date(ms.div_euclid(DAY));
        let time = ms.rem_euclid(DAY);
        let mut iso = String::with_capacity(24);
        for (value, width, before) in [
            (year, 4, ""),
            (month, 2, "-"),
            (day, 2, "-"),
            (time / 3_600_000, 2, "T"),
            (time / 60_000 % 60, 2, ":"),
            (time / 1000 % 60, 2, ":"),
            (time % 1000, 3, "."),
        ] {
            let digits = value.to_string();
            iso.push_str(before);
            iso.extend(std::iter::repeat_n('0', usize::saturating_sub(width, digits.len())));
            iso.push_str(&digits);
        }
        iso.push('Z');
        iso
    }

    /// Reads an `xsd:dateTime`; one without a time zone counts as UTC.
    pub fn parse_iso(iso: &str) -> Option<Self> {
        let (date, rest) = iso.trim().split_once('T')?;
        let mut date = date.splitn(3, '-').map(number);
        let (year, month, day) = (date.next()??, date.next()??, date.next()??);
        let (time, offset) = zone(rest)?;
        let mut time = time.splitn(3, ':');
        let (hour, minute) = (number(time.next()?)?, number(time.next()?)?);
        let second = time.next()?;
        let (second, fraction) = second.split_once('.').unwrap_or((second, ""));
        let second = number(second)?;
        let ms = (0..3).try_fold(0, |ms, at| {
            let digit = fraction.as_bytes().get(at).map_or(Some(0), |b| char::from(*b).to_digit(10))?;
            Some(ms * 10 + i64::from(digit))
        })?;
        let fits = (0..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && (0..=24).contains(&hour)
            && (0..60).contains(&minute)
            && (0..=60).contains(&second);
        let at = days(year, month, day) * DAY + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
        fits.then_some(Self(at))
    }
}

fn number(digits: &str) -> Option<i64> {
    (!digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| digits.parse().ok())
        .flatten()
}

/// The time of day and how many minutes its zone is ahead of UTC.
fn zone(time: &str) -> Option<(&str, i64)> {
    if let Some(utc) = time.strip_suffix('Z') {
        return Some((utc, 0));
    }
    let Some(at) = time.find(['+', '-']) else { return Some((time, 0)) };
    let (hours, minutes) = time.get(at + 1..)?.split_once(':')?;
    let ahead = number(hours)? * 60 + number(minutes)?;
    Some((&time[..at], if time[at..].starts_with('-') { -ahead } else { ahead }))
}

/// Days since the epoch of a Gregorian date; years begin in March here, so that a leap day comes last.
const fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The Gregorian date of a day since the epoch.
const fn date(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let march_month = (5 * of_year + 2) / 153;
    let month = (march_month + 2) % 12 + 1;
    let year = era * 400 + year + if month <= 2 { 1 } else { 0 };
    (year, month, of_year - (153 * march_month + 2) / 5 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_moments_are_written_as_they_are() {
        for (ms, iso) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_767_323_045_006, "2026-01-02T03:04:05.006Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp(ms).to_iso(), iso);
            assert_eq!(Timestamp::parse_iso(iso), Some(Timestamp(ms)));
        }
    }

    #[test]
    fn zones_and_missing_fractions_are_read() {
        let noon = Timestamp::parse_iso("2026-01-02T04:00:00Z");
        assert_eq!(Timestamp::parse_iso("2026-01-02T12:00:00+08:00"), noon);
        assert_eq!(Timestamp::parse_iso("2026-01-01T23:00:00-05:00"), noon);
        assert_eq!(Timestamp::parse_iso("2026-01-02T04:00:00"), noon);
        assert_eq!(Timestamp::parse_iso("2026-01-02T04:00:00.5Z").map(|t| t.0), noon.map(|t| t.0 + 500));
        for bad in [
            "",
            "T",
            "2026-01-02",
            "2026-13-02T00:00:00Z",
            "2026-01-02T00:61:00Z",
            "二〇二六年",
            "2026-01-02T00:00Z",
            "2026-01-02T00:00:00.xZ",
        ] {
            assert_eq!(Timestamp::parse_iso(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn a_moment_goes_there_and_back(ms in -62_000_000_000_000i64..250_000_000_000_000) {
            prop_assert_eq!(Timestamp::parse_iso(&Timestamp(ms).to_iso()), Some(Timestamp(ms)));
        }

        #[test]
        fn no_text_and_no_number_panics(text in "\\PC{0,40}", ms in any::<i64>()) {
            let _ = Timestamp::parse_iso(&text);
            prop_assert_eq!(Timestamp(ms).to_iso().len(), 24);
        }
    }
}
