//! Notes beside their words: the margin, markers and sheets, the menu where several things are, selecting, notes
//! that lost their words, the notebook.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, Reply, Site, View, dist, front, press, press_control, press_key, site};
use serde_json::{Value, json};

/// An article of many paragraphs, each with its number, long enough for a note on every one.
fn long_article(paragraphs: usize) -> Outcome<Site> {
    let sentence =
        "会议强调要统筹推进各项工作，认真抓好任务落实，确保改革取得实效，切实增强人民群众的获得感。";
    let text: Vec<String> =
        (0..paragraphs).map(|number| format!("第{number}段。{}", sentence.repeat(2))).collect();
    Ok(site().with("/", front("long.txt")?).with("/long.txt", Reply::text("text/plain", text.join("\n"))))
}

/// Writes a note on the start of every paragraph of [`long_article`].
const NOTE_ALL: &str = "const items = [...article.text.matchAll(/第\\d+段/g)].map((found, number) => ({
      '@context': 'http://www.w3.org/ns/anno.jsonld', id: 'urn:x:' + number, type: 'Annotation',
      created: '2026-01-01T00:00:00Z', modified: '2026-01-01T00:00:00Z',
      body: [{ type: 'TextualBody', purpose: 'commenting', value: '批注' + number }],
      target: { source: location.href, selector: [
        { type: 'TextQuoteSelector', exact: found[0], prefix: article.text.slice(Math.max(0, found.index - 32), found.index),
          suffix: article.text.slice(found.index + found[0].length, found.index + found[0].length + 32) },
        { type: 'TextPositionSelector', start: found.index, end: found.index + found[0].length }] } }));
    return article.importAnnotations(items).imported;";

/// Whether the active card's top is level with its words, in px.
const LEVEL: &str = "((card, words) => card && words &&
    Math.abs(card.getBoundingClientRect().top - words.getBoundingClientRect().top) <= 1)
    (root.querySelector('.note[data-active]'), [...(CSS.highlights.get('bianzhu-active') ?? [])][0])";

/// The middle of the first occurrence of some words, brought into view.
async fn middle(page: &Page, words: &str) -> Outcome<(i64, i64)> {
    let place = page
        .run(
            "const walker = document.createTreeWalker(document.querySelector('.bianzhu-article'), 4);
             while (walker.nextNode()) {
               const at = walker.currentNode.data.indexOf(arguments[0]);
               if (at < 0 || !walker.currentNode.parentElement.closest('[data-block]')) continue;
               const range = new Range();
               range.setStart(walker.currentNode, at);
               range.setEnd(walker.currentNode, at + arguments[0].length);
               range.startContainer.parentElement.scrollIntoView({ block: 'center' });
               const box = range.getClientRects()[0];
               return [(box.left + box.right) / 2, (box.top + box.bottom) / 2].map(Math.round);
             }",
            vec![json!(words)],
        )
        .await?;
    let at = |index: usize| place[index].as_i64().ok_or("the words are not in one text node");
    Ok((at(0)?, at(1)?))
}

async fn click_on(page: &Page, words: &str) -> Outcome {
    let (x, y) = middle(page, words).await?;
    Ok(page.driver().action_chain().move_to(x, y).click().perform().await?)
}

#[tokio::test]
async fn of_a_thousand_notes_only_the_near_ones_are_in_the_page() -> Outcome {
    let page = Page::open(long_article(1000)?, View::LAPTOP).await?;
    assert_eq!(page.run(NOTE_ALL, Vec::new()).await?, 1000);
    page.inside(".note").await?;
    for number in [0, 500, 999, 3] {
        page.run("article.openNote('urn:x:' + arguments[0])", vec![json!(number)]).await?;
        page.until(&format!(
            "root.querySelector('.note[data-active] .comment')?.textContent === '批注{number}'"
        ))
        .await?;
        page.still(".note[data-active]").await?;
        page.until(LEVEL).await?;
        let count = page.run("return root.querySelectorAll('.note').length", Vec::new()).await?;
        assert!(count.as_u64().is_some_and(|count| (5..80).contains(&count)), "{count} cards at {number}");
        // So are their colours; each of them where it is seen.
        page.until(
            "((lines, painted) => painted.length < 200 && lines.every((line, number) => {
               const { top, bottom } = line.getBoundingClientRect();
               return bottom < 0 || top > innerHeight || painted.includes(`第${number}段`);
             }))([...document.querySelectorAll('[data-block]')], [...CSS.highlights.get('bianzhu-yellow')].map(String))",
        )
        .await?;
    }
    // As one scrolls, no words are measured again.
    page.run(
        "article.openNote('urn:x:0');
         window.measured = 0;
         const measure = Range.prototype.getBoundingClientRect;
         Range.prototype.getBoundingClientRect = function () { measured++; return measure.call(this) };
         let frame = 0;
         const step = () => (scrollTo(0, 400 * ++frame), frame < 40 ? requestAnimationFrame(step) : (window.scrolled = true));
         requestAnimationFrame(step)",
        Vec::new(),
    )
    .await?;
    page.until("window.scrolled").await?;
    let measured = page.run("return window.measured", Vec::new()).await?;
    assert!(measured.as_u64().is_some_and(|count| count < 10), "{measured} ranges measured");
    // Scrolled to, not opened: the cards are there, beside their lines and not over one another.
    page.run(
        "article.openNote('urn:x:0');
         [...document.querySelectorAll('[data-block]')][700].scrollIntoView({ block: 'center' })",
        Vec::new(),
    )
    .await?;
    page.until("[...root.querySelectorAll('.note .comment')].some((note) => note.textContent === '批注700')")
        .await?;
    page.still(".note").await?;
    page.until(
        "((cards, lines) => cards.every((card, at) => {
           const box = card.getBoundingClientRect(), next = cards[at + 1]?.getBoundingClientRect();
           const number = Number(card.querySelector('.comment').textContent.slice(2));
           return (!next || box.bottom <= next.top) &&
             Math.abs(box.top - lines[number].getBoundingClientRect().top) < 200;
         }))([...root.querySelectorAll('.note:not([data-active])')], [...document.querySelectorAll('[data-block]')])",
    )
    .await?;
    let position = page
        .run(
            "const item = [...root.querySelectorAll('.note')].find((note) => note.textContent.includes('批注700'));
             return [item.getAttribute('aria-posinset'), item.getAttribute('aria-setsize')]",
            Vec::new(),
        )
        .await?;
    assert_eq!(position, json!(["701", "1000"]));
    page.leave().await
}

