//! An article as JSON: `{"title", "titleIsOurs", "source", "author", "date", "blocks": ["…"]}`, or
//! `"text"` in place of `"blocks"`, which is then read as plain text.

use super::{Article, ArticleError, BlockKind, Details, plain};
use serde_json::{Value, json};

pub(super) fn parse(json: &str) -> Result<Article, ArticleError> {
    let bad = |reason: &str| ArticleError::BadJson(reason.to_owned());
    let file: Value = serde_json::from_str(json).map_err(|error| bad(&error.to_string()))?;
    let details = details_of(&file)?;
    let blocks = match &file["blocks"] {
        Value::Null => return Article::new(details, plain::blocks(text(&file, "text")?)),
        Value::Array(blocks) => blocks.iter().map(|block| Some((BlockKind::Paragraph, block.as_str()?))),
        _ => return Err(bad("blocks is not a list")),
    };
    let blocks: Option<Vec<(BlockKind, &str)>> = blocks.collect();
    Article::new(details, blocks.ok_or_else(|| bad("a block is not a text"))?)
}

/// What a file says of its article.
///
/// # Errors
/// [`ArticleError::BadJson`] when something of it is not a text.
pub fn details_of(file: &Value) -> Result<Details, ArticleError> {
    let text = |name| text(file, name).map(str::to_owned);
    Ok(Details {
        title: text("title")?,
        title_is_ours: file["titleIsOurs"].as_bool().unwrap_or_default(),
        source: text("source")?,
        author: text("author")?,
        date: text("date")?,
    })
}

/// What is known of an article, for [`details_of`].
pub fn details_to_json(details: &Details) -> Value {
    let Details { title, title_is_ours, source, author, date } = details;
    json!({ "title": title, "titleIsOurs": title_is_ours, "source": source, "author": author, "date": date })
}

fn text<'a>(file: &'a Value, name: &str) -> Result<&'a str, ArticleError> {
    match &file[name] {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text),
        _ => Err(ArticleError::BadJson([name, " is not a text"].concat())),
    }
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
