//! A teacher's notes beside one's own: `layer="url"`.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, Reply, View, dist, press, site};
use serde_json::{Value, json};

/// The front page with a layer of three notes, one of them with an author of its own.
async fn with_layer(view: View) -> Outcome<Page> {
    let note = |id: &str, exact: &str, says: &str| {
        json!({ "id": id, "type": "Annotation",
            "body": { "type": "TextualBody", "value": says, "purpose": "commenting" },
            "target": { "source": "https://other.example/", "selector":
                { "type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": "" } } })
    };
    let mut signed = note("urn:x:3", "岁末年初", "一年之**末**");
    signed["creator"] = json!({ "type": "Person", "name": "王老师" });
    let layer = json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection",
        "label": "三班李老师",
        "items": [note("urn:x:1", "既要挂帅又要出征", "比喻"), note("urn:x:2", "头绪多、任务重", "请背诵"), signed] });
    let index = std::fs::read_to_string(dist().join("index.html"))?;
    let index = index.replacen("<bianzhu-article", "<bianzhu-article layer=\"/layer.json\"", 1);
    let site = site()
        .with("/", Reply::html(index))
        .with("/layer.json", Reply::text("application/ld+json", layer.to_string()));
    let page = Page::open(site, view).await?;
    page.until("CSS.highlights.get('bianzhu-layer')?.size === 3").await?;
    Ok(page)
}

/// The comments of the cards, in their order.
const COMMENTS: &str =
    "[...root.querySelectorAll('.margin .note .comment')].map((one) => one.textContent).join('|')";

#[tokio::test]
async fn a_layer_s_notes_stand_beside_their_lines_among_ones_own_and_say_whose_they_are() -> Outcome {
    let page = with_layer(View::LAPTOP).await?;
    page.run("article.annotate({ exact: '任务重', note: '我的' })", Vec::new()).await?;
    // In the order of the text, the longer of two at one place first; none over another.
    page.until(&format!("{COMMENTS} === '一年之末|请背诵|我的|比喻'")).await?;
    page.still(".note:last-child").await?;
    page.until(
        "((boxes) => boxes.every((box, at) => !at || boxes[at - 1].bottom <= box.top))
         ([...root.querySelectorAll('.margin .note')].map((card) => card.getBoundingClientRect()))",
    )
    .await?;
    let cards = page
        .run(
            "return [...root.querySelectorAll('.margin .note')].map((card) => [
               card.getAttribute('aria-label'), card.querySelector('.whose')?.textContent ?? '',
               [...card.querySelectorAll('button:not(.to-text)')].map((button) => button.className).join('|'),
               getComputedStyle(card.querySelector('.note-text')).borderInlineStartStyle])",
            Vec::new(),
        )
        .await?;
    let of_layer = "随文批注：三班李老师";
    assert_eq!(cards[0][1], "随文批注：三班李老师 · 王老师");
    // The file does not say when it was written.
    page.gone(".note:has(.whose) time").await?;
    assert_eq!(cards[1], json!(["随文批注：三班李老师 2 / 4", of_layer, "quiet copy-note", "double"]));
    assert_eq!(cards[2], json!(["笔记 3 / 4", "", "quiet edit|quiet delete", "solid"]));
    page.run("article.setAttribute('lang', 'en')", Vec::new()).await?;
    page.until("root.querySelector('.whose').textContent.startsWith('Attached')").await?;
    page.until("root.querySelector('.note').getAttribute('aria-label').startsWith('Attached')").await?;
    page.run("article.setAttribute('lang', 'zh-Hans')", Vec::new()).await?;

    // A script opens one as it opens one's own; it cannot take it out.
    assert_eq!(page.run("return article.openNote('urn:x:2')", Vec::new()).await?, true);
    page.until("root.querySelector('.note[data-active] .comment')?.textContent === '请背诵'").await?;
    page.until("String([...CSS.highlights.get('bianzhu-active')]) === '头绪多、任务重'").await?;
    assert_eq!(page.run("return article.removeAnnotation('urn:x:2')", Vec::new()).await?, false);
    assert_eq!(page.run("return article.openNote('urn:x:none')", Vec::new()).await?, false);

    // Nothing of it is kept, or exported.
    let export = page.run("return JSON.stringify(article.annotations())", Vec::new()).await?;
    let stored = page.run("return JSON.stringify(localStorage)", Vec::new()).await?;
    for kept in [&export, &stored] {
        let kept = kept.as_str().unwrap_or_default();
        assert!(kept.contains("我的") && !kept.contains("背诵"), "{kept}");
    }
    page.leave().await
}

