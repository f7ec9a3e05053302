//! A core that has stopped leaves the page readable and says so.

use browser_tests::{Outcome, Page, View, site};

#[tokio::test]
async fn a_trap_in_the_core_is_told_once_and_the_article_stays() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '年底' })", Vec::new()).await?;
    let trap = "const stack = arguments[0], error = new WebAssembly.RuntimeError('unreachable');
        Object.defineProperty(error, 'stack', { value: stack });
        dispatchEvent(new ErrorEvent('error', { error, message: 'trap' }))";
    page.run(trap, vec!["https://example.org/other.wasm".into()]).await?;
    page.gone("[role=alert].failed").await?;
    for _ in 0..2 {
        page.run(trap, vec!["at bianzhu-core_bg.wasm".into()]).await?;
    }
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
