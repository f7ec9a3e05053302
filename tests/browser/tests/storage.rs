//! Storage that fails, and storage that holds something else.

use browser_tests::{Engine, Outcome, Page, Reply, View, dist, site};

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

/// The stored values of notes, as JSON.
const STORED: &str = "Object.keys(localStorage).filter((key) => key.startsWith('bianzhu:1:'))
    .map((key) => JSON.parse(localStorage.getItem(key)))";

#[tokio::test]
async fn what_is_typed_survives_a_crash_inside_the_delay() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    page.click(".note .edit").await?;
    // Neither the clock nor the leaving of the page saves the note: as when the browser dies.
    page.run(
        "const field = root.querySelector('textarea');
         const real = Storage.prototype.setItem;
         Storage.prototype.setItem = function (key, value) {
           if (!key.startsWith('bianzhu:1:')) real.call(this, key, value);
         };
         field.value = '早先的，又写了一句';
         field.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        Vec::new(),
    )
    .await?;
    page.until("Object.keys(localStorage).some((key) => key.startsWith('bianzhu:draft:'))").await?;
    // Elsewhere on the site, the note is as it was saved last.
    page.go("/src/nothing-here").await?;
    let stored = page.run(&format!("return {STORED}"), Vec::new()).await?;
    assert_eq!(stored[0]["body"][0]["value"], "早先");
    page.go("/").await?;
    page.ready().await?;
    page.until("root.querySelector('.note')?.textContent.includes('又写了一句')").await?;
    assert!(page.words(".toast").await?.contains("找回"));
    let stored = page.run(&format!("return {STORED}"), Vec::new()).await?;
    assert_eq!(stored[0]["body"][0]["value"], "早先的，又写了一句");
    page.until("!Object.keys(localStorage).some((key) => key.startsWith('bianzhu:draft:'))").await?;
    page.leave().await
}

/// The page once more, in a window of the same profile.
async fn reopened(page: Page) -> Outcome<Page> {
    page.another_window().await?;
    page.go("/").await?;
    page.ready().await?;
    Ok(page)
}

/// Has the note be written on in this window, and not saved: neither the clock nor the leaving of the page does.
async fn type_unsaved(page: &Page, words: &str) -> Outcome {
    page.click(".note .edit").await?;
    page.inside(".note textarea").await?;
    page.run(
        "const real = Storage.prototype.setItem;
         Storage.prototype.setItem = function (key, value) {
           if (!key.startsWith('bianzhu:1:')) real.call(this, key, value);
         };
         window.setTimeout = () => 0;
         const field = root.querySelector('textarea');
         field.value = arguments[0];
         field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        vec![words.into()],
    )
    .await?;
    Ok(())
}

/// How many drafts are stored.
const DRAFTS: &str = "Object.keys(localStorage).filter((key) => key.startsWith('bianzhu:draft:')).length";

#[tokio::test]
async fn what_a_living_window_types_is_left_to_it_and_comes_back_when_it_dies() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    type_unsaved(&page, "甲窗在写").await?;
    page.until(&format!("{DRAFTS} === 1")).await?;
    // Another opens meanwhile, and then writes on the same note.
    let page = reopened(page).await?;
    let second = page.driver().window().await?;
    type_unsaved(&page, "乙窗也在写").await?;
    page.until(&format!("{DRAFTS} === 2")).await?;
    page.run(
        "window.asked = null; navigator.locks.query().then((locks) => (window.asked = locks))",
        Vec::new(),
    )
    .await?;
    page.until("window.asked").await?;
    assert_eq!(
        page.run("return [asked.held.length, asked.pending.length]", Vec::new()).await?,
        serde_json::json!([2, 1])
    );
    assert_eq!(page.run("return root.querySelector('.toast')", Vec::new()).await?, serde_json::Value::Null);
    assert_eq!(page.run(&format!("return {STORED}[0].body[0].value"), Vec::new()).await?, "早先");
    // Both windows die; a third one shows what was typed in both.
    page.another_window().await?;
    let third = page.driver().window().await?;
    for window in [first, second] {
        page.driver().switch_to_window(window).await?;
        page.driver().close_window().await?;
    }
    page.driver().switch_to_window(third).await?;
    page.go("/").await?;
    page.ready().await?;
    page.until("root.querySelector('.toast')?.textContent.includes('找回')").await?;
    page.until(&format!("{DRAFTS} === 0")).await?;
    page.until("root.querySelector('.note .comment')?.textContent === '乙窗也在写'").await?;
    let stored = page.run(&format!("return {STORED}"), Vec::new()).await?;
    assert_eq!(stored[0]["urn:bianzhu:revisions"][0]["value"], "甲窗在写");
    page.leave().await
}

