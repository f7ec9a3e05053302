//! The later part of the core: it comes as the reader comes near, and is there before they miss it.

use browser_tests::{Outcome, Page, Reply, Site, View, site};
use serde_json::json;

/// Requests for the later part wait for `gate.open()`, or fail while `gate.isShut`; what is fetched there and then is
/// counted.
const GATE: &str = "
    {
    window.gate = { now: 0 };
    gate.opened = new Promise((open) => { gate.open = open; });
    const { fetch } = window;
    window.fetch = async (address, options) => {
      if (!String(address).includes('_later')) return fetch(address, options);
      if (gate.isShut) throw new TypeError('offline');
      if (gate.isSlow) await gate.opened;
      return fetch(address, options);
    };
    const { open } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, address, isAsync = true) {
      if (!isAsync) gate.now += 1;
      if (!isAsync && gate.isShut) throw new TypeError('offline');
      return open.call(this, method, address, isAsync);
    };
    }";
/// How many requests for it the browser has made.
const ASKED: &str =
    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('_later')).length";
const READY: &str = "__seen.events.some(({ name }) => name === 'ready')";

/// A page of the site behind the gate, read but not approached.
async fn read(site: Site, path: &str, gate: &str) -> Outcome<Page> {
    let page = Page::visit(site, "/articles/xinzhou-reform.json", View::LAPTOP).await?;
    page.first(&[GATE, gate].concat()).await?;
    page.go(path).await?;
    page.until(READY).await?;
    Ok(page)
}

/// Lets the page have two frames and a moment.
async fn rest(page: &Page) -> Outcome {
    let script = "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 200))";
    page.driver().execute_async(script, Vec::new()).await?;
    Ok(())
}

async fn is(page: &Page, expression: &str) -> Outcome<serde_json::Value> {
    page.run(&format!("return {expression}"), Vec::new()).await
}

/// An article in the page's own markup.
fn own() -> Site {
    let text = "<p>本报讯 忻州市召开全市机构改革动员大会，市委书记李俊明作动员讲话。</p>".repeat(30);
    site().with(
        "/",
        Reply::html(format!(
        "<!doctype html><html lang=zh-Hans><meta charset=utf-8><script type=module src=bianzhu.js></script>
         <bianzhu-article>{text}</bianzhu-article>"
    )),
    )
}

