//! Notes out and in, and between windows.

use browser_tests::{Outcome, Page, View, site};

#[tokio::test]
async fn an_export_comes_in_again_once() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let answers = page
        .run(
            "article.annotate({ exact: '岁末年初', note: '年底', color: 'pink', tags: ['时间'] });
             const json = JSON.stringify(article.annotations());
             const again = article.importAnnotations(json);
             article.removeAnnotation(article.annotations().items[0].id);
             const fresh = article.importAnnotations(JSON.parse(json));
             const other = article.importAnnotations(
               json.replaceAll('岁末年初', '没有这句话').replaceAll(/urn:uuid:[^\"]*/g, 'urn:x:1')
                 .replaceAll(location.href, 'https://other.example/'));
             return [again, fresh, other]",
            Vec::new(),
        )
        .await?;
    assert_eq!(answers[0]["duplicate"], 1);
    assert_eq!((&answers[1]["imported"], &answers[1]["duplicate"]), (&1.into(), &0.into()));
    assert_eq!(answers[2]["failed"][0]["index"], 0);
    assert!(
        answers[2]["failed"][0]["reason"].as_str().is_some_and(|reason| reason.contains("other.example"))
    );
    page.until("root.querySelector('.note .comment')?.textContent === '年底'").await?;
    let refused = page
        .run("try { article.importAnnotations('[{'); return '' } catch (e) { return e.message }", Vec::new())
        .await?;
    assert!(refused.as_str().is_some_and(|refused| refused.contains("not JSON")), "{refused}");
    page.leave().await
}

#[tokio::test]
async fn a_file_is_chosen_and_read() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let export = page
        .run(
            "const id = article.annotate({ exact: '岁末年初', note: '年底' });
             const json = JSON.stringify(article.annotations());
             article.removeAnnotation(id); return json",
            Vec::new(),
        )
        .await?;
    let file = std::env::temp_dir().join(format!("bianzhu-import-{}.json", std::process::id()));
    std::fs::write(&file, export.as_str().unwrap_or_default())?;
    page.click(".open-notes").await?;
    page.inside(".panel .import").await?;
    let field = page.inside(".panel input[type=file]").await?;
    field.send_keys(file.to_string_lossy()).await?;
    // First it says what it would bring; nothing has happened yet.
    let offered = page.words(".incoming").await?;
    assert!(offered.contains("1 条新笔记"), "{offered}");
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 0);
    page.click(".incoming .accept").await?;
    page.until("root.querySelector('.toast')?.textContent.includes('已导入')").await?;
    page.gone(".incoming").await?;
    // Once more, there is nothing to take over.
    let field = page.inside(".panel input[type=file]").await?;
    field.send_keys(file.to_string_lossy()).await?;
    let offered = page.words(".incoming").await?;
    assert!(offered.contains("1 条这里已有"), "{offered}");
    page.click(".incoming .discard").await?;
    page.gone(".incoming").await?;
    assert!(page.words(".note-rows").await?.contains("年底"));
    // What it says holds no longer once the notes are others, and nobody comes back to it.
    let choose = async || -> Outcome {
        page.inside(".panel input[type=file]").await?.send_keys(file.to_string_lossy()).await?;
        page.inside(".incoming").await?;
        Ok(())
    };
    choose().await?;
    page.click(".panel .close").await?;
    page.gone(".panel").await?;
    page.click(".open-notes").await?;
    page.inside(".note-rows").await?;
    page.gone(".incoming").await?;
    choose().await?;
    page.click(".pick-all").await?;
    page.click(".delete-picked").await?;
    page.inside(".panel > .nothing").await?;
    page.gone(".incoming").await?;
    std::fs::remove_file(&file)?;
    page.leave().await
}