#[tokio::test]
async fn cards_come_in_view_first_then_around_it_and_beside_the_one_looked_at() -> Outcome {
    let page = Page::open(long_article(300)?, View::LAPTOP).await?;
    page.run(NOTE_ALL, Vec::new()).await?;
    // Nobody has scrolled: the reader rests.
    page.until(
        "[...root.querySelectorAll('.note')].some((note) => note.getBoundingClientRect().top > innerHeight + 120)",
    )
    .await?;
    page.run("article.openNote('urn:x:150')", Vec::new()).await?;
    page.until(LEVEL).await?;
    // Wherever the reader looks meanwhile, the keys lead on from it.
    page.run("scrollTo(0, 0)", Vec::new()).await?;
    page.until(
        "((all, active) => all.some((note) => note.textContent.includes('批注0')) &&
           [-1, 0, 1].every((by) => all[active + by]?.textContent.includes(`批注${150 + by}`)) && !all[active + 2])
         (...((all) => [all, all.findIndex((note) => note.hasAttribute('data-active'))])([...root.querySelectorAll('.note')]))",
    )
    .await?;
    page.leave().await
}

#[tokio::test]
async fn what_is_written_stays_in_the_page_however_far_one_scrolls() -> Outcome {
    let page = Page::open(long_article(300)?, View::LAPTOP).await?;
    page.run(NOTE_ALL, Vec::new()).await?;
    page.run("article.openNote('urn:x:2')", Vec::new()).await?;
    page.click(".note[data-active] .edit").await?;
    page.inside("textarea").await?.send_keys("还没写完").await?;
    page.run("scrollTo(0, document.documentElement.scrollHeight)", Vec::new()).await?;
    page.until("[...root.querySelectorAll('.note .comment')].some((note) => note.textContent === '批注299')")
        .await?;
    press(&page, "……").await?;
    page.until("root.querySelector('textarea').value.endsWith('还没写完……')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_card_and_its_words_mark_each_other() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '年底' });
         article.annotate({ exact: '头绪多、任务重', note: '忙' })",
        Vec::new(),
    )
    .await?;
    let (x, y) = middle(&page, "头绪多、任务重").await?;
    page.driver().action_chain().move_to(x, y).perform().await?;
    page.until("root.querySelector('.note[data-pointed] .comment')?.textContent === '忙'").await?;
    let card = page.inside(".note:first-child").await?;
    page.still(".note").await?;
    page.driver().action_chain().move_to_element_center(&card).perform().await?;
    let pointed = "String([...(CSS.highlights.get('bianzhu-pointed') ?? [])])";
    page.until(&format!("{pointed} === '岁末年初'")).await?;
    page.driver().action_chain().move_to(5, 5).perform().await?;
    page.until(&format!("{pointed} === ''")).await?;
    page.leave().await
}

#[tokio::test]
async fn a_long_comment_is_cut_until_its_card_is_looked_at() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let comment = "一句很长的批注。".repeat(60);
    page.run("article.annotate({ exact: '岁末年初', note: arguments[0] })", vec![json!(comment)]).await?;
    page.until(
        "((note) => note && note.scrollHeight > note.clientHeight)(root.querySelector('.note .comment'))",
    )
    .await?;
    page.click(".note .quote").await?;
    page.until("((note) => note.scrollHeight <= note.clientHeight)(root.querySelector('.note .comment'))")
        .await?;
    page.until(LEVEL).await?;
    page.leave().await
}

