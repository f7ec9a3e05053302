//! Traditional characters in their simplified form: what is looked up is in simplified ones.

use std::sync::OnceLock;

/// The Chinese characters that have a place in the table.
const HAN: std::ops::Range<u32> = 0x4e00..0xa000;

/// A character as simplified texts write it; most are themselves. Of two forms that one character stands for the
/// commoner is taken. `data/gazetteer/traditional.txt` has the table, `build/gazetteer.rs` describes its packed form.
pub fn simplified(c: char) -> char {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    let at = (c as u32).wrapping_sub(HAN.start) as usize;
    if at >= HAN.len() {
        return c;
    }
    match TABLE.get_or_init(unpack).get(at) {
        Some(&code) if code != 0 => char::from_u32(code.into()).unwrap_or(c),
        _ => c,
    }
}

/// By code point: the simplified one, or 0 where it is the same.
fn unpack() -> Vec<u16> {
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/traditional.bin"));
    let mut table = vec![0; HAN.len()];
    let (gaps, codes) = packed.split_at(packed.len() / 4 * 2);
    let (highs, lows) = codes.split_at(codes.len() / 2);
    let mut at = 0;
    for (gap, (high, low)) in gaps.chunks(2).zip(highs.iter().zip(lows)) {
        at += gap.iter().fold(0, |gap, byte| gap << 8 | usize::from(*byte));
        if let Some(code) = table.get_mut(at) {
            *code = u16::from(*high) << 8 | u16::from(*low);
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_become_simplified_ones_and_others_stay() {
        let plain = |text: &str| text.chars().map(simplified).collect::<String>();
        assert_eq!(plain("國務院關於機構改革、反腐敗的會議記錄"), "国务院关于机构改革、反腐败的会议记录");
        let simple = "忻州市召开全市机构改革动员大会，1 月16日；𠮷 ABC 著名 乾隆 瞭望";
        assert_eq!(plain(simple), simple);
    }
}
