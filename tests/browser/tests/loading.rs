//! How the element comes into a page, and how it leaves: nothing moves, nothing is left, nothing is thrown.

use browser_tests::{Engine, Outcome, Page, Reply, Site, View, dist, site};
use serde_json::json;

const ARTICLE: &str = r#"<bianzhu-article src="articles/xinzhou-reform.json"><p id="own">正文见<a href="articles/xinzhou-reform.json">原文</a>。</p></bianzhu-article>"#;
const SCRIPT: &str = r#"<script type="module" src="bianzhu.js"></script>"#;

/// A page of our own at the root of the site.
fn page(head: &str, body: &str) -> Reply {
    Reply::html(format!(
        "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>试</title>{head}<body>{body}"
    ))
}

/// Goes to the front page again, with a script that runs before the page's own.
async fn with_first(site: Site, view: View, script: &str) -> Outcome<Page> {
    let page = Page::visit(site, "/articles/xinzhou-reform.json", view).await?;
    page.first(script).await?;
    page.go("/").await?;
    Ok(page)
}

/// How many requests for the core's module were made.
const ASKED: &str =
    "performance.getEntriesByType('resource').filter(({ name }) => name.includes('_bg.wasm')).length";

const SHIFTS: &str =
    "window.__shifts = []; new PerformanceObserver((list) => { for (const shift of list.getEntries())
    __shifts.push([shift.value, shift.sources.map(({ node }) => node?.className ?? '')]) })
    .observe({ type: 'layout-shift', buffered: true })";

/// Reads on a little, and looks whether anything moved meanwhile or before.
async fn nothing_has_moved(page: &Page, view: View) -> Outcome {
    page.run("article.annotate({ exact: '忻州', note: '地级市' })", Vec::new()).await?;
    page.inside(if view == View::LAPTOP { ".note" } else { ".marker" }).await?;
    page.run("scrollTo(0, 600)", Vec::new()).await?;
    page.driver()
        .execute_async(
            "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 200))",
            Vec::new(),
        )
        .await?;
    let shifts = page.run("return __shifts", Vec::new()).await?;
    assert_eq!(shifts, json!([]), "{}", view.width);
    Ok(())
}