#[tokio::test]
async fn a_marker_opens_its_note_and_the_sheet_leads_to_the_next() -> Outcome {
    for view in [View::PHONE, View::TABLET] {
        let page = Page::open(site(), view).await?;
        let text =
            page.run("return document.querySelector('.bianzhu-article').textContent", Vec::new()).await?;
        page.run(
            "article.annotate({ exact: '岁末年初', note: '年底' });
             article.annotate({ exact: '时间紧', note: '快' });
             article.annotate({ exact: '头绪多、任务重、时间紧', note: '忙' });
             article.openNote(article.annotations().items[0].id)",
            Vec::new(),
        )
        .await?;
        page.click("[part~=note] .close").await?;
        page.inside(".marker").await?;
        let boxes = page
            .run(
                "return [...root.querySelectorAll('.marker')].map((marker) => {
                   const box = marker.getBoundingClientRect();
                   return [box.left, box.top, box.width, box.height] })",
                Vec::new(),
            )
            .await?;
        let boxes = boxes.as_array().cloned().unwrap_or_default();
        assert_eq!(boxes.len(), 3);
        for one in &boxes {
            assert!(
                one[2].as_f64() >= Some(24.0) && one[3].as_f64() >= Some(24.0),
                "a finger finds it: {one}"
            );
        }
        let apart = |a: &Value, b: &Value| {
            let far =
                |at: usize| (a[at].as_f64().unwrap_or(0.0) - b[at].as_f64().unwrap_or(0.0)).abs() >= 23.5;
            far(0) || far(1)
        };
        assert!(apart(&boxes[0], &boxes[1]) && apart(&boxes[1], &boxes[2]), "side by side: {boxes:?}");
        page.click("[data-note]:nth-child(2) .marker").await?;
        assert!(page.words("[part~=note]").await?.contains("忙"), "in text order, the longer first");
        page.click("[part~=note] .next").await?;
        page.until("root.querySelector('[part~=note] .comment')?.textContent === '快'").await?;
        page.until("root.activeElement?.matches('.next')").await?;
        page.click("[part~=note] .previous").await?;
        page.click("[part~=note] .previous").await?;
        page.until("root.querySelector('[part~=note] .comment')?.textContent === '年底'").await?;
        press_key(&page, Key::Escape).await?;
        page.gone("[part~=note]").await?;
        let same =
            page.run("return document.querySelector('.bianzhu-article').textContent", Vec::new()).await?;
        assert_eq!(same, text);
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn words_with_several_things_on_them_ask_which() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '头绪多、任务重', note: '长' });
         article.annotate({ exact: '任务重', note: '短', color: 'blue' });
         article.annotate({ exact: '李俊明', note: '书记' })",
        Vec::new(),
    )
    .await?;
    click_on(&page, "任务重").await?;
    page.until("root.activeElement?.matches('.chooser [role=menuitem]:first-child')").await?;
    let items = "[...root.querySelectorAll('[role=menuitem]')].map((item) => item.textContent)";
    let offered = page.run(&format!("return {items}"), Vec::new()).await?;
    assert!(offered[0].as_str().is_some_and(|item| item.contains('短')), "{offered}");
    assert!(offered[1].as_str().is_some_and(|item| item.contains('长')), "{offered}");
    press_key(&page, Key::Down).await?;
    press_key(&page, Key::Enter).await?;
    page.gone(".chooser").await?;
    page.until("root.querySelector('.note[data-active] .comment')?.textContent === '长'").await?;
    page.until("root.activeElement?.matches('.note[data-active]')").await?;

    // One note alone is no choice.
    click_on(&page, "头绪多").await?;
    page.until("root.querySelector('.note[data-active] .comment')?.textContent === '长'").await?;
    page.gone(".chooser").await?;

    // A note on a mention is one.
    page.click_mention("李俊明").await?;
    page.until("root.querySelectorAll('.chooser [role=menuitem]').length === 2").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".chooser").await?;
    page.until("document.activeElement?.textContent === '李俊明'").await?;
    page.click_mention("李俊明").await?;
    page.click(".chooser [role=menuitem]:first-child").await?;
    page.inside(".card").await?;
    page.leave().await
}

#[tokio::test]
async fn every_note_is_reached_by_keys_and_leads_back_to_its_words() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "for (const exact of ['岁末年初', '任务重', '既要挂帅又要出征']) article.annotate({ exact, note: exact })",
        Vec::new(),
    )
    .await?;
    page.inside(".note").await?;
    let at =
        |words: &str| format!("root.activeElement?.querySelector('.comment')?.textContent === '{words}'");
    let mut seen = Vec::new();
    for _ in 0..4 {
        press(&page, "j").await?;
        page.until("root.activeElement?.matches('.note[data-active]')").await?;
        page.still(".note[data-active]").await?;
        let label = page.run("return root.activeElement.querySelector('.comment').textContent", Vec::new());
        seen.push(label.await?);
    }
    assert_eq!(seen[0], seen[3], "after the last comes the first: {seen:?}");
    let label = page.run("return root.activeElement.getAttribute('aria-label')", Vec::new()).await?;
    assert!(label.as_str().is_some_and(|label| label.contains("/ 3")), "{label}");
    press(&page, "k").await?;
    page.until(&at(seen[2].as_str().unwrap_or_default())).await?;
    let words = seen[2].as_str().unwrap_or_default().to_owned();
    press_key(&page, Key::Escape).await?;
    page.until(&format!(
        "document.activeElement?.matches('[data-block]') && document.activeElement.textContent.includes('{words}')"
    ))
    .await?;
    page.until("getSelection().isCollapsed && !root.querySelector('.note[data-active]')").await?;
    // From the caret, the next note is the one that begins there.
    press(&page, "j").await?;
    page.until(&at(&words)).await?;
    // The focus stays with a note as its fields come and go, and where it was once it is gone.
    press_key(&page, Key::Tab).await?;
    press_key(&page, Key::Tab).await?;
    press_key(&page, Key::Enter).await?;
    page.until("root.activeElement?.matches('textarea')").await?;
    press_key(&page, Key::Escape).await?;
    page.until(&at(&words)).await?;
    page.run("root.activeElement.querySelector('.delete').focus()", Vec::new()).await?;
    press_key(&page, Key::Enter).await?;
    page.until("root.querySelectorAll('.note').length === 2").await?;
    page.until(&format!("document.activeElement?.textContent.includes('{words}')")).await?;
    page.leave().await
}

