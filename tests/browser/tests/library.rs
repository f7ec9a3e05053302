//! The reader's own texts: pasted or opened, annotated, listed, opened again, taken out.

use browser_tests::{Outcome, Page, Reply, View, dist, site};
use serde_json::json;

const STRICT: &str = "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types 'none'";

const TEXT: &str = "忻州市召开动员大会\n1月16日，忻州市召开全市机构改革动员大会。市委书记李俊明讲话。\n- 增强“四个意识”\n> 压茬推进";

async fn library(view: View, header: &str) -> Outcome<Page> {
    let page = Page::visit(site().with_header(header), "/library.html", view).await?;
    page.ready().await?;
    page.inside(".library textarea").await?;
    Ok(page)
}

/// Pastes a text and reads it.
async fn paste(page: &Page, text: &str) -> Outcome {
    page.inside(".library textarea").await?;
    page.run(
        "const field = root.querySelector('.library textarea'); field.value = arguments[0];
         field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        vec![json!(text)],
    )
    .await?;
    page.click(".library .primary").await
}

/// Hands a file over, as a dialog or a drop does.
async fn open_file(page: &Page, how: &str, name: &str, kind: &str, bytes: &[u8]) -> Outcome {
    let hand = "const [how, name, type, bytes] = arguments, data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(bytes)], name, { type }));
        if (how === 'drop')
          for (const kind of ['dragover', 'drop'])
            document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }));
        else {
          const field = root.querySelector('.library input[type=file]');
          field.files = data.files;
          field.dispatchEvent(new Event('change', { bubbles: true }));
        }";
    page.run(hand, vec![json!(how), json!(name), json!(kind), json!(bytes)]).await?;
    Ok(())
}

/// The blocks of the open article, and what stands over them.
const SHOWN: &str =
    "[...document.querySelectorAll('.bianzhu-text :is(h1, .bianzhu-byline > span, [data-block])')]
    .map((one) => `${one.localName} ${one.textContent}`)";

#[tokio::test]
async fn a_text_is_pasted_annotated_listed_opened_again_and_taken_out() -> Outcome {
    let page = library(View::LAPTOP, STRICT).await?;
    assert!(page.words(".library .nothing").await?.contains("还没有文章"));
    // What is no text says so.
    page.click(".library .primary").await?;
    assert!(page.words(".toast").await?.contains("没有读到文字"));
    paste(&page, TEXT).await?;
    page.until("article.text").await?;
    assert_eq!(
        page.run(&format!("return {SHOWN}"), Vec::new()).await?,
        json!([
            "h1 忻州市召开动员大会",
            "p 1月16日，忻州市召开全市机构改革动员大会。市委书记李俊明讲话。",
            "p 增强“四个意识”",
            "blockquote 压茬推进",
        ])
    );
    // The focus is where one reads on from, and leads back.
    page.until("root.activeElement?.matches('.open-library')").await?;
    assert_eq!(page.run("return article.getAttribute('lang')", Vec::new()).await?, "zh-Hans");
    page.mention("李俊明").await?.click().await?;
    page.inside(".card").await?;
    page.click(".card .close").await?;
    page.run("article.annotate({ exact: '动员大会', note: '开会' })", Vec::new()).await?;
    page.inside(".note").await?;

    page.go("/library.html").await?;
    page.ready().await?;
    let row = page.words(".library li").await?;
    assert!(row.contains("忻州市召开动员大会") && row.contains("笔记 1"), "{row}");
    page.click(".library .jump").await?;
    assert!(page.words(".note").await?.contains("开会"));
    page.click(".open-library").await?;
    page.until("root.activeElement?.matches('.library')").await?;
    assert_eq!(page.run("return document.querySelectorAll('.bianzhu-text').length", Vec::new()).await?, 0);

    page.click(".library .remove").await?;
    page.inside(".library .nothing").await?;
    page.until("root.activeElement?.matches('.library')").await?;
    let kept = "Object.keys(localStorage).filter((key) => key.startsWith('bianzhu:1:')).length";
    assert_eq!(page.run(&format!("return {kept}"), Vec::new()).await?, 1);
    page.click(".toast .undo").await?;
    assert!(page.words(".library li").await?.contains("笔记 1"));
    // The same text has the same notes, though it was taken out.
    page.click(".library .remove").await?;
    paste(&page, TEXT).await?;
    assert!(page.words(".note").await?.contains("开会"));
    let seen = page.seen().await?;
    assert!(seen.violations().is_empty(), "{:?}", seen.violations());
    page.leave().await
}

