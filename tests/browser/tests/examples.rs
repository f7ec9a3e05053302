//! The pages of `examples/embed`: each opens, and nothing goes wrong on it.

use browser_tests::{Outcome, Page, View, dist, site};
use serde_json::json;

/// Waits for every article of the page.
async fn all_ready(page: &Page) -> Outcome {
    let script = "const done = arguments[0];
        customElements.whenDefined('bianzhu-article')
          .then(() => Promise.all([...document.querySelectorAll('bianzhu-article')].map((one) => one.ready)))
          .then(() => done(''), (reason) => done(String(reason)))";
    let reason: String = page.driver().execute_async(script, Vec::new()).await?.convert()?;
    if reason.is_empty() { Ok(()) } else { Err(reason.into()) }
}

#[tokio::test]
async fn every_page_opens_without_an_error() -> Outcome {
    let mut pages: Vec<String> = std::fs::read_dir(dist().join("examples"))?
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".html") && name != "index.html")
        .collect();
    pages.sort();
    assert!(pages.len() >= 10, "{pages:?}");
    let index = std::fs::read_to_string(dist().join("examples/index.html"))?;
    let page = Page::visit(site(), "/examples/index.html", View::LAPTOP).await?;
    for name in pages {
        assert!(index.contains(&format!("href=\"{name}\"")), "{name} is not in the index");
        page.go(&format!("/examples/{name}")).await?;
        all_ready(&page).await.map_err(|reason| format!("{name}: {reason}"))?;
        page.inside(".bar").await?;
        page.until("article.mentions().length > 3").await?;
        let seen = page.seen().await?;
        assert!(seen.errors().is_empty(), "{name}: {:?}", seen.errors());
        assert!(seen.violations().is_empty(), "{name}: {:?}", seen.violations());
        assert!(seen.events("error").is_empty(), "{name}: {:?}", seen.events("error"));
    }
    page.leave().await
}

#[tokio::test]
async fn each_shows_what_it_is_about() -> Outcome {
    let page = Page::visit(site(), "/examples/packs.html", View::LAPTOP).await?;
    page.ready().await?;
    page.until(
        "['压茬推进', '林小满'].every((words) => article.mentions().some(({ text }) => text === words))",
    )
    .await?;

    page.go("/examples/layer.html").await?;
    page.ready().await?;
    page.until("CSS.highlights.get('bianzhu-layer')?.size === 2").await?;

    page.go("/examples/theming.html").await?;
    page.ready().await?;
    page.inside(".note").await?;
    page.click_mention("县委书记").await?;
    let look = page
        .run(
            "const card = getComputedStyle(root.querySelector('.card'));
             return [card.borderTopWidth, card.borderTopLeftRadius, card.backgroundColor,
               getComputedStyle(root.querySelector('.note')).fontStyle,
               getComputedStyle(document.querySelector('.bianzhu-text')).fontSize]",
            Vec::new(),
        )
        .await?;
    assert_eq!(look, json!(["2px", "0px", "rgb(243, 250, 246)", "italic", "20px"]));

    page.go("/examples/events.html").await?;
    page.ready().await?;
    page.until("document.querySelector('#log').textContent.includes('全文')").await?;
    page.run("document.querySelector('#note').click(); document.querySelector('#first').click()", Vec::new())
        .await?;
    page.until("document.querySelector('#log').textContent.includes('bianzhu:change，add')").await?;
    page.inside(".card").await?;

    page.go("/examples/several.html").await?;
    page.until("__seen.events.filter(({ name }) => name === 'ready').length === 2").await?;
    let languages = "return [...document.querySelectorAll('bianzhu-article')]
        .map((one) => one.shadowRoot.querySelector('.open-notes').textContent)";
    let languages = page.run(languages, Vec::new()).await?;
    assert!(languages[0] != languages[1], "{languages}");
    page.leave().await
}
