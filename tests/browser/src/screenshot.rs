//! Pictures of the built page: every state at 1280, 768 and 390 px, light and dark, into
//! `target/screenshots`; with `--docs`, the pictures of README and docs.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, Reply, View, dist, root, site};
use std::path::{Path, PathBuf};

const NOTES: &str = "
    article.annotate({ exact: '李俊明作动员讲话', note: '书记讲话，市长主持。', color: 'yellow', tags: ['人物'] });
    article.annotate({ exact: '思想自觉、政治自觉和行动自觉', note: '三个自觉：先想通，再站队，后动手。', color: 'green' });
    article.annotate({ exact: '岁末年初', color: 'pink' });
    article.annotate({ exact: '既要挂帅又要出征', note: '“挂帅”“出征”是军事比喻。', color: 'blue', tags: ['比喻'] });";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    if std::env::args().any(|argument| argument == "--docs") {
        readme(&root().join("docs/screenshot.png")).await?;
        return theming(&root().join("docs/theming.png")).await;
    }
    let folder = root().join("target/screenshots");
    std::fs::create_dir_all(&folder)?;
    for view in [View::LAPTOP, View::TABLET, View::PHONE] {
        for dark in [false, true] {
            states(View { dark, ..view }, &folder).await?;
        }
    }
    println!("The pictures are in {}.", folder.display());
    Ok(())
}

/// Every state of one view.
async fn states(view: View, folder: &Path) -> Outcome {
    let name = |state: &str| {
        let scheme = if view.dark { "dark" } else { "light" };
        folder.join(format!("{}-{scheme}-{state}.png", view.width))
    };
    let page = Page::open(site(), view).await?;
    page.driver().screenshot(&name("article")).await?;
    page.run(NOTES, Vec::new()).await?;
    settle(&page).await?;
    page.driver().screenshot(&name("notes")).await?;
    for (state, words) in
        [("person", "李俊明"), ("term", "四个意识"), ("organization", "省委办公厅"), ("place", "忻州")]
    {
        open(&page, words).await?;
        page.driver().screenshot(&name(state)).await?;
        page.click(".card .close").await?;
    }
    page.select("头绪多、任务重").await?;
    page.inside(".toolbar").await?;
    page.driver().screenshot(&name("toolbar")).await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?.send_keys("为什么时间紧？").await?;
    settle(&page).await?;
    page.driver().screenshot(&name("composer")).await?;
    page.click(".done").await?;
    page.run("scrollTo(0, 0)", Vec::new()).await?;
    if view.width < 900 {
        page.click("[part~=note] .close").await?;
    }
    page.click(".open-panel").await?;
    settle(&page).await?;
    page.driver().screenshot(&name("panel")).await?;
    page.click(".panel .close").await?;
    notes(&page, view, &name).await?;
    glossary(&page, view, &name).await?;
    page.run("article.setAttribute('src', 'missing.txt')", Vec::new()).await?;
    page.inside(".failed").await?;
    page.driver().screenshot(&name("error")).await?;
    layer(view, &name).await
}

const LAYER: &str = r#"{ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection", "label": "三班李老师",
  "items": [
    { "id": "urn:x:1", "type": "Annotation", "created": "2026-01-05T08:00:00Z",
      "body": { "type": "TextualBody", "purpose": "commenting", "value": "“三个自觉”要**背诵**：\n\n- 思想\n- 政治\n- 行动" },
      "target": { "source": "https://a.example/", "selector": { "type": "TextQuoteSelector", "exact": "思想自觉、政治自觉和行动自觉" } } },
    { "id": "urn:x:2", "type": "Annotation", "creator": { "type": "Person", "name": "王老师" },
      "body": { "type": "TextualBody", "purpose": "commenting", "value": "想一想：为什么说“挂帅”又说“出征”？" },
      "target": { "source": "https://a.example/", "selector": { "type": "TextQuoteSelector", "exact": "既要挂帅又要出征" } } },
    { "id": "urn:x:3", "type": "Annotation",
      "target": { "source": "https://a.example/", "selector": { "type": "TextQuoteSelector", "exact": "岁末年初" } } } ] }"#;