#[tokio::test]
async fn a_layer_s_note_is_copied_to_ones_own_and_says_whose_words_they_were() -> Outcome {
    let page = with_layer(View::LAPTOP).await?;
    page.until(&format!("{COMMENTS} === '一年之末|请背诵|比喻'")).await?;
    page.run("article.openNote('urn:x:3')", Vec::new()).await?;
    page.click(".note[data-active] .copy-note").await?;
    page.until("article.annotations().total === 1").await?;
    let copy = page.run("return article.annotations().items[0]", Vec::new()).await?;
    assert_eq!(
        (&copy["body"][0]["value"], &copy["creator"]["name"]),
        (&"一年之**末**".into(), &"王老师".into())
    );
    assert_ne!(copy["id"], "urn:x:3");
    assert_ne!(copy["target"]["source"], "https://other.example/");
    page.until("root.activeElement?.matches('.note[data-active]:has(.edit)')").await?;
    page.until(&format!("{COMMENTS} === '一年之末|一年之末|请背诵|比喻'")).await?;
    // Once is enough.
    page.run("article.openNote('urn:x:3')", Vec::new()).await?;
    page.click(".note[data-active] .copy-note").await?;
    page.until("root.activeElement?.matches('.note[data-active]:has(.edit)')").await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 1);
    page.click(".toast .undo").await?;
    page.until("article.annotations().total === 0").await?;
    // Taken over under its own id it is one note, the reader's.
    page.run(
        "fetch('/layer.json').then((reply) => reply.text()).then((text) => article.importAnnotations(text))",
        Vec::new(),
    )
    .await?;
    page.until("article.annotations().total === 3").await?;
    page.until(&format!("{COMMENTS} === '一年之末|请背诵|比喻' && !root.querySelector('.whose')")).await?;
    page.leave().await
}

#[tokio::test]
async fn on_a_narrow_screen_a_layer_s_note_has_a_marker_and_a_sheet() -> Outcome {
    let page = with_layer(View::PHONE).await?;
    page.run("article.annotate({ exact: '任务重', note: '我的' })", Vec::new()).await?;
    page.until("root.querySelectorAll('.marker').length === 4").await?;
    let markers = page
        .run(
            "return [...root.querySelectorAll('.marker')].map((marker) =>
               [marker.dataset.color, marker.getAttribute('aria-label')])",
            Vec::new(),
        )
        .await?;
    assert_eq!(markers[1], json!(["layer", "随文批注：三班李老师 2 / 4: 头绪多、任务重"]));
    assert_eq!(markers[2], json!(["yellow", "笔记 3 / 4: 任务重"]));
    page.click("[data-note]:nth-child(2) .marker").await?;
    assert!(page.words("[part~=note]").await?.contains("请背诵"));
    page.gone("[part~=note] :is(.edit, .delete)").await?;
    page.click("[part~=note] .next").await?;
    page.until("root.querySelector('[part~=note] .comment')?.textContent === '我的'").await?;
    page.inside("[part~=note] .edit").await?;
    page.click("[part~=note] .previous").await?;
    page.click("[part~=note] .previous").await?;
    page.until("root.querySelector('[part~=note] .whose')?.textContent.includes('王老师')").await?;
    page.click("[part~=note] .close").await?;
    page.gone("[part~=note]").await?;
    page.leave().await
}

