//! The seal: one character that tells a kind apart without colour.

use super::element::{El, classed};
use crate::lexicon::Kind;

/// The seal of a kind, hidden from screen readers, which hear the kind's name.
pub fn seal(kind: Kind) -> El {
    let glyph = match kind {
        Kind::Person => "人",
        Kind::Role => "职",
        Kind::Organization => "机",
        Kind::Place => "地",
        Kind::Date => "时",
        Kind::Quantity => "数",
        Kind::Meeting => "会",
        Kind::Document => "文",
        Kind::Term => "词",
    };
    classed("span", "seal")
        .attr("data-kind", kind.name())
        .attr("aria-hidden", "true")
        .attr("lang", "zh-Hans")
        .text(glyph)
}
