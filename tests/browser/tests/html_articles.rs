//! Articles that are pages of HTML, and texts in other encodings than UTF-8: read by the browser, never inserted.

use browser_tests::{Outcome, Page, Reply, Site, View, front, site};
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use xtask::server::Log;

/// The front page with a made-up article.
fn with_article(reply: Reply) -> Outcome<Site> {
    Ok(site().with("/", front("made-up")?).with("/made-up", reply))
}

/// `忻州市委书记讲话。`
const GBK: &[u8] = &[
    0xd0, 0xc3, 0xd6, 0xdd, 0xca, 0xd0, 0xce, 0xaf, 0xca, 0xe9, 0xbc, 0xc7, 0xbd, 0xb2, 0xbb, 0xb0, 0xa1,
    0xa3,
];

/// The text of each block with its tag, and what stands over them.
const SHOWN: &str = "const text = document.querySelector('.bianzhu-text');
    return [[...text.querySelectorAll('header h1, .bianzhu-byline > span')].map((part) => part.textContent),
      [...text.querySelectorAll('[data-block]')].map((block) => `${block.localName} ${block.textContent}`)]";

#[tokio::test]
async fn a_page_is_read_as_an_article() -> Outcome {
    let page = Page::open(site().with("/", front("examples/articles/reform.html")?), View::LAPTOP).await?;
    let shown = page.run(SHOWN, Vec::new()).await?;
    assert_eq!(shown[0], json!(["云溪县召开机构改革动员会", "云溪日报", "林小满", "2024-03-12 18:30"]));
    let blocks: Vec<&str> =
        shown[1].as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
    let begins = [
        "p 本报讯（记者林小满）3月12日，云溪县召开全县机构改革动员会。县委书记周启明作动员讲话，县长陈文静",
        "h2 一、为什么改",
        "p 会议指出",
        "blockquote 要压茬推进",
        "h2 二、谁来做",
        "p 1. 县纪委监委",
        "p 2. 县委组织部",
        "p 3. 县财政局",
        "p 部门　完成时间",
        "p 县农业农村局　3月20日",
        "p 县医疗保障局　3月25日",
        "p 会议强调",
    ];
    assert_eq!(blocks.len(), begins.len(), "{blocks:?}");
    for (block, begin) in blocks.iter().zip(begins) {
        assert!(block.starts_with(begin), "{block}");
    }
    page.click_mention("周启明").await?;
    page.inside(".card").await?;
    page.leave().await
}

#[tokio::test]
async fn each_encoding_is_read() -> Outcome {
    let marked = |mark: &[u8], units: fn(u16) -> [u8; 2]| {
        let units = "忻州市委书记讲话。".encode_utf16().flat_map(units);
        [mark.to_vec(), units.collect()].concat()
    };
    let in_html = |head: &str, tail: &str| [head.as_bytes(), GBK, tail.as_bytes()].concat();
    let meta = in_html("<!doctype html><meta charset=gbk><article><p>", "</p></article>");
    let old_meta =
        in_html("<meta http-equiv=Content-Type content='text/html; charset=gb2312'><body><p>", "</p>");
    for (what, reply) in [
        ("a page that says so", Reply::text("text/html", meta)),
        ("a page that says so the old way", Reply::text("text/html", old_meta)),
        ("a page of which the server says it", Reply::text("text/html; charset=GBK", in_html("<p>", "</p>"))),
        (
            "an XHTML page",
            Reply::text(
                "application/xhtml+xml",
                "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>忻州市委书记讲话。</p></body></html>",
            ),
        ),
        ("a text of which the server says it", Reply::text("text/plain; charset=gb2312", GBK)),
        ("a text of which the server says nothing", Reply::text("text/plain", GBK)),
        ("a text of which the server is wrong", Reply::text("text/plain; charset=utf-8", GBK)),
        ("UTF-16", Reply::text("text/plain", marked(&[0xff, 0xfe], u16::to_le_bytes))),
        ("UTF-16, the other way round", Reply::text("text/plain", marked(&[0xfe, 0xff], u16::to_be_bytes))),
        ("UTF-8 with a mark", Reply::text("text/plain; charset=nonsense", "\u{feff}忻州市委书记讲话。")),
    ] {
        let page = Page::open(with_article(reply)?, View::LAPTOP).await?;
        assert_eq!(page.run("return article.text", Vec::new()).await?, "忻州市委书记讲话。", "{what}");
        page.leave().await?;
    }
    Ok(())
}

