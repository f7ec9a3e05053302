//! What the element costs the page that embeds it: the same article bare, with us, and with two peers, each
//! with the same three notes, on a processor slowed down four times and a slow 4G network.

use browser_tests::{Outcome, Page, Reply, Site, View, dist, root};
use serde_json::{Value, json};
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};
use xtask::run::brotli;
use xtask::server::Log;
use xtask::tools;

/// How many times slower the processor is.
const SLOWDOWN: u32 = 4;
/// How often each page is loaded; the medians are shown.
const ROUNDS: usize = 5;
/// The words that carry notes; the first are clicked.
const NOTES: [&str; 3] = ["岁末年初", "李俊明作动员讲话", "既要挂帅又要出征"];
/// How long nothing may be sent until a page counts as loaded.
const QUIET: Duration = Duration::from_millis(2500);

struct Contestant {
    name: &'static str,
    path: &'static str,
    /// Around the article, before and after it.
    around: [&'static str; 2],
    head: &'static str,
    /// Whether its notes are to be seen; `None` where it has none.
    shown: Option<&'static str>,
}

const CONTESTANTS: [Contestant; 5] = [
    Contestant { name: "bare", path: "/bare.html", around: ["", ""], head: "", shown: None },
    Contestant {
        name: "Bianzhu",
        path: "/bianzhu.html",
        around: ["<bianzhu-article>", "</bianzhu-article>"],
        head: r#"<script type="module" src="/bianzhu/bianzhu.js"></script>"#,
        shown: Some(PAINTED),
    },
    Contestant {
        name: "Bianzhu, hinted",
        path: "/hinted.html",
        around: ["<bianzhu-article>", "</bianzhu-article>"],
        head: r#"<script type="module" src="/bianzhu/bianzhu.js"></script>
            <link rel="modulepreload" href="/bianzhu/bianzhu-core.js" fetchpriority="low">
            <link rel="preload" href="/bianzhu/bianzhu-core_bg.wasm" as="fetch" crossorigin fetchpriority="low">"#,
        shown: Some(PAINTED),
    },
    Contestant {
        name: "recogito 4.1.1",
        path: "/recogito.html",
        around: ["", ""],
        head: r#"<link rel="stylesheet" href="/recogito.css"><script>window.notes = NOTES</script><script type="module" src="/recogito.js"></script>"#,
        shown: Some("document.querySelectorAll('.r6o-annotation').length >= 3"),
    },
    Contestant {
        name: "Hypothesis 1.1766.0",
        path: "/hypothesis.html",
        around: ["", ""],
        head: r#"<script>CONFIGURE({ assetRoot: `${location.origin}/hypothesis/`, sidebarAppUrl: `${location.origin}/hypothesis/app.html`,
            notebookAppUrl: `${location.origin}/hypothesis/app.html`, profileAppUrl: `${location.origin}/hypothesis/app.html` })</script>
            <script async src="/hypothesis/build/boot.js"></script>"#,
        shown: Some("document.querySelectorAll('hypothesis-highlight').length >= 3"),
    },
];

/// Our three notes are painted.
const PAINTED: &str = "CSS.highlights.get('bianzhu-yellow')?.size >= 3";

/// Writes the settings of Hypothesis into a page, which wants whole addresses.
const CONFIGURE: &str =
    "((settings) => document.head.append(Object.assign(document.createElement('script'), {
    type: 'application/json', className: 'js-hypothesis-config', textContent: JSON.stringify(settings) })))";

/// What the page's own eyes see, from before its first script.
const WATCH: &str = "
    if (window === top) {
      window.__cost = { largest: 0, shift: 0, tasks: 0, blocking: 0, shown: null };
      const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
      watch('largest-contentful-paint', (paint) => (__cost.largest = paint.startTime));
      watch('layout-shift', (shift) => { if (!shift.hadRecentInput) __cost.shift += shift.value });
      watch('longtask', (task) => { __cost.tasks += task.duration; __cost.blocking += task.duration - 50 });
      const look = () => { if (SHOWN) __cost.shown = performance.now(); else requestAnimationFrame(look) };
      requestAnimationFrame(look);
    }";