#[tokio::test]
async fn a_comment_that_was_only_begun_leaves_nothing_behind() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let is_writing = "root.activeElement?.matches('textarea')";
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.until(is_writing).await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".note").await?;
    page.until("document.activeElement?.matches('[data-block]')").await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 0);
    press_control(&page, "z", false).await?;
    press_control(&page, "z", true).await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 0);
    page.gone(".toast").await?;

    // One that was a highlight before stays one, and so does one that got another colour.
    page.select("任务重").await?;
    page.click(".toolbar [data-color=yellow]").await?;
    page.click(".note .edit").await?;
    page.until(is_writing).await?;
    press_key(&page, Key::Escape).await?;
    page.gone("textarea").await?;
    page.inside(".note .edit").await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.click(".composing [data-color=green]").await?;
    press_key(&page, Key::Escape).await?;
    page.gone("textarea").await?;
    page.until("root.querySelectorAll('.note').length === 2").await?;
    page.leave().await
}

#[tokio::test]
async fn long_tags_and_marks_of_comments_fit_where_notes_are_listed() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "for (const note of ['**重点**：见 [国务院](https://www.gov.cn/zhengce)', '长'.repeat(200)])
           article.annotate({ exact: '岁末年初', note, tags: ['tag'.repeat(80)] })",
        Vec::new(),
    )
    .await?;
    page.inside(".note .tags").await?;
    page.until(
        "[...root.querySelectorAll('.note')].every((note) => [...note.querySelectorAll('.tags li')].every(
           (tag) => tag.getBoundingClientRect().right <= note.getBoundingClientRect().right))",
    )
    .await?;
    click_on(&page, "岁末年初").await?;
    let menu = page.words(".chooser").await?;
    assert!(menu.contains("重点：见 国务院") && !menu.contains("**"), "{menu}");
    page.until(
        "[...root.querySelectorAll('.chooser q')].every((quote) => quote.scrollWidth <= quote.clientWidth + 1
           && quote.getBoundingClientRect().width > 40)",
    )
    .await?;
    press_key(&page, Key::Escape).await?;
    page.click(".open-notes").await?;
    let rows = page.words(".note-rows").await?;
    assert!(rows.contains("重点：见 国务院") && !rows.contains("**"), "{rows}");
    page.until(
        "(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(root.querySelector('.panel'))",
    )
    .await?;
    page.leave().await
}

#[tokio::test]
async fn keys_note_the_selection_or_the_focused_mention() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.mention("郑连生").await?.focus().await?;
    press(&page, "h").await?;
    page.until("root.querySelector('.note q')?.textContent === '郑连生'").await?;
    press(&page, "3").await?;
    page.until("CSS.highlights.get('bianzhu-blue')?.size === 1").await?;
    page.run("article.removeAnnotation(article.annotations().items[1].id)", Vec::new()).await?;
    page.run("article.removeAnnotation(article.annotations().items[0].id)", Vec::new()).await?;
    page.gone(".note").await?;

    // A comment that is only begun leads back to the mention.
    page.mention("郑连生").await?.focus().await?;
    press(&page, "c").await?;
    page.until("root.activeElement?.matches('textarea')").await?;
    press_key(&page, Key::Escape).await?;
    page.until("document.activeElement.textContent === '郑连生'").await?;
    page.gone(".note").await?;

    // The caret goes by Shift and the arrows, as the engine moves it.
    page.run(
        "const walker = document.createTreeWalker(document.querySelector('[data-block]'), 4);
         const node = walker.nextNode(); getSelection().collapse(node, 0);
         for (let i = 0; i < 2; i++) getSelection().modify('extend', 'forward', 'character')",
        Vec::new(),
    )
    .await?;
    page.inside(".toolbar").await?;
    press(&page, "c").await?;
    page.inside("textarea").await?.send_keys("hjkc").await?;
    page.until("root.querySelector('textarea').value === 'hjkc'").await?;
    page.click(".done").await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 1);

    // What an input method composes is no command.
    page.run(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', isComposing: true, bubbles: true }));
         document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'e', keyCode: 229, bubbles: true }))",
        Vec::new(),
    )
    .await?;
    page.gone(".panel").await?;
    page.leave().await
}