/// Everything that a page could do, and none of it is to happen.
const HOSTILE: &str = r#"<!doctype html><html onload="parent.broken = 1"><head><title>标题</title>
    <base href="/elsewhere/"><meta http-equiv="refresh" content="0; url=/gone"><link rel="stylesheet" href="/asked.css">
    <script src="/asked.js"></script><script>window.broken = 1; document.title = 'broken'</script>
    <style>@import "/asked.css"; body { background: url(/asked.png) }</style></head>
    <body onload="broken = 1"><article><h1>标题</h1><p onclick="broken = 1">市委书记<b>李俊明</b>讲话。
    <img src="/asked.png" srcset="/asked2.png 2x" onerror="window.broken = 1" alt="">
    <a href="javascript:broken = 1">链接</a><iframe src="/asked.html">框</iframe><object data="/asked.swf">物</object>
    <video src="/asked.mp4" autoplay poster="/asked.png">影</video><svg onload="broken = 1"><text>图</text></svg>
    <math><mtext>式</mtext></math><input autofocus onfocus="broken = 1" value="栏"><template>板</template>
    <noscript>无</noscript><span hidden>隐</span><span style="display: none">藏</span><span aria-hidden="true">读</span>
    <span data-bianzhu-skip>略</span></p><form><button>按</button></form><nav>导航</nav><aside>旁</aside>
    <p>&lt;img src=x onerror=broken&gt; 尾。</p></article><p>篇外</p></body></html>"#;

#[tokio::test]
async fn nothing_of_a_page_happens() -> Outcome {
    let log = Log::default();
    let policy = "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
        style-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";
    for header in ["X-Nothing: 1", policy] {
        let site = with_article(Reply::html(HOSTILE))?.logged(&log).with_header(header);
        let page = Page::open(site, View::LAPTOP).await?;
        assert_eq!(
            page.run("return article.text", Vec::new()).await?,
            "市委书记李俊明讲话。链接\n<img src=x onerror=broken> 尾。"
        );
        let made = "return [document.querySelectorAll('.bianzhu-article :is(img, a, b, script, iframe, [onclick])').length,
            'broken' in window, document.title.includes('忻州'), document.querySelector('.bianzhu-text h1').textContent]";
        assert_eq!(page.run(made, Vec::new()).await?, json!([0, false, true, "标题"]));
        let seen = page.seen().await?;
        // Chromium tells of styles that the policy forbids, though a document that is not shown has none.
        let told = seen.violations().iter().filter_map(|violation| violation.as_str());
        assert!(told.clone().all(|violation| violation.starts_with("style-src")), "{:?}", seen.violations());
        page.leave().await?;
    }
    let asked = log.lock().map_err(|_| "the log is broken")?.clone();
    assert!(!asked.iter().any(|(path, _)| path.contains("asked") || path.contains("elsewhere")), "{asked:?}");
    // The article itself, once a visit.
    assert_eq!(asked.iter().filter(|(path, _)| path == "/made-up").count(), 2);
    Ok(())
}

#[tokio::test]
async fn a_redirect_to_a_page_is_read_as_a_page() -> Outcome {
    let away = Reply { status: "302 Found\r\nLocation: /page", kind: "text/plain", body: Vec::new() };
    let site = with_article(away)?.with("/page", Reply::html("<main><p>忻州市委书记讲话。</main>"));
    let page = Page::open(site, View::LAPTOP).await?;
    assert_eq!(page.run("return article.text", Vec::new()).await?, "忻州市委书记讲话。");
    page.leave().await
}