#[tokio::test]
async fn nothing_moves_when_the_article_and_its_notes_come() -> Outcome {
    for view in [View::LAPTOP, View::TABLET, View::PHONE] {
        let page = with_first(site(), view, SHIFTS).await?;
        page.ready().await?;
        nothing_has_moved(&page, view).await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn nothing_moves_around_a_page_s_own_article() -> Outcome {
    let text = "<p>本报讯 忻州市召开全市机构改革动员大会，市委书记李俊明作动员讲话。</p>".repeat(40);
    let body = format!(
        "<main style='max-width: 42rem'><bianzhu-article><article>{text}</article></bianzhu-article></main>"
    );
    for view in [View::LAPTOP, View::TABLET, View::PHONE] {
        let head = ["<meta name=viewport content='width=device-width'>", SCRIPT].concat();
        let site = site().with("/", page(&head, &body));
        let page = Page::visit(site, "/articles/xinzhou-reform.json", view).await?;
        page.first(SHIFTS).await?;
        if page.engine() == Engine::Chromium {
            // Slow enough that what comes in two steps is seen in two.
            page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": 6 })).await?;
        }
        page.go("/").await?;
        page.ready().await?;
        nothing_has_moved(&page, view).await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_core_is_fetched_when_the_article_is_near() -> Outcome {
    // Idle time never comes.
    let busy = "window.requestIdleCallback = () => 0";
    let far = format!("<div style='height: 8000px'></div>{ARTICLE}");
    let page = with_first(site().with("/", page(SCRIPT, &far)), View::LAPTOP, busy).await?;
    page.until("document.readyState === 'complete' && customElements.get('bianzhu-article')").await?;
    page.run("scrollTo(0, 3000)", Vec::new()).await?;
    page.driver()
        .execute_async(
            "const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 200))",
            Vec::new(),
        )
        .await?;
    assert_eq!(page.run(&format!("return {ASKED}"), Vec::new()).await?, 0);
    page.run("scrollTo(0, 6600)", Vec::new()).await?;
    page.inside(".bar").await?;
    assert_eq!(page.run(&format!("return {ASKED}"), Vec::new()).await?, 1);
    page.leave().await
}

#[tokio::test]
async fn the_core_is_fetched_in_idle_time_or_when_asked_for() -> Outcome {
    let far = format!("<div style='height: 8000px'></div>{ARTICLE}");
    let idle = with_first(site().with("/", page(SCRIPT, &far)), View::LAPTOP, "").await?;
    idle.until("__seen.events.some(({ name }) => name === 'ready')").await?;
    assert_eq!(idle.run("return scrollY", Vec::new()).await?, 0);
    idle.leave().await?;

    for ask in
        ["article.ready", "try { article.annotations() } catch (error) { window.refused = error.name }"]
    {
        let busy = "window.requestIdleCallback = () => 0";
        let page = with_first(site().with("/", page(SCRIPT, &far)), View::LAPTOP, busy).await?;
        page.until("document.readyState === 'complete' && customElements.get('bianzhu-article')").await?;
        page.run(ask, Vec::new()).await?;
        page.until("__seen.events.some(({ name }) => name === 'ready')").await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_page_where_the_core_cannot_run_keeps_its_article() -> Outcome {
    let missing = |kind| Reply { status: "404 Not Found", kind, body: b"<p>nothing".to_vec() };
    let blocked = "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
        connect-src 'self'; img-src data:";
    let front = || site().with("/", page(SCRIPT, ARTICLE));
    let sites = [
        ("absent", front().with("/bianzhu-core_bg.wasm", missing("text/html"))),
        ("no core", front().with("/bianzhu-core.js", missing("text/html"))),
        ("broken", front().with("/bianzhu-core_bg.wasm", Reply::text("application/wasm", "not wasm at all"))),
        ("html for wasm", front().with("/bianzhu-core_bg.wasm", Reply::html("<p>please log in"))),
        ("blocked", front().with_header(blocked)),
    ];
    for (what, site) in sites {
        let page = Page::visit(site, "/", View::LAPTOP).await?;
        assert!(page.ready().await.is_err(), "{what}");
        assert_eq!(page.words("[part=status]").await?, "边注未能启动；文章不受影响。", "{what}");
        let state = page
            .run(
                "const own = document.querySelector('#own');
                 return [own.checkVisibility(), article.children.length, root.querySelectorAll('[part=status]').length]",
                Vec::new(),
            )
            .await?;
        assert_eq!(state, json!([true, 1, 1]), "{what}");
        let seen = page.seen().await?;
        assert_eq!(seen.events("error").len(), 1, "{what}");
        assert_eq!(seen.events("error")[0]["code"], "core-unavailable", "{what}");
        // Nothing that the page's own `onerror` would hear of.
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_failed_once_is_tried_again_and_speaks_the_reader_s_language() -> Outcome {
    let broken = "window.fetch = ((own) => (...what) => window.offline && String(what[0]).includes('wasm')
        ? Promise.reject(new TypeError('offline')) : own(...what))(fetch); window.offline = true";
    let body = ARTICLE.replace("<bianzhu-article", "<bianzhu-article lang=en");
    let page = with_first(site().with("/", page(SCRIPT, &body)), View::LAPTOP, broken).await?;
    assert!(page.ready().await.is_err());
    assert!(page.words("[part=status]").await?.contains("could not start"));
    page.run("window.offline = false; document.body.prepend(article)", Vec::new()).await?;
    page.inside(".bar").await?;
    page.ready().await?;
    page.gone(".unavailable").await?;
    assert_eq!(page.run("return document.querySelector('#own').checkVisibility()", Vec::new()).await?, false);
    page.leave().await
}

#[tokio::test]
async fn a_server_s_wrong_type_does_not_matter() -> Outcome {
    let wasm = std::fs::read(dist().join("bianzhu-core_bg.wasm"))?;
    for kind in ["application/octet-stream", "text/plain", "text/html; charset=utf-8"] {
        let site = site().with("/bianzhu-core_bg.wasm", Reply::text(kind, wasm.clone()));
        let page = Page::open(site, View::LAPTOP).await?;
        page.mention("忻州").await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_second_copy_and_another_version_are_harmless() -> Outcome {
    let own = std::fs::read_to_string(dist().join("bianzhu.js"))?;
    let twice = r#"<script type="module" src="bianzhu.js?again"></script>
        <script type="module" src="old/bianzhu.js"></script>"#;
    // Of the other version only the loader is there: it must not be the one that runs.
    let site = site()
        .with("/", page(&format!("{SCRIPT}{twice}"), &ARTICLE.repeat(2)))
        .with("/old/bianzhu.js", Reply::text("text/javascript", own));
    let page = Page::open(site, View::LAPTOP).await?;
    page.until("__seen.events.filter(({ name }) => name === 'ready').length === 2").await?;
    page.run("article.annotate({ exact: '岁末年初' })", Vec::new()).await?;
    page.inside(".note").await?;
    let state = page
        .run(
            "return [document.querySelectorAll('.bianzhu-text').length, root.querySelectorAll('.bar').length,
               performance.getEntriesByType('resource').filter(({ name }) => name.includes('old/bianzhu-core')).length]",
            Vec::new(),
        )
        .await?;
    assert_eq!(state, json!([2, 1, 0]));
    page.leave().await
}

#[tokio::test]
async fn what_was_set_before_the_script_came_is_kept() -> Outcome {
    let site = site().with("/", page("", "<main></main>"));
    let page = Page::visit(site, "/", View::LAPTOP).await?;
    page.run(
        "const early = document.createElement('bianzhu-article');
         early.src = 'articles/xinzhou-reform.json'; early.articleKey = 'urn:early'; early.storage = 'memory';
         document.querySelector('main').append(early);
         document.head.append(Object.assign(document.createElement('script'), { type: 'module', src: 'bianzhu.js' }))",
        Vec::new(),
    )
    .await?;
    page.ready().await?;
    let state = page
        .run(
            "article.annotate({ exact: '忻州' });
             const late = document.createElement('bianzhu-article'); late.articleKey = 'urn:late';
             late.layer = null;
             return [article.getAttribute('src'), article.articleKey, Object.keys(article).length,
               article.annotations().items[0].target.source, late.getAttribute('article-key'), late.layer,
               Object.keys(localStorage).length]",
            Vec::new(),
        )
        .await?;
    assert_eq!(
        state,
        json!(["articles/xinzhou-reform.json", "urn:early", 0, "urn:early", "urn:late", "", 0])
    );
    page.leave().await
}

#[tokio::test]
async fn no_global_is_made() -> Outcome {
    let before =
        format!("<script>window.__before = []; window.__before = Object.keys(window)</script>{SCRIPT}");
    let page = Page::open(site().with("/", page(&before, ARTICLE)), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '忻州', note: '晋' }); article.openMention(0)", Vec::new()).await?;
    page.inside(".card").await?;
    // The driver has one of its own.
    let made =
        "return Object.keys(window).filter((name) => !__before.includes(name) && name !== 'ret_nodes')";
    let made = page.run(made, Vec::new()).await?;
    assert_eq!(made, json!([]));
    page.leave().await
}

/// Counts the listeners that are on the page's own objects now.
const COUNT_LISTENERS: &str = "
    const left = (window.__left = new Map()), kinds = new Map();
    const number = (thing) => kinds.get(thing) ?? (kinds.set(thing, kinds.size), kinds.size - 1);
    const capture = (options) => Boolean(typeof options === 'object' ? options?.capture : options);
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const key = (target, type, listener, options) => [number(target), type, number(listener), capture(options)].join();
    const isPages = (target) => [undefined, null, window, document, document.documentElement, document.body,
      visualViewport].includes(target) || target instanceof MediaQueryList;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      if (isPages(this) && listener) {
        const at = key(this ?? window, type, listener, options);
        left.set(at, `${Object.prototype.toString.call(this)} ${type}`);
        if (options?.once) add.call(this ?? window, type, () => left.delete(at), options);
        options?.signal && add.call(options.signal, 'abort', () => left.delete(at));
      }
      return add.call(this ?? window, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      left.delete(key(this ?? window, type, listener, options));
      return remove.call(this ?? window, type, listener, options);
    };";

#[tokio::test]
async fn no_listener_is_left_when_it_is_taken_out() -> Outcome {
    let page = with_first(site(), View::LAPTOP, COUNT_LISTENERS).await?;
    page.ready().await?;
    page.run("article.annotate({ exact: '忻州', note: '晋' })", Vec::new()).await?;
    page.mention("李俊明").await?.click().await?;
    page.inside(".card, .chooser").await?;
    page.driver().action_chain().send_keys("?").perform().await?;
    page.inside(".help").await?;
    page.click(".help .close").await?;
    page.click(".open-panel").await?;
    page.inside(".panel").await?;
    let while_there = page.run("return __left.size", Vec::new()).await?;
    assert!(while_there.as_u64() > Some(2), "the count sees nothing: {while_there}");
    page.run("article.remove()", Vec::new()).await?;
    // What was put off to a later frame may still be on its way out.
    page.until("__left.size === 0").await?;
    page.leave().await?;

    // Nor by one that never came near.
    let far = format!("<div style='height: 8000px'></div>{ARTICLE}");
    let busy = format!("{COUNT_LISTENERS}; window.requestIdleCallback = () => 0");
    let page = with_first(site().with("/", self::page(SCRIPT, &far)), View::LAPTOP, &busy).await?;
    page.until("customElements.get('bianzhu-article')").await?;
    page.run("article.remove()", Vec::new()).await?;
    page.until("__left.size === 0").await?;
    page.leave().await
}

#[tokio::test]
async fn a_copy_of_a_living_element_shows_its_article_once() -> Outcome {
    let page = Page::open(site().with("/", page(SCRIPT, ARTICLE)), View::LAPTOP).await?;
    page.run(
        "window.copy = article.cloneNode(true); article.after(copy); copy.articleKey = 'urn:copy'",
        Vec::new(),
    )
    .await?;
    page.until("__seen.events.filter(({ name }) => name === 'ready').length === 2").await?;
    let texts = page
        .run("return [article, copy].map((one) => one.querySelectorAll('.bianzhu-text').length)", Vec::new())
        .await?;
    assert_eq!(texts, json!([1, 1]));
    page.run("copy.remove(); article.annotate({ exact: '忻州' })", Vec::new()).await?;
    page.inside(".note").await?;
    page.leave().await
}