#[tokio::test]
async fn a_selection_is_taken_without_what_hangs_over() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    // Over the end of a paragraph into the white space of the next; across mentions and a note that is there.
    page.run(
        "article.annotate({ exact: '李俊明', note: '书记' });
         const [first, second] = document.querySelectorAll('[data-block]');
         const range = new Range(); range.setStart(first, 0); range.setEnd(second, 0);
         getSelection().removeAllRanges(); getSelection().addRange(range)",
        Vec::new(),
    )
    .await?;
    page.click(".toolbar [data-color=green]").await?;
    page.until("CSS.highlights.get('bianzhu-green')?.size === 1").await?;
    let exact = page
        .run(
            "const exact = article.annotations().items.map((item) =>
               item.target.selector.find((selector) => selector.exact).exact).find((exact) => exact.length > 3);
             return [exact === exact.trim(), exact === document.querySelector('[data-block]').textContent.trim()]",
            Vec::new(),
        )
        .await?;
    assert_eq!(exact, json!([true, true]));

    // Two paragraphs and the break between them.
    page.run(
        "const blocks = document.querySelectorAll('[data-block]');
         const range = new Range(); range.setStart(blocks[2], 0); range.selectNodeContents(blocks[2]);
         range.setEnd(blocks[3].firstChild.firstChild ?? blocks[3].firstChild, 2);
         getSelection().removeAllRanges(); getSelection().addRange(range)",
        Vec::new(),
    )
    .await?;
    page.click(".toolbar [data-color=pink]").await?;
    page.until("[...(CSS.highlights.get('bianzhu-pink') ?? [])].length === 1").await?;
    let quoted = page
        .run("return article.annotations().items.some((item) => item.target.selector[0].exact.includes('\\n'))", Vec::new())
        .await?;
    assert_eq!(quoted, true);
    page.leave().await
}

#[tokio::test]
async fn a_part_of_a_mention_and_words_across_a_note_can_be_noted() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '先有的', color: 'pink' })", Vec::new()).await?;
    // With the pointer, inside a name that is marked: no card opens for it.
    page.select("俊明").await?;
    page.click(".toolbar [data-color=green]").await?;
    page.until("String([...(CSS.highlights.get('bianzhu-green') ?? [])]) === '俊明'").await?;
    page.gone(".card").await?;
    // From the middle of a note over its end; and all of a note and more.
    page.select("年初,头绪多").await?;
    page.click(".toolbar [data-color=blue]").await?;
    page.until("String([...(CSS.highlights.get('bianzhu-blue') ?? [])]) === '年初,头绪多'").await?;
    page.until("String([...(CSS.highlights.get('bianzhu-pink') ?? [])]) === '岁末年初'").await?;
    page.go("/").await?;
    page.ready().await?;
    for (color, words) in [("green", "俊明"), ("blue", "年初,头绪多"), ("pink", "岁末年初")] {
        page.until(&format!("String([...(CSS.highlights.get('bianzhu-{color}') ?? [])]) === '{words}'"))
            .await?;
    }
    page.leave().await
}

#[tokio::test]
async fn shift_and_the_arrows_select_what_is_noted() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "const walker = document.createTreeWalker(document.querySelector('[data-block]'), 4);
         const node = walker.nextNode(); getSelection().setBaseAndExtent(node, 0, node, 1)",
        Vec::new(),
    )
    .await?;
    let keys = page.driver().action_chain().key_down(Key::Shift);
    keys.send_keys(Key::Right).send_keys(Key::Right).key_up(Key::Shift).perform().await?;
    page.until("getSelection().toString() === '本报讯'").await?;
    page.inside(".toolbar").await?;
    press(&page, "h").await?;
    page.until("root.querySelector('.note q')?.textContent === '本报讯'").await?;
    page.leave().await
}

#[tokio::test]
async fn what_is_being_composed_neither_closes_nor_commands() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?.send_keys("年底").await?;
    // Escape and Enter choose a candidate, or give it up; so does the key of which Safari tells late.
    page.run(
        "const field = root.querySelector('textarea');
         for (const key of ['Escape', 'Enter'])
           for (const how of [{ isComposing: true }, { keyCode: 229 }])
             for (const ctrlKey of [false, true])
               field.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, composed: true, ...how }));
         for (const key of ['?', 'n', 'h', 'z'])
           for (const target of [field, document.body])
             target.dispatchEvent(new KeyboardEvent('keydown',
               { key, ctrlKey: key === 'z', isComposing: true, bubbles: true, composed: true }))",
        Vec::new(),
    )
    .await?;
    page.until("root.querySelector('textarea')?.value === '年底'").await?;
    page.gone(".help").await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 1);
    press_key(&page, Key::Escape).await?;
    page.gone("textarea").await?;
    page.leave().await
}