#[tokio::test]
async fn a_page_that_is_no_article_has_its_sentence() -> Outcome {
    let missing = Reply { status: "404 Not Found", kind: "text/html", body: b"<p>Not found</p>".to_vec() };
    let large = ["<p>", &"改革".repeat(900_000)].concat();
    for (reply, code) in [
        (missing, "article-unreachable"),
        (Reply::html("<script>document.write('later')</script><div id=app></div>"), "article-empty"),
        (Reply::html(large), "article-too-large"),
        (Reply::text("application/xhtml+xml", "<p>not closed"), "article-not-parsed"),
    ] {
        let page = Page::visit(with_article(reply)?, "/", View::LAPTOP).await?;
        assert!(page.ready().await.is_err(), "{code}");
        page.inside(".failed").await?;
        assert_eq!(page.seen().await?.events("error")[0]["code"], code);
        page.leave().await?;
    }
    Ok(())
}

/// A server that sends without an end, a megabyte at a time; how many it has sent.
fn endless(kind: &'static str) -> Outcome<(String, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let address = format!("http://{}/", listener.local_addr()?);
    let sent = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&sent);
    std::thread::spawn(move || {
        for mut connection in listener.incoming().flatten() {
            let _ = connection.read(&mut [0; 4096]);
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
            );
            let mut is_open = connection.write_all(head.as_bytes()).is_ok();
            let megabyte = "<p>a</p>".repeat(128 * 1024);
            while is_open && count.load(Ordering::SeqCst) < 100 {
                is_open = connection.write_all(megabyte.as_bytes()).is_ok();
                count.fetch_add(1, Ordering::SeqCst);
                std::thread::sleep(std::time::Duration::from_millis(20));
            }
        }
    });
    Ok((address, sent))
}

#[tokio::test]
async fn what_does_not_end_is_not_read_to_its_end() -> Outcome {
    for kind in ["text/html", "text/plain"] {
        let (address, sent) = endless(kind)?;
        let page = Page::visit(site().with("/", front(&address)?), "/", View::LAPTOP).await?;
        assert!(page.ready().await.is_err());
        assert!(page.words(".failed").await?.contains("太大"));
        page.leave().await?;
        assert!(sent.load(Ordering::SeqCst) < 60, "{kind}: {sent:?} MB");
    }
    Ok(())
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for_for_ever() -> Outcome {
    let silent = TcpListener::bind(("127.0.0.1", 0))?;
    let address = format!("http://{}/", silent.local_addr()?);
    // A hundred times as fast.
    let fast = "const { set } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, 'timeout');
        Object.defineProperty(XMLHttpRequest.prototype, 'timeout', { set(value) { set.call(this, value / 100) } })";
    let front = front(&address)?;
    let body = [b"<!doctype html><script>", fast.as_bytes(), b"</script>", &front.body].concat();
    let front = Reply { body, ..front };
    let page = Page::visit(site().with("/", front), "/", View::LAPTOP).await?;
    assert!(page.ready().await.is_err());
    assert!(page.words(".failed").await?.contains("未能加载"));
    page.leave().await
}

#[tokio::test]
async fn what_has_spaces_of_its_own_is_not_indented_twice() -> Outcome {
    let text = Reply::text("text/plain", "　　会议强调改革。\n会议指出问题。");
    let page = Page::open(with_article(text)?, View::LAPTOP).await?;
    let indents = page.run(
        "return [...document.querySelectorAll('[data-block]')].map((one) => parseFloat(getComputedStyle(one).textIndent) > 0)",
        Vec::new(),
    );
    assert_eq!(indents.await?, json!([false, true]));
    page.leave().await
}
