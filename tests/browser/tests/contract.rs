//! What a page that embeds the element may rely on.

use browser_tests::{Outcome, Page, Reply, View, dist, root, site};
use serde_json::json;

#[tokio::test]
async fn text_and_mentions_count_in_code_points() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let text = page.run("return article.text", Vec::new()).await?;
    let text = text.as_str().ok_or("`text` is a string")?;
    assert_eq!(text.chars().count(), 2028);
    let mentions = page.run("return article.mentions()", Vec::new()).await?;
    let mentions = mentions.as_array().ok_or("`mentions()` is a list")?;
    assert!(mentions.len() > 80, "{} mentions", mentions.len());
    for mention in mentions {
        let at = |name: &str| mention[name].as_u64().map(|at| at as usize).ok_or("an offset");
        let words: String = text.chars().skip(at("start")?).take(at("end")? - at("start")?).collect();
        assert_eq!(mention["text"], words);
        assert!(mention["kind"].is_string() && mention["entity"].is_u64() && mention["name"].is_string());
    }
    let shown = page.run("return document.querySelectorAll('[data-mention][data-kind]').length", Vec::new());
    assert_eq!(shown.await?, mentions.len());
    page.leave().await
}

#[tokio::test]
async fn notes_are_annotations_and_every_change_is_told() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let id = page
        .run(
            "article.annotate({ start: 96, end: 99, color: 'blue', tags: ['人物'] });
             return article.annotate({ exact: '两个维护', note: '哪两个？' })",
            Vec::new(),
        )
        .await?;
    let annotations = page.run("return article.annotations()", Vec::new()).await?;
    assert_eq!(annotations["type"], "AnnotationCollection");
    assert_eq!(annotations["total"], 2);
    assert_eq!(annotations["items"], annotations["first"]["items"]);
    let items = annotations["items"].as_array().ok_or("a list of items")?;
    assert_eq!(items[0]["target"]["selector"][0]["exact"], "李俊明");
    assert_eq!(items[1]["id"], id);
    // For a validator of the standard's own.
    let exports = root().join("target/exports");
    std::fs::create_dir_all(&exports)?;
    std::fs::write(exports.join("notes.json"), annotations.to_string())?;

    let removed = page.run("return article.removeAnnotation(arguments[0])", vec![id.clone()]).await?;
    assert_eq!(removed, true);
    let again = page.run("return article.removeAnnotation(arguments[0])", vec![id.clone()]).await?;
    assert_eq!(again, false);
    page.until("__seen.events.filter((event) => event.name === 'change').length === 3").await?;
    let seen = page.seen().await?;
    let actions: Vec<_> = seen.events("change").iter().map(|detail| detail["action"].clone()).collect();
    assert_eq!(actions, ["add", "add", "remove"]);
    assert_eq!(seen.events("change")[2]["annotation"]["id"], id);
    assert_eq!(seen.events("ready").len(), 1);
    page.leave().await
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_a_reason() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    for (options, reason) in [
        (json!({ "exact": "没有这句话" }), "does not occur"),
        (json!({ "start": 9, "end": 3 }), "start"),
        (json!({ "exact": "忻州", "color": "mauve" }), "yellow"),
        (json!({}), "exact"),
    ] {
        let thrown = page
            .run(
                "try { article.annotate(arguments[0]); return '' } catch (e) { return e.message }",
                vec![options],
            )
            .await?;
        assert!(thrown.as_str().is_some_and(|thrown| thrown.contains(reason)), "{thrown}");
    }
    assert_eq!(page.run("return article.openMention(9999)", Vec::new()).await?, false);
    page.leave().await
}

#[tokio::test]
async fn the_parts_are_there_to_be_styled() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '忻州' })", Vec::new()).await?;
    for part in ["status", "margin", "note"] {
        page.inside(&format!("[part~={part}]")).await?;
    }
    page.select("岁末年初").await?;
    page.inside("[part~=toolbar]").await?;
    page.click(".toolbar .comment").await?;
    page.inside("[part~=composer]").await?;
    page.click(".done").await?;
    page.click_mention("李俊明").await?;
    page.inside("[part~=card]").await?;
    page.click(".card .close").await?;
    page.click(".open-panel").await?;
    page.inside("[part~=panel]").await?;
    page.leave().await
}

#[tokio::test]
async fn an_element_taken_out_leaves_the_page_as_it_was() -> Outcome {
    // Idle time comes when the test says so.
    let idle = "window.idle = []; window.requestIdleCallback = (action) => window.idle.push(action)";
    let index = std::fs::read_to_string(dist().join("index.html"))?;
    let index = index.replacen("<script", &format!("<script>{idle}</script><script"), 1);
    let page = Page::open(site().with("/", Reply::html(index)), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '忻州' }); window.kept = article; article.remove()", Vec::new())
        .await?;
    let late = page.run(
        "const late = idle.splice(0); for (const action of late) action(); return late.length",
        Vec::new(),
    );
    assert!(late.await?.as_u64() > Some(0), "what was put off comes too late, and does nothing");
    page.until("!(CSS.highlights.get('bianzhu-yellow')?.size > 0)").await?;
    page.run("document.querySelector('main').append(window.kept)", Vec::new()).await?;
    page.ready().await?;
    page.inside(".note").await?;
    page.leave().await
}