#[tokio::test]
async fn words_with_ones_own_note_and_a_layer_s_ask_which_and_keys_reach_both() -> Outcome {
    let page = with_layer(View::LAPTOP).await?;
    page.run("article.annotate({ exact: '任务重', note: '我的' })", Vec::new()).await?;
    page.inside(".note .edit").await?;
    let place = page
        .run(
            "const walker = document.createTreeWalker(document.querySelector('.bianzhu-text'), 4);
             while (walker.nextNode()) {
               const at = walker.currentNode.data.indexOf('任务重');
               if (at < 0) continue;
               const range = new Range(); range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 3);
               walker.currentNode.parentElement.scrollIntoView({ block: 'center' });
               const box = range.getBoundingClientRect();
               return [(box.left + box.right) / 2, (box.top + box.bottom) / 2].map(Math.round);
             }",
            Vec::new(),
        )
        .await?;
    let at = |index: usize| place[index].as_i64().ok_or("the words are not there");
    page.driver().action_chain().move_to(at(0)?, at(1)?).click().perform().await?;
    page.until("root.querySelectorAll('.chooser [role=menuitem]').length === 2").await?;
    let offered = page
        .run(
            "return [...root.querySelectorAll('.chooser [role=menuitem]')].map((item) => item.textContent)",
            Vec::new(),
        )
        .await?;
    assert!(
        offered[0].as_str().is_some_and(|item| item.contains("我的") && !item.contains("老师")),
        "{offered}"
    );
    assert!(
        offered[1].as_str().is_some_and(|item| item.contains("请背诵") && item.contains("三班李老师")),
        "{offered}"
    );
    press(&page, &Key::Down.value().to_string()).await?;
    press(&page, &Key::Enter.value().to_string()).await?;
    page.until("root.activeElement?.matches('.note[data-active]:has(.whose)')").await?;
    press(&page, &Key::Escape.value().to_string()).await?;
    page.until("!root.querySelector('.note[data-active]')").await?;

    // From here every note is a key away, whosever it is.
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&page, "j").await?;
        page.until("root.activeElement?.matches('.note[data-active]')").await?;
        page.still(".note[data-active]").await?;
        let comment =
            page.run("return root.activeElement.querySelector('.comment').textContent", Vec::new()).await?;
        seen.push(comment);
    }
    seen.sort_by_key(Value::to_string);
    assert_eq!(json!(seen), json!(["一年之末", "我的", "比喻", "请背诵"]));
    // From the notebook one comes to the layer's note as well.
    page.click(".open-notes").await?;
    page.click(".panel-layer li:last-child .line").await?;
    page.gone(".panel").await?;
    page.until("root.activeElement?.matches('.note[data-active]:has(.whose)')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_layer_is_printed_apart_from_ones_own() -> Outcome {
    let page = with_layer(View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '任务重', note: '我的' }); dispatchEvent(new Event('beforeprint'))",
        Vec::new(),
    )
    .await?;
    let printed = page
        .run(
            "const [own, layer] = root.querySelectorAll('.print .endnotes');
             const rows = (section) => [...section.querySelectorAll('li')].map((row) => `${row.value} ${row.textContent}`);
             return [own.querySelector('h2').textContent, rows(own), layer.querySelector('h2').textContent, rows(layer),
               [...root.querySelectorAll('.print mark, .print sup')].map((part) => part.textContent).join(' ')]",
            Vec::new(),
        )
        .await?;
    assert_eq!((&printed[0], &printed[2]), (&"附注".into(), &"随文批注：三班李老师".into()));
    assert_eq!(printed[1], json!(["3 任务重我的"]));
    assert_eq!(printed[3], json!(["1 岁末年初一年之末", "2 头绪多、任务重请背诵", "4 既要挂帅又要出征比喻"]));
    assert_eq!(printed[4], "岁末年初 1 头绪多、 任务重 2,3 既要挂帅又要出征 4");
    page.leave().await
}
