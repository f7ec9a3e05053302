//! An article as JSON: `{"title", "titleIsOurs", "source", "author", "date", "blocks": ["…"]}`, or
//! `"text"` in place of `"blocks"`, which is then read as plain text.

use super::{Article, ArticleError, BlockKind, Details, plain};
use serde_json::Value;

pub(super) fn parse(json: &str) -> Result<Article, ArticleError> {
    let bad = |reason: &str| ArticleError::BadJson(reason.to_owned());
    let file: Value = serde_json::from_str(json).map_err(|error| bad(&error.to_string()))?;
    let text = |name: &str| match &file[name] {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text.as_str()),
        _ => Err(bad(&[name, " is not a text"].concat())),
    };
    let details = Details {
        title: text("title")?.to_owned(),
        title_is_ours: file["titleIsOurs"].as_bool().unwrap_or_default(),
        source: text("source")?.to_owned(),
        author: text("author")?.to_owned(),
        date: text("date")?.to_owned(),
    };
    let blocks = match &file["blocks"] {
        Value::Null => return Article::new(details, plain::blocks(text("text")?)),
        Value::Array(blocks) => blocks.iter().map(|block| Some((BlockKind::Paragraph, block.as_str()?))),
        _ => return Err(bad("blocks is not a list")),
    };
    let blocks: Option<Vec<(BlockKind, &str)>> = blocks.collect();
    Article::new(details, blocks.ok_or_else(|| bad("a block is not a text"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_or_a_text_are_read_with_what_is_known() {
        let article = parse(r#"{"title": "动员大会", "titleIsOurs": true, "blocks": ["甲。", "乙。"]}"#)
            .expect("an article");
        assert_eq!((article.details.title.as_str(), article.details.title_is_ours), ("动员大会", true));
        assert_eq!(article.text().as_str(), "甲。\n乙。");
        assert_eq!(parse(r#"{"text": "甲。\n乙。"}"#).expect("an article").blocks().len(), 2);
    }

    #[test]
    fn what_is_no_article_says_why() {
        for (json, reason) in [
            ("{", "EOF"),
            (r#"{"title": 1, "text": "甲"}"#, "title is not a text"),
            (r#"{"blocks": "甲"}"#, "blocks is not a list"),
            (r#"{"blocks": ["甲", 2]}"#, "a block is not a text"),
        ] {
            let Err(ArticleError::BadJson(why)) = parse(json) else { panic!("{json}") };
            assert!(why.contains(reason), "{why}");
        }
        assert!(matches!(parse("{}"), Err(ArticleError::Empty)));
    }
}