#[tokio::test]
async fn a_file_is_dropped_onto_the_article() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "const id = article.annotate({ exact: '岁末年初', note: '年底' });
         const json = JSON.stringify(article.annotations());
         article.removeAnnotation(id);
         window.drop = (add) => {
           const data = new DataTransfer(); add(data);
           const event = (type) => new DragEvent(type,
             { dataTransfer: data, bubbles: true, cancelable: true, composed: true });
           const at = document.querySelector('[data-block]');
           return [at.dispatchEvent(event('dragover')), at.dispatchEvent(event('drop'))];
         };
         window.texts = drop((data) => data.setData('text/plain', 'x'));
         window.files = drop((data) => data.items.add(new File([json], 'notes.json')));",
        Vec::new(),
    )
    .await?;
    // A file is taken; words that are dragged are the page's own.
    assert_eq!(
        page.run("return [texts, files]", Vec::new()).await?,
        serde_json::json!([[true, true], [false, false]])
    );
    page.click(".incoming .accept").await?;
    page.until("article.annotations().total === 1").await?;
    // Too large, or no annotations at all: nothing happens, and it says so.
    page.run("drop((data) => data.items.add(new File(['{}'], 'x.json')))", Vec::new()).await?;
    page.until("root.querySelector('.toast')?.textContent.includes('没有导入')").await?;
    page.leave().await
}

/// Drops a file of this text onto the article.
async fn drop_file(page: &Page, text: &str) -> Outcome {
    page.run(
        "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'notes.json'));
         document.querySelector('[data-block]').dispatchEvent(new DragEvent('drop',
           { dataTransfer: data, bubbles: true, cancelable: true, composed: true }))",
        vec![text.into()],
    )
    .await?;
    Ok(())
}

#[tokio::test]
async fn why_a_note_is_refused_is_told_in_the_reader_s_language() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let quote = |exact: &str| {
        serde_json::json!({ "source": "https://other.example/",
            "selector": { "type": "TextQuoteSelector", "exact": exact } })
    };
    let rows = serde_json::json!([
        7,
        { "type": "Annotation", "target": quote("岁末年初") },
        { "id": "urn:x:1", "type": "Annotation", "target": "https://other.example/" },
        { "id": "urn:x:2", "type": "Annotation", "target": quote("岁末年初"), "created": "昨天" },
        { "id": "urn:x:3", "type": "Annotation", "target": quote("这里没有的话") },
        { "id": "urn:x:4", "type": "Annotation", "target": quote("岁末年初") },
    ]);
    drop_file(&page, &rows.to_string()).await?;
    let counts = page.words(".incoming .counts").await?;
    assert!(counts.contains("1 条新笔记") && counts.contains("5 条不能导入"), "{counts}");
    let why = page.words(".incoming .why").await?;
    let lines = ["1. 不是批注", "2. 没有编号", "3. 没有引用原文", "4. 时间写法不对：created"];
    for line in [&lines[..], &["5. 属于另一篇文章：https://other.example/"]].concat() {
        assert!(why.contains(line), "{line} in {why}");
    }
    // It speaks the other language as soon as the interface does.
    page.run("article.setAttribute('lang', 'en')", Vec::new()).await?;
    page.until("root.querySelector('.incoming .why').textContent.includes('1. it is not an Annotation')")
        .await?;
    let why = page.words(".incoming .why").await?;
    let lines = ["2. it has no id", "3. its target quotes no text", "4. `created` is not a date-time"];
    for line in [&lines[..], &["5. it stands on another article: https://other.example/"]].concat() {
        assert!(why.contains(line), "{line} in {why}");
    }
    assert!(why.is_ascii(), "{why}");
    page.click(".incoming .discard").await?;
    // A script is told the same, whatever language the reader has.
    let told = "return JSON.stringify(article.importAnnotations(arguments[0]).failed)";
    let english = page.run(told, vec![rows.to_string().into()]).await?;
    page.run("article.setAttribute('lang', 'zh-Hans')", Vec::new()).await?;
    assert_eq!(page.run(told, vec![rows.to_string().into()]).await?, english);
    assert!(english.as_str().is_some_and(|told| told.contains("it has no id")), "{english}");
    page.leave().await
}