/// A teacher's notes among one's own.
async fn layer(view: View, name: &impl Fn(&str) -> PathBuf) -> Outcome {
    let index = std::fs::read_to_string(dist().join("index.html"))?;
    let index = index.replacen("<bianzhu-article", "<bianzhu-article layer=\"/layer.json\"", 1);
    let site =
        site().with("/", Reply::html(index)).with("/layer.json", Reply::text("application/ld+json", LAYER));
    let page = Page::open(site, view).await?;
    page.until("CSS.highlights.get('bianzhu-layer')?.size === 3").await?;
    page.run(NOTES, Vec::new()).await?;
    page.run("article.openNote('urn:x:2')", Vec::new()).await?;
    settle(&page).await?;
    page.driver().screenshot(&name("layer")).await?;
    if view.width < 900 {
        page.click("[part~=note] .close").await?;
        settle(&page).await?;
        page.driver().screenshot(&name("layer-markers")).await?;
    }
    page.click(".open-notes").await?;
    page.inside(".panel-layer").await?;
    page.run("root.querySelector('.panel-layer').scrollIntoView()", Vec::new()).await?;
    settle(&page).await?;
    Ok(page.driver().screenshot(&name("layer-panel")).await?)
}

/// What there is of notes besides cards and composer.
async fn notes(page: &Page, view: View, name: &impl Fn(&str) -> PathBuf) -> Outcome {
    page.click(".open-notes").await?;
    settle(page).await?;
    page.driver().screenshot(&name("notebook")).await?;
    page.click(".note-rows li:nth-child(2) .pick").await?;
    page.click(".filters [data-color=yellow]").await?;
    settle(page).await?;
    page.driver().screenshot(&name("notebook-filter")).await?;
    page.click(".filters [data-color=yellow]").await?;
    page.click(".panel .close").await?;
    page.click_mention("李俊明").await?;
    page.inside(".chooser").await?;
    settle(page).await?;
    page.driver().screenshot(&name("chooser")).await?;
    page.driver().action_chain().send_keys(Key::Escape).perform().await?;
    page.run(
        "const open = article.annotations().items.find((item) => JSON.stringify(item).includes('挂帅'));
         article.openNote(open.id)",
        Vec::new(),
    )
    .await?;
    settle(page).await?;
    page.driver().screenshot(&name("note-active")).await?;
    if view.width < 900 {
        page.click("[part~=note] .close").await?;
        settle(page).await?;
        page.driver().screenshot(&name("markers")).await?;
    }
    // A note whose words were rewritten, and one whose words are gone.
    page.run(
        "const items = article.annotations().items.slice(0, 2).map((item) => structuredClone(item));
         items[0].id = 'urn:x:edited'; items[1].id = 'urn:x:lost';
         for (const item of items) delete item.target.selector.find((one) => one.type === 'TextPositionSelector').start;
         const quote = (item) => item.target.selector.find((one) => one.type === 'TextQuoteSelector');
         Object.assign(quote(items[0]), { exact: '李俊明书记作了动员讲话' });
         Object.assign(quote(items[1]), { exact: '这句话后来删掉了，原文里再也没有', prefix: '此前', suffix: '此后' });
         for (const item of items) item.target.selector = [quote(item)];
         article.importAnnotations(items)",
        Vec::new(),
    )
    .await?;
    page.run("scrollTo(0, 0)", Vec::new()).await?;
    settle(page).await?;
    page.driver().screenshot(&name("edited")).await?;
    page.click(".open-notes").await?;
    page.inside(".orphans .attach").await?;
    page.run("root.querySelector('.orphans').scrollIntoView({ block: 'center' })", Vec::new()).await?;
    settle(page).await?;
    page.driver().screenshot(&name("orphans")).await?;
    page.click(".orphans .attach").await?;
    page.select("岁末年初").await?;
    page.until("!root.querySelector('.attach-bar .attach').disabled").await?;
    page.driver().screenshot(&name("attach")).await?;
    page.click(".attach-bar .cancel").await?;
    page.run("getSelection().removeAllRanges()", Vec::new()).await?;
    page.driver().action_chain().send_keys("?").perform().await?;
    page.inside(".help").await?;
    settle(page).await?;
    page.driver().screenshot(&name("help")).await?;
    page.click(".help .close").await?;
    page.run("scrollTo(0, 0)", Vec::new()).await.map(|_| ())
}