#[tokio::test]
async fn a_window_that_writes_no_more_holds_no_lock() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    // A page that holds one is not kept for the way back.
    let held = async |count: usize| {
        page.run("navigator.locks.query().then(({ held }) => (window.held = held.length))", Vec::new())
            .await?;
        page.until(&format!("window.held === {count} || void navigator.locks.query().then(({{ held }}) => (window.held = held.length))")).await
    };
    held(0).await?;
    page.click(".note .edit").await?;
    page.inside(".note textarea").await?.send_keys("又写").await?;
    held(1).await?;
    page.click(".note .done").await?;
    held(0).await?;
    page.leave().await
}

#[tokio::test]
async fn without_locks_a_draft_that_is_left_alone_comes_back_and_one_that_goes_on_does_not() -> Outcome {
    // The clock that a window waits by goes when the test says so.
    let script = "Object.defineProperty(navigator, 'locks', { value: undefined });
        const real = setTimeout; window.late = [];
        window.setTimeout = (action, time) => time === 3000 ? window.late.push(action) : real(action, time)";
    let page = Page::open(site().with("/", front_page(script)?), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    type_unsaved(&page, "在写").await?;
    let page = reopened(page).await?;
    let second = page.driver().window().await?;
    page.until("late.length === 1").await?;
    // The writer goes on, and so lives.
    page.driver().switch_to_window(first).await?;
    page.run(
        "const field = root.querySelector('textarea'); field.value += '，还在写';
         field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        Vec::new(),
    )
    .await?;
    page.driver().switch_to_window(second.clone()).await?;
    let typed = "Object.entries(localStorage).some(([key, value]) =>
        key.startsWith('bianzhu:draft:') && value.includes('在写，还在写'))";
    page.until(typed).await?;
    page.run("late.pop()()", Vec::new()).await?;
    assert_eq!(
        page.run(&format!("return {typed} && !root.querySelector('.toast')"), Vec::new()).await?,
        true
    );
    assert!(page.words(".note").await?.contains("早先"));
    // Whoever finds it next, and finds it as it was, takes it over.
    page.go("/").await?;
    page.ready().await?;
    page.until("late.length === 1").await?;
    page.run("late.pop()()", Vec::new()).await?;
    page.until("root.querySelector('.toast')?.textContent.includes('找回')").await?;
    page.until("root.querySelector('.note .comment')?.textContent === '在写，还在写'").await?;
    page.leave().await
}

#[tokio::test]
async fn two_windows_on_one_note_keep_both_texts() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    page.run("article.annotate({ exact: '岁末年初', note: '原来' })", Vec::new()).await?;
    let page = reopened(page).await?;
    page.click(".note .edit").await?;
    // This window has begun to write; the other writes and is done.
    let second = page.driver().window().await?;
    page.driver().switch_to_window(first.clone()).await?;
    page.click(".note .edit").await?;
    page.run("root.querySelector('textarea').value = '甲窗'", Vec::new()).await?;
    page.click(".note .done").await?;
    page.until("root.querySelector('.note .comment')?.textContent === '甲窗'").await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.until(&format!("{STORED}[0].body[0].value === '甲窗'")).await?;
    page.run("root.querySelector('textarea').value = '乙窗'", Vec::new()).await?;
    page.click(".note .done").await?;
    page.until("root.querySelector('.note .comment')?.textContent === '乙窗'").await?;
    let stored = page.run(&format!("return {STORED}"), Vec::new()).await?;
    assert_eq!(stored[0]["urn:bianzhu:revisions"][0]["value"], "甲窗");
    page.click(".note .earlier summary").await?;
    assert!(page.words(".note .earlier").await?.contains("甲窗"));
    // For a validator of the standard's own.
    let exports = browser_tests::root().join("target/exports");
    std::fs::create_dir_all(&exports)?;
    let export = page.run("return JSON.stringify(article.annotations())", Vec::new()).await?;
    std::fs::write(exports.join("revisions.json"), export.as_str().unwrap_or_default())?;
    page.driver().switch_to_window(first.clone()).await?;
    page.until("root.querySelector('.note .comment')?.textContent === '乙窗'").await?;
    // One deletes; the other, who is writing on it and has not saved, keeps it.
    page.click(".note .edit").await?;
    page.run(
        "window.setTimeout = () => 0; const field = root.querySelector('textarea');
         field.value = '甲窗还在写'; field.dispatchEvent(new InputEvent('input', { bubbles: true }))",
        Vec::new(),
    )
    .await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.click(".note .delete").await?;
    page.driver().switch_to_window(second.clone()).await?;
    page.until("root.querySelector('.note .comment')?.textContent === '甲窗还在写'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_store_that_is_cleared_is_told_and_filled_again() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '一' }); article.annotate({ exact: '动员大会', note: '二' })",
        Vec::new(),
    )
    .await?;
    page.another_window().await?;
    page.go("/src/nothing-here").await?;
    page.run("localStorage.clear()", Vec::new()).await?;
    page.driver().switch_to_window(first.clone()).await?;
    let trouble = page.words(".trouble").await?;
    assert!(trouble.contains("清空"), "{trouble}");
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 2);
    page.click(".trouble .retry").await?;
    page.gone(".trouble").await?;
    assert_eq!(page.run(&format!("return {STORED}.length"), Vec::new()).await?, 2);
    page.leave().await
}