#[tokio::test]
async fn why_a_file_is_refused_is_told_in_the_reader_s_language() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let many = ["[", &["0"; 20_001].join(","), "]"].concat();
    for (lang, many_says, bad_says) in
        [("zh-Hans", "两万条", "请选择"), ("en", "20,000 notes", "choose a JSON file")]
    {
        page.run("article.setAttribute('lang', arguments[0])", vec![lang.into()]).await?;
        let toast = |says: &str| format!("root.querySelector('.toast')?.textContent.includes('{says}')");
        drop_file(&page, &many).await?;
        page.until(&toast(many_says)).await?;
        drop_file(&page, "[{").await?;
        page.until(&toast(bad_says)).await?;
        // Too large to be read at all.
        page.run(
            "const data = new DataTransfer(); data.items.add(new File([new Uint8Array(2 ** 24 + 1)], 'x.json'));
             document.querySelector('[data-block]').dispatchEvent(new DragEvent('drop',
               { dataTransfer: data, bubbles: true, cancelable: true, composed: true }))",
            Vec::new(),
        )
        .await?;
        page.until(&toast("16 MiB")).await?;
    }
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 0);
    page.gone(".incoming").await?;
    page.leave().await
}

#[tokio::test]
async fn what_one_window_writes_another_shows() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let first = page.driver().window().await?;
    page.another_window().await?;
    page.go("/").await?;
    page.ready().await?;
    page.run("article.annotate({ exact: '岁末年初', note: '另一扇窗' })", Vec::new()).await?;
    page.driver().switch_to_window(first).await?;
    page.until("root.querySelector('.note .comment')?.textContent === '另一扇窗'").await?;
    page.click(".note .delete").await?;
    page.gone(".note").await?;
    page.leave().await
}

#[tokio::test]
async fn a_comment_is_shown_with_its_marks_and_nothing_else_of_it_is_live() -> Outcome {
    let site = site().with_header(
        "Content-Security-Policy: script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'",
    );
    let page = Page::open(site, View::LAPTOP).await?;
    let comment = "**要点**，见[原文](https://a.example/1)：\n\n- 一\n- `二`\n\n<img src=x onerror=alert(1)> \
                   [点](javascript:alert(1))";
    page.run("article.annotate({ exact: '岁末年初', note: arguments[0] })", vec![comment.into()]).await?;
    page.inside(".note .comment").await?;
    let shown = page
        .run(
            "const comment = root.querySelector('.note .comment');
             return [comment.querySelector('strong').textContent, comment.querySelectorAll('ul > li').length,
               comment.querySelector('code').textContent, comment.querySelectorAll('img, script').length,
               [...comment.querySelectorAll('a')].map((link) => [link.href, link.rel]),
               comment.textContent.includes('<img src=x onerror=alert(1)> [点](javascript:alert(1))')]",
            Vec::new(),
        )
        .await?;
    let link = ["https://a.example/1", "noopener noreferrer"];
    assert_eq!(shown, serde_json::json!(["要点", 2, "二", 0, [link], true]));
    assert!(page.seen().await?.violations().is_empty());
    page.leave().await
}

