//! Quantities: a number in figures with its unit.

use super::{Found, reader::Reader};
use crate::lexicon::Kind;
use crate::text::Span;

/// Units, the longer before those they begin with. Our own list.
const UNITS: &[&str] = &[
    "个百分点",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "公里",
    "千米",
    "公顷",
    "公斤",
    "千克",
    "万吨",
    "美元",
    "欧元",
    "万元",
    "亿元",
    "人次",
    "万人",
    "小时",
    "分钟",
    "多个",
    "多名",
    "多家",
    "余人",
    "多人",
    "余名",
    "个",
    "名",
    "人",
    "项",
    "家",
    "条",
    "件",
    "次",
    "场",
    "座",
    "所",
    "户",
    "亩",
    "吨",
    "米",
    "元",
    "岁",
    "辆",
    "台",
    "套",
    "种",
    "类",
    "批",
    "起",
    "位",
    "篇",
    "届",
    "倍",
    "天",
    "周",
    "%",
    "％",
    "‰",
];

pub(super) fn find(reader: &Reader<'_>) -> Vec<Found> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < reader.chars.len() {
        let digits = reader.from(at).iter().take_while(|c| is_figure(**c)).count();
        if digits == 0 {
            at += 1;
            continue;
        }
        let number = at + digits;
        let unit = reader.after_any(reader.skip_blanks(scale(reader, number)), UNITS);
        if let Some(end) = unit {
            found.push(Found { span: Span::new(at, end), kind: Kind::Quantity });
        }
        at = unit.unwrap_or(number);
    }
    found
}

/// The place after 万, 亿 and their like.
fn scale(reader: &Reader<'_>, at: usize) -> usize {
    let at = reader.skip_blanks(at);
    at + reader.from(at).iter().take_while(|c| "余多百千万亿".contains(**c)).count()
}

const fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９' | '.' | '．')
}