#[tokio::test]
async fn a_text_has_an_address_that_the_history_a_reload_and_a_bookmark_lead_to() -> Outcome {
    let page = library(View::LAPTOP, STRICT).await?;
    let hash = async || -> Outcome<String> {
        let hash = page.run("return location.hash", Vec::new()).await?;
        Ok(hash.as_str().unwrap_or_default().to_owned())
    };
    page.run("history.replaceState({ own: 1 }, '', '#part-2')", Vec::new()).await?;
    paste(&page, TEXT).await?;
    page.until("article.text").await?;
    let opened = hash().await?;
    assert!(opened.starts_with("#part-2&text="), "{opened}");
    // What is being typed is kept, though the reader goes back at once.
    page.run("article.annotate({ exact: '动员大会' })", Vec::new()).await?;
    page.click(".note .edit").await?;
    page.inside(".composing textarea").await?.send_keys("开会").await?;
    page.driver().back().await?;
    page.inside(".library textarea").await?;
    page.until("root.activeElement?.matches('.library')").await?;
    assert_eq!(hash().await?, "#part-2");
    assert_eq!(page.run("return history.state.own", Vec::new()).await?, 1);
    page.driver().forward().await?;
    page.until("article.text").await?;
    assert_eq!(hash().await?, opened);
    assert!(page.words(".note").await?.contains("开会"));
    page.until("root.activeElement?.matches('.open-library')").await?;
    // A part of the page itself is no text, and closes none.
    page.run("location.hash = 'top'", Vec::new()).await?;
    page.until("location.hash === '#top'").await?;
    page.until("article.text && root.querySelector('.note')").await?;
    page.driver().back().await?;
    page.until("location.hash !== '#top'").await?;
    assert!(page.words(".note").await?.contains("开会"));
    page.driver().refresh().await?;
    page.ready().await?;
    assert!(page.words(".note").await?.contains("开会"));
    page.click(".open-library").await?;
    page.inside(".library .jump").await?;
    assert_eq!(hash().await?, "#part-2");
    page.go(&format!("/library.html?again{opened}")).await?;
    page.ready().await?;
    page.until("article.text").await?;
    // What is not here says so.
    page.run("location.hash = 'text=1'", Vec::new()).await?;
    page.inside(".library .jump").await?;
    assert!(page.words(".toast").await?.contains("不在这个浏览器里"));
    // Of two elements, the address tells of the first.
    page.run(
        "const other = document.createElement('bianzhu-article'); other.setAttribute('library', '');
         document.querySelector('main').append(other); return other.ready",
        Vec::new(),
    )
    .await?;
    page.run(
        "const { shadowRoot } = document.querySelectorAll('bianzhu-article')[1];
         shadowRoot.querySelector('.library .jump').click()",
        Vec::new(),
    )
    .await?;
    page.until("document.querySelectorAll('bianzhu-article')[1].text").await?;
    assert_eq!(hash().await?, "#text=1");
    // The browser's own button may pass over entries that no reader made.
    page.run("history.back()", Vec::new()).await?;
    page.until("article.text").await?;
    page.leave().await
}

#[tokio::test]
async fn plain_text_has_its_headings_rows_and_latin() -> Outcome {
    let page = library(View::LAPTOP, STRICT).await?;
    let latin =
        "The reform of Party and state institutions is a task for the whole of the year, as “planned”.";
    let text = ["\u{feff}通知", "一、总体要求", "坚持改革。", "二、任务", "抓好落实。", "姓名\t职务", latin];
    paste(&page, &text.join("\n")).await?;
    page.until("article.text").await?;
    let shown = page.run(&format!("return {SHOWN}.slice(0, 4)"), Vec::new()).await?;
    assert_eq!(shown, json!(["h1 通知", "h2 一、总体要求", "p 坚持改革。", "h2 二、任务"]));
    assert_eq!(page.run("return article.text", Vec::new()).await?, text[1..].join("\n"));
    let set = page.run(
        "return [...document.querySelectorAll('[data-block]')].slice(-3).map((block) => {
           const { textIndent, textAlign, whiteSpace } = getComputedStyle(block);
           return [textIndent !== '0px', textAlign, whiteSpace] })",
        Vec::new(),
    );
    let expected =
        json!([[true, "justify", "normal"], [false, "justify", "pre-wrap"], [false, "start", "normal"]]);
    assert_eq!(set.await?, expected);
    page.leave().await
}