#[tokio::test]
async fn hostile_texts_come_in_as_texts_and_go_out_as_they_were() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let hostile = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "javascript:alert(1)",
        "</style><svg onload=alert(1)>",
        "=HYPERLINK(\"https://a.example\")",
        "\u{202e}反\u{0}\u{7}",
    ];
    let answer = page
        .run(
            "const [texts] = arguments, items = texts.map((text, at) => ({
               '@context': 'http://www.w3.org/ns/anno.jsonld', id: `urn:x:${at}`, type: 'Annotation',
               creator: { id: 'https://a.example/me', name: text },
               body: [{ type: 'TextualBody', value: text, purpose: 'commenting', language: 'zh' },
                      { type: 'TextualBody', value: text, purpose: 'tagging' }],
               target: { source: location.href, styleClass: text, selector: [
                 { type: 'TextQuoteSelector', exact: at % 2 ? '岁末年初' : text, prefix: at % 2 ? '' : text, suffix: '' }] } }));
             const answer = article.importAnnotations(JSON.stringify(items));
             const out = article.annotations().items;
             return [answer, out.map((item) => [item.body[0].value, item.body[1].value, item.creator.name]),
               JSON.stringify(article.annotations())]",
            vec![serde_json::json!(hostile)],
        )
        .await?;
    let imported = answer[0]["imported"].as_u64().unwrap_or_default();
    let failed = answer[0]["failed"].as_array().map_or(0, Vec::len) as u64;
    assert_eq!(imported + failed, hostile.len() as u64, "{}", answer[0]);
    assert!(imported > 0, "{}", answer[0]);
    for row in answer[1].as_array().ok_or("rows")? {
        assert!(hostile.iter().any(|text| row == &serde_json::json!([text, text, text])), "{row}");
    }
    let found = page
        .run(
            "return root.querySelectorAll('.note img, .note script, .note svg:not([class]) [onload]').length",
            Vec::new(),
        )
        .await?;
    assert_eq!(found, 0);
    // Nor where they are listed, chosen from and printed; and nothing was asked of anybody.
    page.click(".open-notes").await?;
    page.inside(".note-rows").await?;
    page.inside(".orphans q").await?;
    page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
    page.until("root.querySelector('.print .numbered')").await?;
    let live = page
        .run(
            "const parts = [...root.querySelectorAll('.note, .panel, .print, .incoming')];
             const bad = parts.flatMap((part) => [...part.querySelectorAll('*')]).filter((element) =>
               /^(script|img|svg|iframe|style|object|math|base)$/i.test(element.localName) && !element.closest('.seal') ||
               element.getAttributeNames().some((name) => /^on/i.test(name)) ||
               /^\\s*javascript:/i.test(element.getAttribute('href') ?? ''));
             return [bad.map((element) => element.outerHTML), performance.getEntriesByType('resource')
               .map(({ name }) => name).filter((name) => new URL(name).origin !== location.origin)]",
            Vec::new(),
        )
        .await?;
    assert_eq!(live, serde_json::json!([[], []]));
    // For a validator of the standard's own.
    let exports = browser_tests::root().join("target/exports");
    std::fs::create_dir_all(&exports)?;
    std::fs::write(exports.join("hostile.json"), answer[2].as_str().unwrap_or_default())?;
    page.leave().await
}

#[tokio::test]
async fn a_teachers_layer_is_shown_and_never_mixed_with_ones_own() -> Outcome {
    let note = |id: &str, exact: &str| {
        serde_json::json!({ "id": id, "type": "Annotation",
            "body": { "type": "TextualBody", "value": "请**背诵**", "purpose": "commenting" },
            "target": { "source": "https://other.example/", "selector":
                { "type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": "" } } })
    };
    let layer = serde_json::json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection",
        "label": "三班李老师", "items": [note("urn:x:t", "岁末年初"), note("urn:x:none", "这里没有的话"), 7] });
    let index = std::fs::read_to_string(browser_tests::dist().join("index.html"))?;
    let with =
        |url: &str| index.replacen("<bianzhu-article", &format!("<bianzhu-article layer=\"{url}\""), 1);
    let site = site()
        .with("/", browser_tests::Reply::html(with("/layer.json")))
        .with("/bad.html", browser_tests::Reply::html(with("/nothing.json")))
        .with("/layer.json", browser_tests::Reply::text("application/ld+json", layer.to_string()));
    let page = Page::open(site, View::LAPTOP).await?;
    page.until("CSS.highlights.get('bianzhu-layer')?.size === 1").await?;
    page.run("article.annotate({ exact: '动员大会', note: '我的' })", Vec::new()).await?;
    page.click(".open-notes").await?;
    let words = page.words(".panel-layer").await?;
    assert!(
        words.contains("三班李老师") && words.contains("请背诵") && !words.contains("这里没有"),
        "{words}"
    );
    let own =
        page.run("return article.annotations().items.map((item) => item.body[0].value)", Vec::new()).await?;
    assert_eq!(own, serde_json::json!(["我的"]));
    let stored = page.run("return Object.values(localStorage).join().includes('背诵')", Vec::new()).await?;
    assert_eq!(stored, false);
    let errors = page.seen().await?.events("error");
    assert_eq!((errors.len(), &errors[0]["code"]), (1, &"layer".into()));
    page.go("/bad.html").await?;
    page.ready().await?;
    page.until("__seen.events.some(({ name, detail }) => name === 'error' && detail.code === 'layer')")
        .await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 0);
    page.leave().await
}