#[tokio::test]
async fn a_double_click_takes_a_word() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let (x, y) = middle(&page, "任务重").await?;
    // Between the two characters of 任务.
    page.driver().action_chain().move_to(x - 12, y).double_click().perform().await?;
    page.until("getSelection().toString() === '任务'").await?;
    page.inside(".toolbar").await?;
    page.run("getSelection().removeAllRanges()", Vec::new()).await?;
    page.gone(".toolbar").await?;
    // A name is a word.
    let (x, y) = middle(&page, "任逢春").await?;
    page.driver().action_chain().move_to(x, y).double_click().perform().await?;
    page.until("getSelection().toString() === '任逢春'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_finger_s_toolbar_keeps_clear_of_handles_and_the_system_s_menu() -> Outcome {
    let page = Page::open(site(), View::PHONE).await?;
    let (x, y) = middle(&page, "任务重").await?;
    page.run(
        "document.dispatchEvent(new PointerEvent('pointerdown', { pointerType: 'touch', bubbles: true }))",
        Vec::new(),
    )
    .await?;
    page.run(
        "const place = document.caretPositionFromPoint?.(...arguments), range = place ?? document.caretRangeFromPoint(...arguments),
           node = place?.offsetNode ?? range.startContainer, offset = place?.offset ?? range.startOffset;
         getSelection().setBaseAndExtent(node, offset - 1, node, offset + 1)",
        vec![json!(x), json!(y)],
    )
    .await?;
    page.inside(".toolbar").await?;
    page.until(
        "((words, bar) => bar.top >= words.bottom + 40 || bar.bottom <= words.top - 60)
         (getSelection().getRangeAt(0).getBoundingClientRect(), root.querySelector('.toolbar').getBoundingClientRect())",
    )
    .await?;
    page.leave().await
}

/// The page with an article that was changed since the notes were written.
async fn changed_article(notes: &str, before: &str, after: &str, view: View) -> Outcome<Page> {
    let page = std::fs::read_to_string(dist().join("index.html"))?;
    let [old, new] =
        ["before.txt", "after.txt"].map(|name| page.replace("articles/xinzhou-reform.json", name));
    // Under one key, so that it is one article.
    let keyed = |page: String| page.replace("<bianzhu-article ", "<bianzhu-article article-key=\"k\" ");
    let site = site()
        .with("/", Reply::html(keyed(old)))
        .with("/after.html", Reply::html(keyed(new)))
        .with("/before.txt", Reply::text("text/plain", before))
        .with("/after.txt", Reply::text("text/plain", after));
    let page = Page::open(site, view).await?;
    page.run(notes, Vec::new()).await?;
    page.go("/after.html").await?;
    page.ready().await?;
    Ok(page)
}

const BEFORE: &str =
    "全市机构改革动员大会在忻州召开，会议由市长主持。\n大家要统一思想，坚决完成改革的各项任务。";
const AFTER: &str =
    "全市机构改革动员大会在忻州召开，会议由市长主持。\n各部门要按时间表推进，材料报市委审定。";

#[tokio::test]
async fn a_lost_note_is_kept_apart_and_put_onto_new_words() -> Outcome {
    let notes = "article.annotate({ exact: '坚决完成改革的各项任务', note: '关键' })";
    let page = changed_article(notes, BEFORE, AFTER, View::LAPTOP).await?;
    page.gone(".note").await?;
    page.click(".open-notes").await?;
    let lost = page.words(".orphans").await?;
    assert!(lost.contains("坚决完成改革的各项任务") && lost.contains("关键"), "{lost}");
    page.click(".orphans .attach").await?;
    page.gone(".panel").await?;
    assert!(page.words(".attach-bar").await?.contains("坚决完成改革的各项任务"));
    page.until("root.querySelector('.attach-bar .attach').disabled").await?;
    page.select("按时间表推进").await?;
    page.until("!root.querySelector('.attach-bar .attach').disabled && !root.querySelector('.toolbar')")
        .await?;
    page.click(".attach-bar .attach").await?;
    page.gone(".attach-bar").await?;
    page.until("root.querySelector('.note q')?.textContent === '按时间表推进'").await?;
    let note = page.words(".note").await?;
    assert!(note.contains("关键"), "{note}");
    // And back.
    press_control(&page, "z", false).await?;
    page.until("root.querySelector('.toast')?.textContent.includes('重新附上')").await?;
    page.gone(".note").await?;
    press_control(&page, "y", false).await?;
    page.until("root.querySelector('.note q')?.textContent === '按时间表推进'").await?;
    page.leave().await
}

#[tokio::test]
async fn lost_notes_are_counted_in_the_bar_and_say_whether_their_words_stand_elsewhere() -> Outcome {
    let notes = "article.annotate({ exact: '坚决完成改革的各项任务' }); const at = article.text.indexOf('改革的各项');
        article.annotate({ start: at, end: at + 2 })";
    let page = changed_article(notes, BEFORE, AFTER, View::LAPTOP).await?;
    page.until("root.querySelector('.open-notes .flag')?.textContent === '?2'").await?;
    page.click(".open-notes").await?;
    let lost = page.words(".orphans").await?;
    assert!(lost.contains("原文中已找不到") && lost.contains("别处有相同的文字"), "{lost}");
    page.leave().await
}