#[tokio::test]
async fn files_are_opened_by_a_dialog_or_a_drop() -> Outcome {
    let page = library(View::PHONE, "X-Nothing: 1").await?;
    let html = "<!doctype html><title>报</title><meta name=PubDate content=2024-03-12><nav>导航</nav><article><h1>动员大会</h1>\
        <p>市委书记李俊明讲话。<img src=/asked.png onerror='window.broken = 1'><span hidden>隐</span></p></article>\
        <script>window.broken = 1</script>";
    let gbk = [0xd0, 0xc3, 0xd6, 0xdd, 0xca, 0xd0, 0xa1, 0xa3];
    for (how, name, kind, bytes, shown) in [
        (
            "drop",
            "a.html",
            "text/html",
            html.as_bytes(),
            json!(["h1 动员大会", "span 2024-03-12", "p 市委书记李俊明讲话。"]),
        ),
        ("dialog", "a.md", "", "# 题\n## 一\n文。".as_bytes(), json!(["h1 题", "h2 一", "p 文。"])),
        ("dialog", "a.txt", "text/plain", &gbk, json!(["p 忻州市。"])),
    ] {
        open_file(&page, how, name, kind, bytes).await?;
        page.until("article.text").await?;
        assert_eq!(page.run(&format!("return {SHOWN}"), Vec::new()).await?, shown, "{name}");
        page.click(".open-library").await?;
        page.inside(".library textarea").await?;
    }
    // The last opened first.
    let titles = page.run(
        "return [...root.querySelectorAll('.library .jump > [lang]')].map((one) => one.textContent)",
        Vec::new(),
    );
    assert_eq!(titles.await?, json!(["忻州市。", "题", "动员大会"]));
    assert_eq!(page.run("return 'broken' in window", Vec::new()).await?, false);
    // Notes come as JSON to the article that is open, and a text opens in its place.
    page.click(".library .jump").await?;
    page.until("article.text").await?;
    open_file(&page, "drop", "a.json", "application/json", b"[]").await?;
    page.until("root.querySelector('.toast, .incoming')").await?;
    open_file(&page, "drop", "b.txt", "text/plain", "另一篇。".as_bytes()).await?;
    page.until("article.text === '另一篇。'").await?;
    page.click(".open-library").await?;
    page.inside(".library textarea").await?;
    for (name, bytes, says) in [
        ("a.png", vec![0xff, 0x31, 0x80], "编码"),
        (
            "notes.json",
            br#"[{"target": {"selector": {"type": "TextQuoteSelector"}}}]"#.to_vec(),
            "导出的笔记",
        ),
        ("a.txt", vec![b' '], "没有读到文字"),
        ("a.html", b"<script>1</script>".to_vec(), "没有读到文字"),
        ("a.txt", vec![b'a'; 4 * 1024 * 1024 + 1], "太大"),
    ] {
        let kind = if name == "a.html" { "text/html" } else { "" };
        if bytes.len() < 1000 {
            open_file(&page, "dialog", name, kind, &bytes).await?;
        } else {
            paste(&page, &"a".repeat(bytes.len())).await?;
        }
        page.until(&format!("root.querySelector('.toast')?.textContent.includes('{says}')")).await?;
    }
    page.leave().await
}

#[tokio::test]
async fn html_is_opened_where_trusted_types_are_required_or_it_is_said_why_not() -> Outcome {
    let page = library(View::LAPTOP, STRICT).await?;
    let html = "<!doctype html><p>市委书记李俊明讲话。<script>window.broken = 1</script>";
    open_file(&page, "dialog", "a.html", "text/html", html.as_bytes()).await?;
    let can_parse = page.run("return 'parseHTML' in Document", Vec::new()).await? == true;
    let says = "root.querySelector('.toast')?.textContent.includes('无法解析')";
    let reads = "article.text === '市委书记李俊明讲话。'";
    page.until(&if can_parse { reads.to_owned() } else { format!("{reads} || {says}") }).await?;
    if can_parse {
        assert!(page.seen().await?.violations().is_empty());
    }
    assert_eq!(page.run("return 'broken' in window", Vec::new()).await?, false);
    page.leave().await
}

#[tokio::test]
async fn a_text_that_is_not_kept_can_be_read_and_says_so() -> Outcome {
    let full = "const real = Storage.prototype.setItem; Storage.prototype.setItem = function (key, value) {
        if (key.startsWith('bianzhu:text:')) throw new DOMException('full', 'QuotaExceededError');
        return real.call(this, key, value) }";
    let front = std::fs::read_to_string(dist().join("library.html"))?;
    let front = Reply::html(front.replacen("<script", &format!("<script>{full}</script><script"), 1));
    let page = Page::visit(site().with("/library.html", front), "/library.html", View::LAPTOP).await?;
    page.ready().await?;
    paste(&page, TEXT).await?;
    assert!(page.words(".trouble").await?.contains("没有留下这篇文章"));
    // Notes are kept, and it is still said that the text is not.
    page.run("article.annotate({ exact: '动员大会', note: '开会' })", Vec::new()).await?;
    page.inside(".note").await?;
    assert!(page.words(".trouble").await?.contains("没有留下这篇文章"));
    page.click(".open-library").await?;
    page.inside(".library .nothing").await?;
    page.leave().await
}

#[tokio::test]
async fn in_memory_texts_and_notes_last_as_long_as_the_page() -> Outcome {
    let front = std::fs::read_to_string(dist().join("library.html"))?;
    let front = Reply::html(
        front.replace("<bianzhu-article library", "<bianzhu-article library storage=memory lang=en"),
    );
    let page = Page::visit(site().with("/library.html", front), "/library.html", View::LAPTOP).await?;
    page.ready().await?;
    assert!(page.words(".library .nothing").await?.contains("No texts yet"));
    paste(&page, TEXT).await?;
    page.until("article.text").await?;
    page.run("article.annotate({ exact: '动员大会', note: '开会' })", Vec::new()).await?;
    page.click(".open-library").await?;
    let row = page.words(".library li").await?;
    assert!(row.contains("Notes 1"), "{row}");
    page.click(".library .jump").await?;
    assert!(page.words(".note").await?.contains("开会"));
    assert_eq!(page.run("return Object.keys(localStorage).length", Vec::new()).await?, 0);
    page.leave().await
}