/// What the glossary shows besides a term's card.
async fn glossary(page: &Page, view: View, name: &impl Fn(&str) -> PathBuf) -> Outcome {
    if view.width >= 900 {
        let word = page.mention("转隶").await?;
        page.driver().action_chain().move_to_element_center(&word).perform().await?;
        page.inside(".card .no-hover").await?;
        settle(page).await?;
        page.driver().screenshot(&name("hover")).await?;
        page.click(".card .close").await?;
    }
    open(page, "四个意识").await?;
    page.click(".card .definition .term-link").await?;
    settle(page).await?;
    page.driver().screenshot(&name("trail")).await?;
    page.click(".card .know").await?;
    page.click(".card .close").await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .define").await?;
    page.inside(".term-form textarea").await?.send_keys("一年将尽、新年将到的时候。").await?;
    settle(page).await?;
    page.driver().screenshot(&name("define")).await?;
    page.click(".term-form .done").await?;
    open(page, "岁末年初").await?;
    page.driver().screenshot(&name("own-term")).await?;
    page.click(".card .close").await?;
    page.run("scrollTo(0, 0)", Vec::new()).await?;
    page.click(".open-glossary").await?;
    settle(page).await?;
    page.driver().screenshot(&name("glossary")).await?;
    page.run("root.querySelector('.glossary').scrollTo(0, 99999)", Vec::new()).await?;
    page.driver().screenshot(&name("glossary-end")).await?;
    page.run("root.querySelector('.glossary').scrollTo(0, 0)", Vec::new()).await?;
    page.click(".section-head .choice button:last-child").await?;
    settle(page).await?;
    page.driver().screenshot(&name("glossary-categories")).await?;
    let field = page.inside(".glossary input").await?;
    field.send_keys("san").await?;
    settle(page).await?;
    page.driver().screenshot(&name("glossary-search")).await?;
    field.send_keys("qqqq").await?;
    settle(page).await?;
    page.driver().screenshot(&name("glossary-nothing")).await?;
    page.click(".glossary .close").await?;
    Ok(())
}

/// A card open and notes in the margin.
async fn readme(path: &Path) -> Outcome {
    let page = Page::open(site(), View { height: 860, ..View::LAPTOP }).await?;
    page.run(NOTES, Vec::new()).await?;
    open(&page, "李俊明").await?;
    settle(&page).await?;
    page.driver().screenshot(path).await?;
    page.leave().await?;
    println!("The picture is {}.", path.display());
    Ok(())
}

/// The example of another theme, with all that its properties colour.
async fn theming(path: &Path) -> Outcome {
    let view = View { height: 860, ..View::LAPTOP };
    let page = Page::visit(site(), "/examples/theming.html", view).await?;
    page.ready().await?;
    page.run(
        "const person = article.mentions().find((mention) => mention.kind === 'person');
         article.annotate({ start: person.start, end: person.end + 6, note: '谁在讲话？', color: 'green' });
         article.openMention(article.mentions().findIndex((mention) => mention.kind === 'term'))",
        Vec::new(),
    )
    .await?;
    page.inside(".card").await?;
    settle(&page).await?;
    page.driver().screenshot(path).await?;
    page.leave().await?;
    println!("The picture is {}.", path.display());
    Ok(())
}

async fn open(page: &Page, words: &str) -> Outcome {
    let index = "const index = article.mentions().findIndex((mention) => mention.text === arguments[0]);";
    page.run(&format!("{index} article.openMention(index)"), vec![words.into()]).await?;
    page.inside(".card").await?;
    settle(page).await
}

/// Waits for two frames: boxes are placed in the one after they come.
async fn settle(page: &Page) -> Outcome {
    page.run(
        "window.frames2 = 0; requestAnimationFrame(() => requestAnimationFrame(() => (frames2 = 2)))",
        Vec::new(),
    )
    .await?;
    page.until("window.frames2 === 2").await
}