#[tokio::test]
async fn reading_and_scrolling_ask_for_no_more_and_coming_near_does() -> Outcome {
    for site in [site(), own()] {
        let page = read(site, "/", "").await?;
        for top in [300, 900, 0] {
            page.run(&format!("scrollTo(0, {top})"), Vec::new()).await?;
            rest(&page).await?;
        }
        let change =
            "const more = document.createElement('p'); more.textContent = '国务院总理在北京市会见代表。';
            article.append(more); article.querySelector('p')?.append('山西省')";
        page.run(change, Vec::new()).await?;
        rest(&page).await?;
        assert_eq!(is(&page, ASKED).await?, 0);
        page.driver().action_chain().move_to(300, 400).perform().await?;
        page.until(&format!("{ASKED} === 1")).await?;
        page.ready().await?;
        assert_eq!(is(&page, "gate.now").await?, 0, "nothing had to be there at once");
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_opened_before_it_is_here_opens_when_it_is() -> Outcome {
    let page = read(site(), "/", "gate.isSlow = true").await?;
    page.click_mention("忻州").await?;
    rest(&page).await?;
    assert_eq!(is(&page, "root.querySelector('.card')").await?, json!(null));
    page.run("gate.open()", Vec::new()).await?;
    page.inside(".card").await?;
    page.run("document.activeElement.blur()", Vec::new()).await?;
    assert_eq!(is(&page, "gate.now").await?, 0);
    page.leave().await
}

#[tokio::test]
async fn a_panel_and_the_bar_of_a_selection_wait_for_it_too() -> Outcome {
    let page = read(site(), "/", "gate.isSlow = true").await?;
    page.click(".open-notes").await?;
    rest(&page).await?;
    assert_eq!(is(&page, "gate.now").await?, 0);
    page.run("gate.open()", Vec::new()).await?;
    page.inside(".panel.notebook").await?;
    page.leave().await?;

    let page = read(site(), "/", "gate.isSlow = true").await?;
    page.select("机构改革").await?;
    page.driver().action_chain().move_to(300, 400).perform().await?;
    rest(&page).await?;
    page.run("gate.open()", Vec::new()).await?;
    page.inside(".toolbar").await?;
    assert_eq!(is(&page, "gate.now").await?, 0);
    page.leave().await
}

#[tokio::test]
async fn where_it_cannot_be_had_the_reader_is_told_and_may_try_again() -> Outcome {
    let page = read(site(), "/", "gate.isShut = true").await?;
    page.click_mention("忻州").await?;
    let toast = page.words(".toast").await?;
    assert!(toast.contains("未能取来") && toast.contains("重试"), "{toast}");
    assert_eq!(page.seen().await?.events("error").len(), 1);
    assert_eq!(page.seen().await?.events("error")[0]["code"], "core-unavailable");
    assert_ne!(is(&page, "article.mentions().length").await?, 0, "the article stays as it is");
    assert_eq!(
        is(
            &page,
            "(() => { try { article.annotate({ exact: '忻州' }) } catch ({ name }) { return name } })()"
        )
        .await?,
        "InvalidStateError"
    );
    // The connection is back.
    page.run("gate.isShut = false", Vec::new()).await?;
    page.click_mention("忻州").await?;
    page.inside(".card").await?;
    page.leave().await
}

#[tokio::test]
async fn one_of_another_build_is_as_good_as_none() -> Outcome {
    // It asks for a module of another name.
    let other = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x0a\x01\x04gone\x01x\0\0".to_vec();
    let other = Reply::text("application/wasm", other);
    for reply in [other, Reply { status: "404 Not Found", kind: "text/html", body: b"<p>nothing".to_vec() }] {
        let page = read(site().with("/bianzhu-core_later.wasm", reply), "/", "").await?;
        page.click_mention("忻州").await?;
        page.inside(".toast").await?;
        assert_ne!(is(&page, "article.mentions().length").await?, 0);
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_script_that_does_not_wait_has_it_at_once() -> Outcome {
    let note = "addEventListener('bianzhu:ready', ({ target }) => target.annotate({ exact: '忻州', note: '地级市' }))";
    let page = read(site(), "/", note).await?;
    assert_eq!(is(&page, "article.annotations().total ?? article.annotations().items.length").await?, 1);
    page.inside(".note .comment").await?;
    page.leave().await
}

#[tokio::test]
async fn stored_notes_stand_there_without_it() -> Outcome {
    let page = read(site(), "/", "").await?;
    page.ready().await?;
    page.run("article.annotate({ exact: '忻州', note: '地级市' })", Vec::new()).await?;
    page.go("/").await?;
    page.until(READY).await?;
    assert!(page.words(".note").await?.contains("地级市"));
    page.run("scrollTo(0, 500)", Vec::new()).await?;
    rest(&page).await?;
    assert_eq!(is(&page, ASKED).await?, 0);
    page.leave().await
}

#[tokio::test]
async fn a_page_that_is_printed_straight_away_has_its_notes() -> Outcome {
    let page = read(site(), "/", "").await?;
    page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
    page.until("root.querySelector('.print')?.textContent.includes('忻州')").await?;
    page.run("dispatchEvent(new Event('afterprint'))", Vec::new()).await?;
    assert_eq!(is(&page, "root.querySelector('.print')").await?, json!(null));
    page.leave().await?;

    let page = read(site(), "/", "gate.isShut = true").await?;
    page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
    assert_eq!(is(&page, "root.querySelector('.print')").await?, json!(null), "it is printed as it is");
    assert_eq!(page.seen().await?.events("error"), Vec::<serde_json::Value>::new());
    page.leave().await
}
