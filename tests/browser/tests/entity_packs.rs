//! A site's own people, organisations and places.

use browser_tests::{Outcome, Page, View, site};
use xtask::server::Reply;

const PAGE: &str =
    "<!doctype html><meta charset=utf-8><html lang=zh><script type=module src=bianzhu.js></script>
    <bianzhu-article src=article.txt entities='people.json broken.json'></bianzhu-article>";

#[tokio::test]
async fn a_curated_entry_beats_a_rule_and_bad_rows_are_named() -> Outcome {
    let pack = r#"{"name": "本报人物", "entities": [
        {"kind": "person", "name": "阿水", "role": "本报评论员", "description": "<b>写评论</b>的人。"},
        {"kind": "thing", "name": "不行"},
        {"kind": "organization", "name": "早春研究小组", "aliases": ["小组"]}]}"#;
    let site = site()
        .with("/packs.html", Reply::html(PAGE))
        .with(
            "/article.txt",
            Reply::text("text/plain; charset=utf-8", "昨天阿水来到早春研究小组。小组开会。"),
        )
        .with("/people.json", Reply::text("application/json", pack))
        .with("/broken.json", Reply::text("application/json", "{"));
    let page = Page::visit(site, "/packs.html", View::LAPTOP).await?;
    page.until(
        "[...document.querySelectorAll('[data-kind=person]')].some((name) => name.textContent === '阿水')",
    )
    .await?;
    let organizations = page
        .run(
            "return article.mentions().filter((mention) => mention.kind === 'organization').map((m) => m.name)",
            Vec::new(),
        )
        .await?;
    assert_eq!(organizations, serde_json::json!(["早春研究小组", "早春研究小组"]));
    page.click_mention("阿水").await?;
    let card = page.words(".card").await?;
    for words in ["本报评论员", "<b>写评论</b>的人。", "本报人物"] {
        assert!(card.contains(words), "{words} in {card}");
    }
    let errors = page.seen().await?.events("error");
    let messages: Vec<&str> = errors.iter().filter_map(|error| error["message"].as_str()).collect();
    assert!(errors.iter().all(|error| error["code"] == "entity-pack"), "{errors:?}");
    assert!(
        messages.iter().any(|message| message.contains("row 2") && message.contains("kind")),
        "{messages:?}"
    );
    assert!(messages.iter().any(|message| message.contains("not JSON")), "{messages:?}");
    page.leave().await
}
