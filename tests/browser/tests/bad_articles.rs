//! Articles that cannot be shown.

use browser_tests::{Outcome, Page, Reply, Site, View, dist, site};

/// The front page with another article.
fn with_article(reply: Option<Reply>) -> Outcome<Site> {
    let page = std::fs::read_to_string(dist().join("index.html"))?;
    let page = page.replace("articles/xinzhou-reform.json", "made-up.txt");
    let site = site().with("/", Reply::html(page));
    Ok(match reply {
        Some(reply) => site.with("/made-up.txt", reply),
        None => site,
    })
}

const PLAIN: &str = "text/plain; charset=utf-8";

#[tokio::test]
async fn each_has_its_sentence_and_its_event() -> Outcome {
    for (reply, code, sentence) in [
        (None, "article-unreachable", "未能加载"),
        (Some(Reply::text(PLAIN, " \n ")), "article-empty", "没有正文"),
        (Some(Reply::text(PLAIN, [0xff, 0x31, 0x80])), "article-not-utf8", "UTF-8"),
        (Some(Reply::text(PLAIN, "改革".repeat(900_000))), "article-too-large", "太大"),
        (Some(Reply::text("application/json", "{\"title\":")), "article-bad-json", "不完整"),
    ] {
        let page = Page::visit(with_article(reply)?, "/", View::LAPTOP).await?;
        assert!(page.ready().await.is_err(), "{code}");
        assert!(page.words(".failed").await?.contains(sentence), "{code}");
        let events = page.seen().await?.events("error");
        assert_eq!(events[0]["code"], code);
        assert!(events[0]["message"].as_str().is_some_and(|message| !message.is_empty()));
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn markup_in_a_text_stays_text() -> Outcome {
    let text = "<img src=x onerror=\"document.title='broken'\">市委书记<b>李俊明</b>讲话。<script>1</script>";
    let page = Page::open(with_article(Some(Reply::text(PLAIN, text)))?, View::LAPTOP).await?;
    assert_eq!(page.run("return article.text", Vec::new()).await?, text);
    let made = page
        .run("return document.querySelectorAll('.bianzhu-article :is(img, b, script)').length", Vec::new());
    assert_eq!(made.await?, 0);
    page.leave().await
}