#[tokio::test]
async fn an_import_that_is_kept_in_part_says_so_and_is_one_step_all_the_same() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let answer = page
        .run(
            "const items = ['岁末年初', '任务重', '时间紧'].map((exact, at) => ({ id: `urn:x:${at}`, type: 'Annotation',
               body: { type: 'TextualBody', value: `第${at}条`, purpose: 'commenting' },
               target: { source: 'https://other.example/', selector:
                 { type: 'TextQuoteSelector', exact, prefix: '', suffix: '' } } }));
             const real = Storage.prototype.setItem; let writes = 0;
             Storage.prototype.setItem = function (key, value) {
               if (key.startsWith('bianzhu:1:') && ++writes === 2) throw new DOMException('full', 'QuotaExceededError');
               return real.call(this, key, value) };
             return article.importAnnotations(items)",
            Vec::new(),
        )
        .await?;
    assert_eq!((&answer["imported"], &answer["failed"]), (&3.into(), &serde_json::json!([])));
    assert_eq!(answer["unsaved"].as_array().map(Vec::len), Some(1), "{answer}");
    page.until("root.querySelector('.toast')?.textContent.includes('未能全部保存')").await?;
    page.inside(".trouble .retry").await?;
    // All three are shown, and one says that it is not kept.
    page.until(
        "root.querySelectorAll('.note').length === 3 && root.querySelectorAll('.note .flag').length === 1",
    )
    .await?;
    page.click(".trouble .retry").await?;
    page.gone(".trouble").await?;
    page.gone(".note .flag").await?;
    let stored = "Object.keys(localStorage).filter((key) => key.startsWith('bianzhu:1:')).length";
    assert_eq!(page.run(&format!("return {stored}"), Vec::new()).await?, 3);
    page.click(".toast .undo").await?;
    page.gone(".note").await?;
    assert_eq!(page.run(&format!("return {stored}"), Vec::new()).await?, 0);
    page.leave().await
}