/// Sizes in bytes, times in ms, of one loading.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    before: f64,
    after: f64,
    largest: f64,
    shift: f64,
    tasks: f64,
    blocking: f64,
    shown: f64,
    heap: f64,
    memory: f64,
}

/// Loads each page some times in turn and prints the table of the medians.
pub async fn measure() -> Outcome {
    let modules = tools::npm_set(tools::PEERS)?.ok_or("The peers come from npm, which is not on PATH.")?;
    let log = Log::default();
    let site = pages(&modules)?.logged(&log);
    let mut costs: [Vec<Cost>; CONTESTANTS.len()] = Default::default();
    for round in 1..=ROUNDS {
        for (contestant, costs) in CONTESTANTS.iter().zip(&mut costs) {
            eprintln!("round {round} of {ROUNDS}: {}", contestant.name);
            costs.push(load(contestant, &site, &log).await?);
        }
    }
    println!(
        "Medians of {ROUNDS} loads; processor {SLOWDOWN} × slower, 1.4 Mbit/s and 560 ms a round trip.\n"
    );
    println!(
        "| | KB before interaction | KB after | largest paint, ms | blocked, ms | long tasks, ms | \
         layout shift | notes to be seen, ms | JS heap, MB | WebAssembly memory, MB |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for (contestant, costs) in CONTESTANTS.iter().zip(&costs) {
        let median = |part: fn(&Cost) -> f64| {
            let mut all: Vec<f64> = costs.iter().map(part).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        let shown =
            if contestant.shown.is_some() { format!("{:.0}", median(|cost| cost.shown)) } else { "".into() };
        println!(
            "| {} | {:.1} | {:.1} | {:.0} | {:.0} | {:.0} | {:.4} | {shown} | {:.1} | {:.1} |",
            contestant.name,
            median(|cost| cost.before) / 1000.0,
            median(|cost| cost.after) / 1000.0,
            median(|cost| cost.largest),
            median(|cost| cost.blocking),
            median(|cost| cost.tasks),
            median(|cost| cost.shift),
            median(|cost| cost.heap) / 1e6,
            median(|cost| cost.memory) / 1e6,
        );
    }
    Ok(())
}

async fn load(contestant: &Contestant, site: &Site, log: &Log) -> Outcome<Cost> {
    // A window of its own, which has been on the site before: with our notes in its store.
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let mut site = site.clone();
    for (path, reply) in api(&format!("http://{}/hypothesis/api/", listener.local_addr()?)) {
        site = add(site, path, JSON, reply.to_string().as_bytes())?;
    }
    let page = Page::visit_at(listener, site, contestant.path, View::LAPTOP).await?;
    quiet(log).await;
    if contestant.shown == Some(PAINTED) {
        page.ready().await?;
        page.run(
            "for (const exact of arguments[0]) article.annotate({ exact, note: exact })",
            vec![json!(NOTES)],
        )
        .await?;
    }
    let watch = WATCH.replace("SHOWN", contestant.shown.unwrap_or("true"));
    page.first(&watch).await?;
    page.devtools("Network.enable", json!({})).await?;
    page.devtools("Network.setCacheDisabled", json!({ "cacheDisabled": true })).await?;
    page.devtools(
        "Network.emulateNetworkConditions",
        json!({ "offline": false, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375 }),
    )
    .await?;
    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN })).await?;
    log.lock().map_err(|_| "the log is lost")?.clear();
    page.go(contestant.path).await?;
    if contestant.shown.is_some() {
        page.until("__cost.shown").await?;
    }
    quiet(log).await;
    let sent = || log.lock().map(|log| log.iter().map(|(_, bytes)| *bytes as f64).sum()).unwrap_or_default();
    let mut cost = Cost { before: sent(), ..Cost::default() };
    let seen = page.run("return __cost", Vec::new()).await?;
    let at = |name: &str| seen[name].as_f64().unwrap_or_default();
    cost.largest = at("largest");
    cost.shift = at("shift");
    cost.tasks = at("tasks");
    cost.blocking = at("blocking");
    cost.shown = at("shown");
    cost.memory = memory(&page).await?;
    page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    page.devtools("Performance.enable", json!({})).await?;
    let metrics = page.driver().cdp().send_raw("Performance.getMetrics", json!({})).await?;
    let metrics = metrics["metrics"].as_array().cloned().unwrap_or_default();
    let heap = metrics.iter().find(|metric| metric["name"] == "JSHeapUsedSize");
    cost.heap = heap.and_then(|heap| heap["value"].as_f64()).unwrap_or_default();

    let place = page
        .run(
            "const walker = document.createTreeWalker(document.querySelector('article'), 4);
             while (walker.nextNode()) {
               const at = walker.currentNode.data.indexOf(arguments[0]);
               if (at < 0) continue;
               const range = new Range();
               range.setStart(walker.currentNode, at + 1); range.setEnd(walker.currentNode, at + 2);
               range.startContainer.parentElement.scrollIntoView({ block: 'center' });
               const box = range.getBoundingClientRect();
               return [box.left + box.width / 2, box.top + box.height / 2].map(Math.round);
             }
             return [5, 5]",
            vec![json!(NOTES[0])],
        )
        .await?;
    let (x, y) = (place[0].as_i64().unwrap_or(5), place[1].as_i64().unwrap_or(5));
    page.driver().action_chain().move_to(x, y).click().perform().await?;
    quiet(log).await;
    cost.after = sent();
    page.leave().await?;
    Ok(cost)
}

