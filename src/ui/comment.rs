//! A comment as it reads: its light Markdown as elements, never as HTML.

use super::element::{El, classed, el};
use crate::annotation::markup::{self, Block, Inline, Item};

/// A comment.
pub fn comment(text: &str) -> El {
    let blocks = markup::parse(text).into_iter().map(|block| match block {
        Block::Paragraph(text) => filled(el("p").attr("dir", "auto"), text),
        Block::List(items) => {
            let is_numbered = items.first().is_some_and(|item| item.number.is_some());
            el(if is_numbered { "ol" } else { "ul" }).children(items.into_iter().map(line))
        }
    });
    classed("div", "comment").children(blocks)
}

fn line(Item { number, depth, text }: Item) -> El {
    let mut line = el("li").attr("dir", "auto").attr("data-depth", depth.to_string());
    if let Some(number) = number {
        line = line.attr("value", number.to_string());
    }
    filled(line, text)
}

fn filled(mut element: El, text: Vec<Inline>) -> El {
    for inline in text {
        element = match inline {
            Inline::Text(words) => element.text(words),
            Inline::Break => element.child(el("br")),
            Inline::Emphasis(text) => element.child(filled(el("em"), text)),
            Inline::Strong(text) => element.child(filled(el("strong"), text)),
            Inline::Code(words) => element.child(el("code").text(words)),
            Inline::Link { url, text } => {
                let link =
                    el("a").attr("href", url).attr("target", "_blank").attr("rel", "noopener noreferrer");
                element.child(filled(link, text))
            }
        };
    }
    element
}