#[tokio::test]
async fn a_note_that_was_evicted_is_missed() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '一' }); article.annotate({ exact: '动员大会', note: '二' });
         localStorage.removeItem(Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:')))",
        Vec::new(),
    )
    .await?;
    page.go("/").await?;
    page.ready().await?;
    let trouble = page.words(".trouble").await?;
    assert!(trouble.starts_with('1') && trouble.contains("上次还在"), "{trouble}");
    assert_eq!(page.seen().await?.events("error")[0]["code"], "note-missing");
    page.leave().await
}

#[tokio::test]
async fn a_site_that_fills_the_store_is_told_of_before_it_is_full() -> Outcome {
    let fill = "localStorage.setItem('host', 'x'.repeat(4.99 * 1024 * 1024 | 0))";
    let page = Page::open(site().with("/", front_page(fill)?), View::LAPTOP).await?;
    page.until("root.querySelector('.trouble')?.textContent.includes('0%')").await?;
    // A small note still fits; a large one does not, and says so.
    page.run("article.annotate({ exact: '岁末年初', note: '小' })", Vec::new()).await?;
    assert_eq!(page.run(&format!("return {STORED}.length"), Vec::new()).await?, 1);
    page.run("article.annotate({ exact: '岁末年初', note: '大'.repeat(20000) })", Vec::new()).await?;
    page.until("root.querySelector('.trouble .retry')").await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 2);
    page.leave().await
}

