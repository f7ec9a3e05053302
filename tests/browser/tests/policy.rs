//! Under a strict content security policy, Trusted Types included.

use browser_tests::{Outcome, Page, View, site};

const STRICT: &str = "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";

#[tokio::test]
async fn everything_works_and_nothing_is_reported() -> Outcome {
    let page = Page::open(site().with_header(STRICT), View::LAPTOP).await?;
    for words in ["李俊明", "四个意识", "忻州"] {
        page.click_mention(words).await?;
        page.inside(".card").await?;
        page.click(".card .close").await?;
        page.gone(".card").await?;
    }
    page.click_mention("四个意识").await?;
    page.inside(".card .definition").await?;
    page.click(".card .close").await?;
    page.click(".open-glossary").await?;
    page.inside(".glossary input").await?.send_keys("sgys").await?;
    page.inside(".glossary .entry").await?;
    page.click(".glossary .close").await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?.send_keys("年底").await?;
    page.click(".done").await?;
    page.click(".open-panel").await?;
    page.click(".panel .close").await?;
    page.click(".note .delete").await?;
    page.click(".toast .undo").await?;
    page.inside(".note").await?;
    let seen = page.seen().await?;
    assert!(seen.violations().is_empty(), "{:?}", seen.violations());
    page.leave().await
}
