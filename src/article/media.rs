//! What a `Content-Type` says.

/// Whether it names HTML or XML.
pub fn is_markup(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(kind.as_str(), "text/html" | "text/xml" | "application/xml") || kind.ends_with("+xml")
}

/// The encoding that it names; empty where it names none.
pub fn charset(content_type: &str) -> &str {
    let parts = content_type.split(';').filter_map(|part| part.split_once('='));
    let mut named = parts.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    named.next().map_or("", |(_, value)| value.trim().trim_matches('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_encodings_are_told_apart() {
        for (header, markup, encoding) in [
            ("text/html", true, ""),
            ("Text/HTML ;a=b; Charset=\"GBK\"", true, "GBK"),
            ("application/xhtml+xml; charset=utf-8", true, "utf-8"),
            ("application/atom+xml", true, ""),
            ("text/plain;charset= gb2312 ", false, "gb2312"),
            ("text/plain; xcharset=a;charset", false, ""),
            ("application/json", false, ""),
            ("", false, ""),
        ] {
            assert_eq!((is_markup(header), charset(header)), (markup, encoding), "{header}");
        }
    }
}