#[tokio::test]
async fn what_another_window_writes_while_many_notes_are_read_is_shown() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    // As many as are read in several turns.
    page.run(
        "const key = Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:'));
         const note = localStorage.getItem(key), id = JSON.parse(note).id, part = encodeURIComponent(id);
         for (let at = 0; at < 1500; at++) {
           const other = `urn:uuid:00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
           localStorage.setItem(key.replace(part, encodeURIComponent(other)), note.replaceAll(id, other));
         }",
        Vec::new(),
    )
    .await?;
    // Another window: what it does is told by an event, in a turn of the page's.
    page.first(
        "const read = [], get = Storage.prototype.getItem, prefix = 'bianzhu:1:';
         window.turns = 0;
         Storage.prototype.getItem = function (key) {
           if (key.startsWith(prefix) && read.push(key) === 1) {
             const turn = () => {
               window.turns++;
               if (!window.ready) setTimeout(turn);
             };
             setTimeout(turn);
             setTimeout(() => {
               window.wasReading = read.length < 1501;
               const tell = (key, oldValue, newValue) => {
                 if (newValue === null) localStorage.removeItem(key);
                 else localStorage.setItem(key, newValue);
                 dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue, storageArea: localStorage }));
               };
               const [changed, gone] = read, note = get.call(localStorage, changed);
               tell(changed, note, note.replace('早先', '别处改的'));
               tell(gone, get.call(localStorage, gone), null);
               const id = JSON.parse(note).id, added = changed.replace(encodeURIComponent(id), 'urn%3Ax%3Anew');
               tell(added, null, note.replaceAll(id, 'urn:x:new').replace('早先', '别处写的'));
             });
           }
           return get.call(this, key);
         };",
    )
    .await?;
    page.go("/").await?;
    page.until("article").await?;
    page.run("article.ready.then(() => (window.ready = true))", Vec::new()).await?;
    page.ready().await?;
    assert_eq!(page.run("return window.wasReading", Vec::new()).await?, true);
    assert!(page.run("return window.turns", Vec::new()).await?.as_u64() > Some(2));
    page.until(
        "(([all, changed, added]) => all === 1501 && changed === 1 && added === 1)(((notes) => [notes.length,
           ...['别处改的', '别处写的'].map((said) => notes.filter(({ body }) => body[0].value === said).length)])
         (article.annotations().items))",
    )
    .await?;
    page.leave().await
}

#[tokio::test]
async fn each_name_for_full_is_understood_whatever_write_it_is() -> Outcome {
    let throws = "const real = Storage.prototype.setItem; let writes = 0; window.failing = () => false;
        Storage.prototype.setItem = function (key, value) {
          const error = window.failing(++writes, key); if (error) throw error;
          return real.call(this, key, value) }";
    let page = Page::open(site().with("/", front_page(throws)?), View::LAPTOP).await?;
    for error in [
        "new DOMException('full', 'QuotaExceededError')",
        "Object.assign(new Error('full'), { name: 'NS_ERROR_DOM_QUOTA_REACHED', code: 1014 })",
        "Object.assign(new Error('full'), { code: 22 })",
        "'not even an error'",
    ] {
        page.run(
            &format!(
                "window.failing = (_, key) => key.startsWith('bianzhu:1:') && {error};
                 article.annotate({{ exact: '岁末年初', note: '未存' }}); window.failing = () => false"
            ),
            Vec::new(),
        )
        .await?;
        page.click(".trouble .retry").await?;
        page.gone(".trouble").await?;
    }
    assert_eq!(page.run(&format!("return {STORED}.length"), Vec::new()).await?, 4);
    page.run(
        "let bad = 0; window.failing = (_, key) => key.startsWith('bianzhu:1:') && ++bad === 2 &&
           new DOMException('full', 'QuotaExceededError');
         for (const at of [1, 2, 3]) article.annotate({ exact: '岁末年初', note: `第${at}条` })",
        Vec::new(),
    )
    .await?;
    page.inside(".trouble .retry").await?;
    assert_eq!(page.run(&format!("return {STORED}.length"), Vec::new()).await?, 6);
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 7);
    page.leave().await
}

#[tokio::test]
async fn a_store_that_drops_what_it_is_given_is_found_out() -> Outcome {
    let drops = "Storage.prototype.setItem = () => {}";
    let page = Page::open(site().with("/", front_page(drops)?), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '还在' })", Vec::new()).await?;
    page.inside(".trouble .retry").await?;
    assert!(page.words(".note").await?.contains("还在"));
    page.leave().await
}

#[tokio::test]
async fn a_page_out_of_the_back_forward_cache_shows_what_was_done_meanwhile() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '早先' });
         const key = Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:'));
         localStorage.setItem(key, localStorage.getItem(key).replace('早先', '回来时'));
         dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
        Vec::new(),
    )
    .await?;
    page.until("root.querySelector('.note .comment')?.textContent === '回来时'").await?;
    page.leave().await
}

#[tokio::test]
async fn locks_may_be_missing_or_refuse() -> Outcome {
    for locks in [
        "Object.defineProperty(navigator, 'locks', { value: undefined })",
        "LockManager.prototype.request = () => { throw new Error('no') }",
        "LockManager.prototype.request = () => Promise.reject(new DOMException('no', 'SecurityError'))",
    ] {
        let page = Page::open(site().with("/", front_page(locks)?), View::LAPTOP).await?;
        let first = page.driver().window().await?;
        let page = reopened(page).await?;
        page.run("article.annotate({ exact: '岁末年初', note: '另一扇窗' })", Vec::new()).await?;
        page.driver().switch_to_window(first.clone()).await?;
        page.until("root.querySelector('.note .comment')?.textContent === '另一扇窗'").await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn in_a_sandbox_notes_live_in_the_page_and_it_says_so() -> Outcome {
    let frame = "<!doctype html><title>x</title><iframe sandbox='allow-scripts' src='/' width='1200' height='800'></iframe>";
    let site = site().with("/frame.html", Reply::html(frame)).with_header("Access-Control-Allow-Origin: *");
    let page = Page::visit(site, "/frame.html", View::LAPTOP).await?;
    page.driver().enter_frame(0).await?;
    page.until("root?.querySelector('.trouble .export')").await?;
    page.run("article.annotate({ exact: '岁末年初', note: '还在' })", Vec::new()).await?;
    page.until("root.querySelector('.note')?.textContent.includes('还在')").await?;
    page.driver().enter_default_frame().await?;
    Ok(page.driver().clone().quit().await?)
}

#[tokio::test]
async fn the_clock_may_go_backwards() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    let before = page.run(&format!("return {STORED}[0].modified"), Vec::new()).await?;
    page.run("Date.now = () => 1000", Vec::new()).await?;
    page.click(".note .edit").await?;
    page.run("root.querySelector('textarea').value = '后来'", Vec::new()).await?;
    page.click(".note .done").await?;
    page.until(&format!("{STORED}[0].body[0].value === '后来'")).await?;
    let after = page.run(&format!("return {STORED}[0].modified"), Vec::new()).await?;
    assert!(after.as_str() > before.as_str(), "{before} {after}");
    page.leave().await
}

#[tokio::test]
async fn the_first_versions_notes_are_there() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "localStorage.setItem('bianzhu:0:' + encodeURIComponent(
             document.querySelector('link[rel~=canonical]')?.href ?? location.href) + ':urn%3Ax%3A1',
           JSON.stringify({ quote: '岁末年初', comment: '第一版写的', created: 5 }));
         localStorage.setItem('bianzhu:2:later', 'x')",
        Vec::new(),
    )
    .await?;
    page.go("/").await?;
    page.ready().await?;
    assert!(page.words(".note").await?.contains("第一版写的"));
    let keys =
        page.run("return Object.keys(localStorage).filter((key) => /^bianzhu:[02]/.test(key))", Vec::new());
    assert_eq!(keys.await?, serde_json::json!(["bianzhu:2:later"]));
    page.leave().await
}

#[tokio::test]
async fn a_later_version_s_notes_are_left_alone_and_told_of() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '这版' });
         const key = Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:'));
         localStorage.setItem(key.replace(':1:', ':2:') + 'x', '{ later')",
        Vec::new(),
    )
    .await?;
    page.go("/").await?;
    page.ready().await?;
    let trouble = page.words(".trouble").await?;
    assert!(trouble.starts_with('1') && trouble.contains("更新的版本"), "{trouble}");
    assert_eq!(page.seen().await?.events("error")[0]["code"], "note-newer");
    let later = "Object.keys(localStorage).filter((key) => localStorage.getItem(key) === '{ later').length";
    assert_eq!(page.run(&format!("return {later}"), Vec::new()).await?, 1);
    assert!(page.words(".note").await?.contains("这版"));
    page.leave().await
}

#[tokio::test]
async fn two_windows_that_add_have_both_notes() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    let page = reopened(page).await?;
    let second = page.driver().window().await?;
    page.run("article.annotate({ exact: '岁末年初', note: '乙窗' })", Vec::new()).await?;
    page.driver().switch_to_window(first.clone()).await?;
    page.run("article.annotate({ exact: '任务重', note: '甲窗' })", Vec::new()).await?;
    for window in [second, first] {
        page.driver().switch_to_window(window).await?;
        page.until(
            "[...root.querySelectorAll('.note .comment')].map((note) => note.textContent).join() === '乙窗,甲窗'",
        )
        .await?;
    }
    assert_eq!(page.run(&format!("return {STORED}.length"), Vec::new()).await?, 2);
    page.leave().await
}

#[tokio::test]
async fn a_page_left_or_closed_inside_the_delay_loses_nothing() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早先' })", Vec::new()).await?;
    let type_and = async |words: &str, then: &str| {
        page.click(".note .edit").await?;
        page.inside(".note textarea").await?;
        // In one turn with the leaving: no clock comes between.
        let script = format!(
            "const field = root.querySelector('textarea'); field.value = arguments[0];
             field.dispatchEvent(new InputEvent('input', {{ bubbles: true }})); {then}"
        );
        page.run(&script, vec![words.into()]).await
    };
    type_and("走时写的", "location.href = '/src/nothing-here'").await?;
    page.until("location.pathname === '/src/nothing-here'").await?;
    page.go("/").await?;
    page.ready().await?;
    page.until("root.querySelector('.note .comment')?.textContent === '走时写的'").await?;

    type_and("关时写的", "").await?;
    let written = page.driver().window().await?;
    page.another_window().await?;
    let other = page.driver().window().await?;
    page.driver().switch_to_window(written).await?;
    page.driver().close_window().await?;
    page.driver().switch_to_window(other).await?;
    page.go("/").await?;
    page.ready().await?;
    page.until("root.querySelector('.note .comment')?.textContent === '关时写的'").await?;
    page.leave().await
}

#[tokio::test]
async fn the_way_back_shows_what_was_done_elsewhere() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '早' })", Vec::new()).await?;
    page.click(".note .edit").await?;
    page.inside(".note textarea").await?.send_keys("先").await?;
    page.click(".note .done").await?;
    page.inside(".note .edit").await?;
    page.run("window.sameAsBefore = true", Vec::new()).await?;
    page.go("/src/nothing-here").await?;
    page.run(
        "const key = Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:'));
         localStorage.setItem(key, localStorage.getItem(key).replace('早先', '别处改的'))",
        Vec::new(),
    )
    .await?;
    page.driver().back().await?;
    page.ready().await?;
    page.until("root.querySelector('.note .comment')?.textContent === '别处改的'").await?;
    // The engine has kept the page: nothing of ours keeps it from that. The Firefox of the
    // tests keeps none, for a reason that is not known; one started by hand keeps it.
    if page.engine() != Engine::Firefox {
        assert_eq!(page.run("return window.sameAsBefore", Vec::new()).await?, true);
    }
    page.leave().await
}

#[tokio::test]
async fn characters_beyond_the_first_plane_and_halves_of_them_keep_their_place() -> Outcome {
    let index = std::fs::read_to_string(dist().join("index.html"))?;
    let index = index.replace("articles/xinzhou-reform.json", "rare.txt");
    let text = "𠮷野家在𠀋市召开大会，𡃁仔也来了。\n会议指出，𠮷字要写对。";
    let site = site().with("/", Reply::html(index)).with("/rare.txt", Reply::text("text/plain", text));
    let page = Page::open(site, View::LAPTOP).await?;
    page.select("𡃁仔也").await?;
    page.click(".toolbar [data-color=green]").await?;
    // Half a character is no text: it reads as the sign for that, and the rest stays.
    page.run("article.annotate({ exact: '𠮷字', note: '半\\ud842个', tags: ['\\udfb7'] })", Vec::new())
        .await?;
    for _ in 0..2 {
        page.until("String([...(CSS.highlights.get('bianzhu-green') ?? [])]) === '𡃁仔也'").await?;
        page.until("String([...(CSS.highlights.get('bianzhu-yellow') ?? [])]) === '𠮷字'").await?;
        let notes = page
            .run(
                "return article.annotations().items.map((item) => {
                   const { start, end } = item.target.selector.find((one) => one.type === 'TextPositionSelector');
                   return [start, end, [...article.text].slice(start, end).join('')] })",
                Vec::new(),
            )
            .await?;
        assert_eq!(notes, serde_json::json!([[11, 14, "𡃁仔也"], [23, 25, "𠮷字"]]));
        assert!(page.words(".note:last-child").await?.contains("半\u{fffd}个"));
        page.go("/").await?;
        page.ready().await?;
    }
    page.leave().await
}

#[tokio::test]
async fn the_reader_sees_how_much_room_is_left() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.click(".open-notes").await?;
    page.until("root.querySelector('.room')?.textContent === '本站存储空间约剩 100%'").await?;
    page.run("localStorage.setItem('host', 'x'.repeat(2.5 * 1024 * 1024))", Vec::new()).await?;
    page.go("/").await?;
    page.ready().await?;
    page.click(".open-notes").await?;
    page.until("root.querySelector('.room')?.textContent === '本站存储空间约剩 49%'").await?;
    page.gone(".trouble").await?;
    page.leave().await
}