/// Waits until nothing is sent any more.
async fn quiet(log: &Log) {
    let count = || log.lock().map(|log| log.len()).unwrap_or_default();
    let (mut last, mut since) = (count(), Instant::now());
    while since.elapsed() < QUIET {
        tokio::time::sleep(Duration::from_millis(100)).await;
        if count() != last {
            (last, since) = (count(), Instant::now());
        }
    }
}

/// The bytes of all WebAssembly memories of the page.
pub async fn memory(page: &Page) -> Outcome<f64> {
    let cdp = page.driver().cdp();
    let kind = json!({ "expression": "WebAssembly.Memory.prototype" });
    let kind = cdp.send_raw("Runtime.evaluate", kind).await?;
    let found = json!({ "prototypeObjectId": kind["result"]["objectId"] });
    let found = cdp.send_raw("Runtime.queryObjects", found).await?;
    let sum = "function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }";
    let sum = json!({
        "objectId": found["objects"]["objectId"], "functionDeclaration": sum, "returnByValue": true,
    });
    let sum = cdp.send_raw("Runtime.callFunctionOn", sum).await?;
    Ok(sum["result"]["value"].as_f64().unwrap_or_default())
}

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json";

/// Adds a file, packed.
fn add(site: Site, path: &str, kind: &'static str, body: &[u8]) -> Outcome<Site> {
    Ok(site.with_packed(path, Reply { status: "200 OK", kind, body: brotli(body)? }))
}

