//! What a site's own pack names.

use super::{
    Found,
    lattice::{Tag, Token},
};
use crate::text::Span;

pub(super) fn find(tokens: &[Token]) -> Vec<Found> {
    let curated = tokens.iter().filter_map(|token| match token.tag {
        Tag::Curated(kind) => Some(Found { span: Span::new(token.start, token.end), kind }),
        _ => None,
    });
    curated.collect()
}
