//! A core that has stopped leaves the page readable and says so.

use browser_tests::{Outcome, Page, Reply, View, site};

/// A module whose only function, `trap`, is `unreachable`.
const TRAP: &[u8] =
    b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x07\x08\x01\x04trap\0\0\x0a\x05\x01\x03\0\0\x0b";
/// Calls it twice, as the core's module calls the core: a call in tail position would leave no trace of the file.
const CALLS: &str = "
    const { instance } = await WebAssembly.instantiateStreaming(fetch(import.meta.url.replace('.js', '.wasm')));
    for (const _ of [1, 2]) setTimeout(() => { instance.exports.trap(); });";

#[tokio::test]
async fn a_trap_in_the_core_is_told_once_and_the_article_stays() -> Outcome {
    let module = Reply::text("application/wasm", TRAP);
    let script = Reply::text("text/javascript", CALLS);
    let site = ["/bianzhu-core-trap", "/other"].iter().fold(site(), |site, path| {
        site.with(&format!("{path}.wasm"), module.clone()).with(&format!("{path}.js"), script.clone())
    });
    let page = Page::open(site, View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '年底' })", Vec::new()).await?;
    // By the engine's own trap, in a script of the page's: each engine writes stacks of its own.
    let trap = |path: &str| {
        format!(
            "window.caught ??= (addEventListener('error', () => window.caught++), 0);
             document.head.append(Object.assign(document.createElement('script'), {{ type: 'module', src: '{path}.js' }}))"
        )
    };
    page.run(&trap("/other"), Vec::new()).await?;
    page.until("window.caught === 2").await?;
    page.gone("[role=alert].failed").await?;
    page.run(&trap("/bianzhu-core-trap"), Vec::new()).await?;
    page.until("window.caught === 4").await?;
    assert!(page.words("[role=alert].failed").await?.contains("已保存的笔记不受影响"));
    let seen = page.seen().await?;
    assert_eq!(seen.events("error").len(), 1);
    assert_eq!(seen.events("error")[0]["code"], "crashed");
    let state = page
        .run(
            "let refused = ''; try { article.annotations() } catch (error) { refused = error.name }
             return [refused, document.querySelectorAll('[data-mention]').length > 0,
               Object.keys(localStorage).filter((key) => key.startsWith('bianzhu:1:')).length]",
            Vec::new(),
        )
        .await?;
    assert_eq!(state, serde_json::json!(["InvalidStateError", true, 1]));
    Ok(())
}