/// Longer lists, a text a line or a JSON array of texts, where there are some: `BIANZHU_HOSTILE=folder`.
#[tokio::test]
async fn whole_lists_of_hostile_texts_stay_texts_on_the_page() -> Outcome {
    let Some(folder) = std::env::var_os("BIANZHU_HOSTILE") else { return Ok(()) };
    let mut texts: Vec<String> = Vec::new();
    for file in std::fs::read_dir(folder)?.flatten() {
        let bytes = std::fs::read(file.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        match serde_json::from_str(&text) {
            Ok(serde_json::Value::Array(list)) => texts.extend(
                list.iter()
                    .filter_map(|one| one.as_str().or_else(|| one["payload"].as_str()).map(str::to_owned)),
            ),
            _ => texts.extend(text.lines().map(str::to_owned)),
        }
    }
    texts.retain(|text| !text.is_empty());
    assert!(!texts.is_empty());
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "window.called = [];
         for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval'])
           window[name] = (...words) => called.push([name, ...words].join());
         new MutationObserver((records) => called.push(...records.map(({ target }) => target.localName)))
           .observe(document.head, { childList: true, subtree: true, attributes: true })",
        Vec::new(),
    )
    .await?;
    for batch in texts.chunks(250) {
        // On words that are in the article, and quoted as words that are not.
        let shown = page
            .run(
                "const [texts] = arguments, note = (text, at) => ({
                   id: `urn:x:${at}`, type: 'Annotation', creator: { name: text },
                   body: [{ type: 'TextualBody', value: text, purpose: 'commenting' },
                          { type: 'TextualBody', value: text, purpose: 'tagging' }],
                   target: { source: text, styleClass: text, selector:
                     { type: 'TextQuoteSelector', exact: '岁末年初', prefix: '', suffix: '' } } });
                 const lost = (text, at) => ({ ...note(text, `lost:${at}`), target: { source: location.href,
                   selector: { type: 'TextQuoteSelector', exact: text, prefix: text, suffix: text } } });
                 const answer = article.importAnnotations([...texts.map(note), ...texts.map(lost)]);
                 return [answer.imported, answer.failed.map(({ reason }) => reason)]",
                vec![serde_json::json!(batch)],
            )
            .await?;
        assert!(shown[0].as_u64() > Some(batch.len() as u64), "{shown}");
        page.click(".open-notes").await?;
        page.inside(".note-rows").await?;
        page.run("dispatchEvent(new Event('beforeprint'))", Vec::new()).await?;
        let live = page
            .run(
                "const parts = [...root.querySelectorAll('.note, .panel, .print')];
                 const bad = parts.flatMap((part) => [...part.querySelectorAll('*')]).filter((element) =>
                   /^(script|img|svg|iframe|style|object|math|base|link|meta|form)$/i.test(element.localName) ||
                   element.getAttributeNames().some((name) => /^on/i.test(name)) ||
                   element.hasAttribute('href') && !/^(https?|mailto):$/.test(new URL(element.href).protocol));
                 const listed = [...root.querySelectorAll('.orphans q')].map((quote) => quote.textContent);
                 dispatchEvent(new Event('afterprint'));
                 return [bad.map((element) => element.outerHTML), called, performance.getEntriesByType('resource')
                   .map(({ name }) => name).filter((name) => new URL(name).origin !== location.origin), listed]",
                Vec::new(),
            )
            .await?;
        assert_eq!([&live[0], &live[1], &live[2]], [&serde_json::json!([]); 3]);
        // As it was, down to the last character.
        let listed = live[3].as_array().filter(|listed| !listed.is_empty()).ok_or("a list")?;
        for text in listed {
            assert!(batch.iter().any(|one| text == one), "{text}");
        }
        page.click(".panel .close").await?;
        page.run(
            "for (const { id } of article.annotations().items) article.removeAnnotation(id)",
            Vec::new(),
        )
        .await?;
    }
    page.leave().await
}

#[tokio::test]
async fn a_term_is_one_card_for_anki_by_however_many_names_the_article_calls_it() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "URL.createObjectURL = (file) => { file.text().then((text) => (window.saved = text)); return '#' }",
        Vec::new(),
    )
    .await?;
    page.click(".open-notes").await?;
    page.run(
        "[...root.querySelectorAll('.panel .export')].find((one) => one.textContent === 'Anki').click()",
        Vec::new(),
    )
    .await?;
    page.until("window.saved").await?;
    let fronts = page
        .run(
            "return saved.split('\\n').filter((line) => line.endsWith('bianzhu glossary')).map((line) => line.split('\\t')[0])",
            Vec::new(),
        )
        .await?;
    let mut fronts: Vec<String> = fronts.as_array().into_iter().flatten().map(ToString::to_string).collect();
    assert!(fronts.len() > 20, "{fronts:?}");
    fronts.sort();
    let count = fronts.len();
    fronts.dedup();
    assert_eq!(fronts.len(), count);
    page.leave().await
}
