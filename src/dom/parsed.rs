//! A page that was parsed and is shown nowhere: the article in it.

use super::markup::read_blocks;
use super::page::{elements, window};
use crate::article::{Article, ArticleError, Details, take_headline};
use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, DomParser, Element, SupportedType};

/// Reads the article of a page: its `<article>` or `<main>` where it has one, and what the page says of it, in
/// the words that Chinese sites and others have for that.
///
/// # Errors
/// [`ArticleError::Empty`] when there is no text in it.
pub fn read_page(page: &Document) -> Result<Article, ArticleError> {
    let root = page.document_element().ok_or(ArticleError::Empty)?;
    let find = |selector: &str| root.query_selector(selector).ok().flatten();
    let says = |selector| {
        let content = find(selector).and_then(|element| element.get_attribute("content"));
        content.map(|content| content.trim().to_owned()).unwrap_or_default()
    };
    let mut title = says("meta[name=ArticleTitle i],meta[property='og:title']");
    if title.is_empty() {
        let headline = find("h1").and_then(|h1| read_blocks(&h1, false).0.pop());
        title = headline.map_or_else(|| page.title(), |(_, text)| text);
    }
    let date = says("meta[name=PubDate i],meta[property='article:published_time']");
    let mut details = Details {
        title,
        title_is_ours: false,
        source: says("meta[name=ContentSource i],meta[property='og:site_name']"),
        author: says("meta[name=author i]"),
        // To the day.
        date: date.split('T').next().unwrap_or_default().to_owned(),
    };
    let whole = match find("main,[role=main]") {
        Some(main) => article_in(main, true),
        None => article_in(find("body").unwrap_or_else(|| root.clone()), false),
    };
    let (mut blocks, _) = read_blocks(&whole, false);
    take_headline(&mut details, &mut blocks);
    Article::new(details, blocks)
}

/// Parses HTML. `None` where the engine has only what Trusted Types forbid, and the page requires them.
pub fn parse_page(html: &str) -> Option<Document> {
    let parser: JsValue = Reflect::get(&window(), &"Document".into()).ok()?;
    let parsed = match Reflect::get(&parser, &"parseHTML".into()).ok()?.dyn_ref::<Function>() {
        Some(parse) => {
            // All but what could run: what is hidden must be known to be.
            let options = Object::new();
            Reflect::set(&options, &"sanitizer".into(), &Object::new()).ok()?;
            parse.call2(&parser, &html.into(), &options).ok()?.dyn_into().ok()
        }
        None => None,
    };
    parsed.or_else(|| DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok())
}

/// The longest article in a page; in a page's main part, that part where no article is most of it: it may be a
/// series of them.
fn article_in(whole: Element, is_main: bool) -> Element {
    let len = |element: &Element| element.text_content().map_or(0, |text| text.len());
    let mut most = if is_main { len(&whole) / 2 } else { 0 };
    let articles = elements(&whole, "article");
    let mut longest = whole;
    for article in articles {
        if len(&article) > most {
            most = len(&article);
            longest = article.into();
        }
    }
    longest
}