#[tokio::test]
async fn giving_up_on_new_words_leaves_the_note_as_it_was() -> Outcome {
    let notes = "article.annotate({ exact: '坚决完成改革的各项任务', note: '关键' })";
    let page = changed_article(notes, BEFORE, AFTER, View::PHONE).await?;
    page.click(".open-notes").await?;
    page.click(".orphans .attach").await?;
    page.inside(".attach-bar").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".attach-bar").await?;
    page.until("root.activeElement?.matches('.open-notes')").await?;
    page.click(".open-notes").await?;
    assert!(page.words(".orphans").await?.contains("关键"));
    page.leave().await
}

#[tokio::test]
async fn a_changed_text_shows_what_it_was_and_what_it_is() -> Outcome {
    let notes = "article.annotate({ exact: '坚决完成改革的各项任务', note: '关键' })";
    let after = BEFORE.replace("坚决完成改革的各项任务", "坚决完成改革的全部任务");
    let page = changed_article(notes, BEFORE, &after, View::LAPTOP).await?;
    let note = page.words(".note").await?;
    assert!(note.contains("原文已改动"), "{note}");
    page.until("root.querySelector('.note del')?.textContent === '坚决完成改革的各项任务'").await?;
    page.until("root.querySelector('.note ins')?.textContent === '坚决完成改革的全部任务'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_note_says_when_and_completes_tags() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '忻州', tags: ['地名', '山西'] }); article.annotate({ exact: '岁末年初' })",
        Vec::new(),
    )
    .await?;
    page.until("root.querySelector('.note time')?.textContent.includes('年')").await?;
    page.click(".language").await?;
    page.until("/[A-Z][a-z]+ \\d/.test(root.querySelector('.note time').textContent)").await?;
    page.click(".note .quote").await?;
    assert!(page.words(".note[data-active] .times").await?.starts_with("Written "));
    page.click(".language").await?;
    let last = page.inside(".note:last-child .edit").await?;
    page.still(".note:last-child").await?;
    last.click().await?;
    let field = page.inside(".composing input").await?;
    let offered = "[...root.querySelectorAll('#tags-in-use option')].map((option) => option.value).join('|')";
    page.until(&format!("{offered} === '地名|山西'")).await?;
    field.send_keys("山西 ").await?;
    page.until(&format!("{offered}.split('|').includes('山西 地名')")).await?;
    page.leave().await
}

#[tokio::test]
async fn a_toast_says_what_was_taken_back_and_done_again() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar [data-color=green]").await?;
    page.click(".note .delete").await?;
    let toast = |words: &str| format!("root.querySelector('.toast')?.textContent.includes('{words}')");
    page.until(&toast("已删除笔记")).await?;
    // A line at the foot, and no more.
    page.until(
        "((box) => box.height < 80 && box.bottom <= innerHeight && box.bottom > innerHeight - 60)
         (root.querySelector('.toast').getBoundingClientRect())",
    )
    .await?;
    press_control(&page, "z", false).await?;
    page.until(&toast("已恢复删除的笔记")).await?;
    press_control(&page, "z", false).await?;
    page.until(&toast("已撤销：添加笔记")).await?;
    press_control(&page, "z", true).await?;
    page.until(&toast("已重做：添加笔记")).await?;
    press_control(&page, "y", false).await?;
    page.until(&toast("已重做：删除笔记")).await?;
    page.gone(".note").await?;
    page.leave().await
}

#[tokio::test]
async fn undo_is_read_as_well_as_the_toast_around_it() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .swatch").await?;
    page.click(".note .delete").await?;
    let undo = page.inside(".toast .undo").await?;
    let is_read =
        "((toast) => getComputedStyle(toast.querySelector('.undo')).color === getComputedStyle(toast).color)
        (root.querySelector('.toast'))";
    page.until(is_read).await?;
    page.driver().action_chain().move_to_element_center(&undo).perform().await?;
    page.until("root.querySelector('.toast .undo').matches(':hover')").await?;
    page.until(is_read).await?;
    page.leave().await
}

#[tokio::test]
async fn a_toast_is_seen_over_panel_and_sheet() -> Outcome {
    let page = Page::open(site(), View::PHONE).await?;
    page.run("article.annotate({ exact: '岁末年初' }); article.annotate({ exact: '忻州' })", Vec::new())
        .await?;
    page.click(".open-notes").await?;
    page.click(".note-rows li:first-child .pick").await?;
    page.click(".delete-picked").await?;
    page.click(".toast .undo").await?;
    page.until("article.annotations().total === 2").await?;
    page.click(".panel .close").await?;
    page.select("任务重").await?;
    page.click(".toolbar [data-color=green]").await?;
    page.inside(".toast .undo").await?;
    page.click("[part~=note] .edit").await?;
    page.inside("textarea").await?;
    page.click(".toast .undo").await?;
    page.until("article.annotations().total === 2").await?;
    page.leave().await
}