/// The pages, and what they load, packed as servers send it.
fn pages(modules: &Path) -> Outcome<Site> {
    let mut site = Site::new("nowhere");
    let article: Value =
        serde_json::from_str(&fs::read_to_string(dist().join("articles/xinzhou-reform.json"))?)?;
    let blocks = article["blocks"].as_array().cloned().unwrap_or_default();
    let paragraphs: String =
        blocks.iter().filter_map(Value::as_str).map(|text| format!("<p>{text}</p>\n")).collect();
    let title = article["title"].as_str().unwrap_or_default();
    let style = fs::read(dist().join("site.css"))?;
    site = add(site, "/site.css", CSS, &style)?;
    for Contestant { path, around: [before, after], head, .. } in CONTESTANTS {
        let head = head.replace("NOTES", &json!(NOTES).to_string()).replace("CONFIGURE", CONFIGURE);
        let html = format!(
            "<!doctype html><html lang=zh-Hans><meta charset=utf-8><meta name=viewport content='width=device-width'>\
             <title>{title}</title><link rel=icon href=data:,><link rel=stylesheet href=/site.css>{head}<body>\
             <header class=masthead><a class=masthead-name href=/>城市日报</a></header>\n<main style='max-width: 42rem; \
             margin-inline: 6rem auto'>{before}<article><h1>{title}</h1>\n{paragraphs}</article>{after}</main>\
             <footer class=colophon><p>示例</p></footer></html>"
        );
        site = add(site, path, HTML, html.as_bytes())?;
    }
    for (file, kind) in [
        ("bianzhu.js", JS),
        ("bianzhu-core.js", JS),
        ("bianzhu-core_bg.wasm", "application/wasm"),
        ("bianzhu-core_later.wasm", "application/wasm"),
        ("bianzhu-glossary.txt", "text/plain; charset=utf-8"),
    ] {
        site = add(site, &format!("/bianzhu/{file}"), kind, &fs::read(dist().join(file))?)?;
    }
    let bundle = root().join("target/bench-recogito.js");
    tools::bundle(&root().join("tests/browser/src/bench/recogito.js"), &bundle, &[modules])?;
    site = add(site, "/recogito.js", JS, &fs::read(&bundle)?)?;
    let sheet = modules.join("@recogito/text-annotator/dist/text-annotator.css");
    site = add(site, "/recogito.css", CSS, &fs::read(sheet)?)?;

    let client = modules.join("hypothesis/build");
    for (file, kind) in [
        ("boot.js", JS),
        ("scripts/annotator.bundle.js", JS),
        ("scripts/sidebar.bundle.js", JS),
        ("styles/annotator.css", CSS),
        ("styles/highlights.css", CSS),
        ("styles/katex.min.css", CSS),
        ("styles/sidebar.css", CSS),
    ] {
        site = add(site, &format!("/hypothesis/build/{file}"), kind, &fs::read(client.join(file))?)?;
    }
    let app = r#"<!doctype html><html lang=en><meta charset=utf-8><title>Hypothesis</title>
        <script>CONFIGURE({ assetRoot: `${location.origin}/hypothesis/`, apiUrl: `${location.origin}/hypothesis/api/` })</script>
        <body><hypothesis-app></hypothesis-app><script src="/hypothesis/build/boot.js"></script></html>"#;
    site = add(site, "/hypothesis/app.html", HTML, app.replace("CONFIGURE", CONFIGURE).as_bytes())?;
    Ok(site)
}

/// As much of the Hypothesis service as its client asks for to show notes to somebody who has no account.
fn api(address: &str) -> [(&'static str, Value); 5] {
    let get = |path: &str| json!({ "method": "GET", "url": format!("{address}{path}"), "desc": "" });
    let group = json!({
        "id": "__world__", "name": "Public", "type": "open", "public": true, "scoped": false, "links": {},
        "scopes": { "enforced": false, "uri_patterns": [] }, "logo": null, "organization": null,
    });
    let rows: Vec<Value> = NOTES
        .iter()
        .enumerate()
        .map(|(index, exact)| {
            json!({
                "id": format!("note{index}"), "created": "2026-01-02T03:04:05Z", "updated": "2026-01-02T03:04:05Z",
                "user": "acct:reader@example.org", "uri": "http://127.0.0.1/hypothesis.html", "text": exact,
                "tags": [], "group": "__world__", "permissions": { "read": ["group:__world__"] }, "flagged": false,
                "hidden": false, "links": {}, "user_info": { "display_name": null },
                "target": [{ "source": "http://127.0.0.1/hypothesis.html",
                    "selector": [{ "type": "TextQuoteSelector", "exact": exact }] }],
            })
        })
        .collect();
    let links = json!({ "links": {
        "search": get("search"), "profile": { "read": get("profile"), "groups": { "read": get("groups") } },
        "groups": { "read": get("groups") }, "links": get("links"),
    } });
    let pages = json!({
        "user": "http://127.0.0.1/user/:user", "search.tag": "http://127.0.0.1/search?q=:tag",
        "signup": "http://127.0.0.1/signup", "groups.new": "http://127.0.0.1/groups",
        "account.settings": "http://127.0.0.1/account",
    });
    let profile = json!({ "userid": null, "authority": "example.org", "features": {}, "preferences": {}, "groups": [] });
    [
        ("/hypothesis/api/", links),
        ("/hypothesis/api/links", pages),
        ("/hypothesis/api/profile", profile),
        ("/hypothesis/api/groups", json!([group])),
        ("/hypothesis/api/search", json!({ "total": rows.len(), "rows": rows })),
    ]
}
