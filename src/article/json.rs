//! An article as JSON: `{"title", "titleIsOurs", "source", "author", "date", "blocks": ["…"]}`, or
//! `"text"` in place of `"blocks"`, which is then read as plain text.

use super::{Article, ArticleError, BlockKind, Details, plain};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct File {
    title: String,
    title_is_ours: bool,
    source: String,
    author: String,
    date: String,
    text: String,
    blocks: Vec<String>,
}

pub(super) fn parse(json: &str) -> Result<Article, ArticleError> {
    let file: File = serde_json::from_str(json).map_err(|e| ArticleError::BadJson(e.to_string()))?;
    let details = Details {
        title: file.title,
        title_is_ours: file.title_is_ours,
        source: file.source,
        author: file.author,
        date: file.date,
    };
    if file.blocks.is_empty() {
        return Article::new(details, plain::blocks(&file.text));
    }
    Article::new(details, file.blocks.into_iter().map(|block| (BlockKind::Paragraph, block)))
}