#[tokio::test]
async fn the_notebook_is_searched_filtered_sorted_and_cleared() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.click(".open-notes").await?;
    assert!(page.words(".notebook").await?.contains("还没有笔记"));
    page.click(".panel .close").await?;
    page.until("root.activeElement?.matches('.open-notes')").await?;
    for (exact, note, color, tag) in [
        ("既要挂帅又要出征", "军事比喻", "blue", "比喻"),
        ("岁末年初", "年底", "pink", "时间"),
        ("头绪多、任务重", "为什么忙", "blue", "时间"),
    ] {
        page.run(
            "const start = Date.now(); while (Date.now() === start);
             article.annotate({ exact: arguments[0], note: arguments[1], color: arguments[2], tags: [arguments[3]] })",
            [exact, note, color, tag].map(|word| json!(word)).to_vec(),
        )
        .await?;
    }
    page.click(".open-notes").await?;
    let rows = "[...root.querySelectorAll('.note-rows .gloss')].map((row) => row.textContent).join('|')";
    let listed = page.run(&format!("return {rows}"), Vec::new()).await?;
    assert_eq!(listed.as_str().map(|rows| rows.split('|').count()), Some(3));
    page.click(".filters .choice button:last-child").await?;
    page.until(&format!("{rows} === '为什么忙|年底|军事比喻'")).await?;
    // What the filter hides is picked no more: it would be deleted unseen.
    page.click(".note-rows li:nth-child(2) .pick").await?;
    page.until("!root.querySelector('.delete-picked').disabled").await?;
    page.click(".filters [data-color=blue]").await?;
    page.until(&format!("{rows} === '为什么忙|军事比喻'")).await?;
    page.until("root.querySelector('.delete-picked').disabled").await?;
    page.inside(".notebook input[type=search]").await?.send_keys("比喻").await?;
    page.until(&format!("{rows} === '军事比喻'")).await?;
    page.inside(".notebook input[type=search]").await?.send_keys("没有").await?;
    assert!(page.words(".notebook .nothing").await?.contains("没有符合"));
    press_control(&page, "a", false).await?;
    press_key(&page, Key::Backspace).await?;
    page.until("root.querySelector('.notebook input').value === ''").await?;
    page.click(".filters [data-color=blue]").await?;
    page.run(
        "const select = root.querySelector('.filters select'); select.value = '时间';
         select.dispatchEvent(new Event('change'))",
        Vec::new(),
    )
    .await?;
    page.until(&format!("{rows} === '为什么忙|年底'")).await?;

    page.until("root.querySelector('.delete-picked').disabled").await?;
    page.click(".pick-all").await?;
    page.click(".delete-picked").await?;
    page.until("root.querySelector('.toast')?.textContent.includes('已删除所选')").await?;
    assert_eq!(page.run("return article.annotations().total", Vec::new()).await?, 1);
    page.click(".toast .undo").await?;
    page.until("article.annotations().total === 3").await?;
    page.click(".note-rows li:first-child .jump").await?;
    page.gone(".panel").await?;
    page.until("root.activeElement?.matches('.note[data-active]')").await?;
    page.until(LEVEL).await?;
    page.leave().await
}

#[tokio::test]
async fn notes_are_searched_by_parts_and_those_of_other_articles_are_at_hand() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '年底', color: 'pink', tags: ['时间'] });
         article.annotate({ exact: '动员大会' });",
        Vec::new(),
    )
    .await?;
    page.click(".open-notes").await?;
    let rows = "root.querySelectorAll('.note-rows > li').length";
    for (query, count) in
        [("tag:时间", 1), ("has:comment", 1), ("-has:comment", 1), ("color:pink 年", 1), ("年 大会", 0)]
    {
        let field = page.inside(".notebook input[type=search]").await?;
        field.clear().await?;
        field.send_keys(query).await?;
        page.until(&format!("{rows} === {count}")).await?;
    }
    // The same site, another article.
    page.run("article.setAttribute('article-key', 'https://example.org/other')", Vec::new()).await?;
    page.ready().await?;
    page.click(".open-notes").await?;
    let others = page.words(".other-articles").await?;
    assert!(others.contains("忻州市召开全市机构改革动员大会") && others.contains('2'), "{others}");
    page.click(".other-articles summary").await?;
    assert!(page.words(".other-articles ul").await?.contains("岁末年初"));
    // They are searched like those of this one, and what is found is to be seen.
    let field = page.inside(".notebook input[type=search]").await?;
    field.clear().await?;
    field.send_keys("标签:时间").await?;
    page.until("root.querySelectorAll('.other-articles details[open] li').length === 1").await?;
    let found = page.words(".other-articles li").await?;
    assert!(
        found.contains("年底") && found.contains("时间") && found.contains("20"),
        "its tags and its time: {found}"
    );
    field.send_keys("没有").await?;
    page.gone(".other-articles").await?;
    page.leave().await
}

#[tokio::test]
async fn a_tag_whose_last_note_went_is_not_asked_for_any_more() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', tags: ['时间'] }); article.annotate({ exact: '动员大会', tags: ['会'] })",
        Vec::new(),
    )
    .await?;
    page.click(".open-notes").await?;
    page.run(
        "const tags = root.querySelector('.filters select'); tags.value = '时间';
         tags.dispatchEvent(new Event('change', { bubbles: true }))",
        Vec::new(),
    )
    .await?;
    page.until("root.querySelectorAll('.note-rows li').length === 1").await?;
    page.click(".pick-all").await?;
    page.click(".delete-picked").await?;
    page.until("root.querySelector('.note-rows')?.textContent.includes('动员大会')").await?;
    page.leave().await
}
