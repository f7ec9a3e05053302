//! Storage that fails, and storage that holds something else.

use browser_tests::{Outcome, Page, Reply, View, dist, site};

/// The front page with a script before its own.
fn front_page(script: &str) -> Outcome<Reply> {
    let page = std::fs::read_to_string(dist().join("index.html"))?;
    Ok(Reply::html(page.replacen("<script", &format!("<script>{script}</script><script"), 1)))
}

#[tokio::test]
async fn a_store_that_is_full_is_told_and_the_note_lives_on() -> Outcome {
    let full = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }";
    let page = Page::open(site().with("/", front_page(full)?), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '还在' })", Vec::new()).await?;
    let trouble = page.words(".trouble").await?;
    assert!(trouble.contains("导出"), "{trouble}");
    assert!(page.words(".note").await?.contains("还在"));
    page.until("__seen.events.some(({ name, detail }) => name === 'error' && detail.code === 'not-saved')")
        .await?;
    let export = page.run("return article.annotations().total", Vec::new()).await?;
    assert_eq!(export, 1);
    page.leave().await
}

#[tokio::test]
async fn no_storage_at_all_is_told_too() -> Outcome {
    let none = "Object.defineProperty(window, 'localStorage', \
        { get() { throw new DOMException('denied', 'SecurityError') } })";
    let page = Page::open(site().with("/", front_page(none)?), View::LAPTOP).await?;
    page.inside(".trouble").await?;
    page.select("岁末年初").await?;
    page.click(".toolbar [data-color=pink]").await?;
    page.inside(".note").await?;
    page.leave().await
}

#[tokio::test]
async fn a_corrupt_note_is_set_aside_and_the_others_load() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '好的' });
         const key = Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:'));
         localStorage.setItem(key + 'x', '{\"type\": \"Annot');",
        Vec::new(),
    )
    .await?;
    page.go("/").await?;
    page.ready().await?;
    assert!(page.words(".note").await?.contains("好的"));
    assert!(page.words(".trouble").await?.contains("另行保存"));
    let kept = page
        .run(
            "return Object.keys(localStorage).filter((key) => key.startsWith('bianzhu:aside:'))
               .map((key) => localStorage.getItem(key))",
            Vec::new(),
        )
        .await?;
    assert_eq!(kept[0], "{\"type\": \"Annot");
    assert_eq!(page.seen().await?.events("error")[0]["code"], "note-set-aside");
    page.leave().await
}
