//! A note as it is written on: what is taken back meanwhile, and what changes around the composer.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, Reply, View, press, press_control, press_key, site};
use serde_json::json;

const WRITING: &str = "root.activeElement?.matches('.composing textarea')";

/// The comment and the caret of the composer.
const FIELD: &str = "((field) => field && `${field.value}|${field.selectionStart}`)
    (root.querySelector('.composing textarea'))";

/// What the notes say, in text order.
const SAID: &str = "article.annotations().items.map(({ body }) => body?.[0]?.value ?? '').join('|')";

/// A page whose own markup is the article: two paragraphs.
const OWN: &str = "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>页</title>
    <style>article { width: 600px; margin: 20px }</style>
    <script type=module src=/bianzhu.js></script>
    <bianzhu-article><article><h1>部署数字政府建设</h1><p>会议指出，供给侧结构性改革要深入推进。</p>
    <p>会议强调，要坚持以人民为中心的发展思想。</p></article></bianzhu-article>";

/// Opens the composer of the note of this number.
async fn edit(page: &Page, number: usize) -> Outcome {
    let card = format!(".note:nth-child({number})");
    page.inside(&format!("{card} .edit")).await?;
    // Not with the pointer: a card that has just been changed may be made anew under it.
    page.run("root.querySelector(arguments[0] + ' .edit').click()", vec![json!(card)]).await?;
    page.until(WRITING).await?;
    press_key(page, Key::End).await
}

/// Ends the writing.
async fn done(page: &Page) -> Outcome {
    press_control(page, &Key::Enter.value().to_string(), false).await?;
    page.gone(".composing").await
}

/// Types, and waits until that is saved.
async fn write(page: &Page, words: &str) -> Outcome {
    press(page, words).await?;
    page.until("root.querySelector('.save-state').textContent === '已保存'").await
}

/// To the text, away from every field.
async fn leave_fields(page: &Page) -> Outcome {
    page.run("root.activeElement?.blur(); getSelection().removeAllRanges()", Vec::new()).await?;
    Ok(())
}

async fn says(page: &Page, what: &str, words: &str) -> Outcome {
    match page.until(&format!("{what} === {}", json!(words))).await {
        Err(_) => {
            let said = page.run(&format!("return {what}"), Vec::new()).await?;
            Err(format!("{said}, and not {words}").into())
        }
        ok => ok,
    }
}

#[tokio::test]
async fn a_toast_goes_with_the_next_step_so_that_it_takes_back_its_own() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '岁末年初', note: '年底' }); article.annotate({ exact: '任务重', note: '忙' })",
        Vec::new(),
    )
    .await?;
    page.still(".note").await?;
    page.click(".note:first-child .delete").await?;
    page.inside(".toast .undo").await?;
    edit(&page, 1).await?;
    page.inside(".toast .undo").await?;
    write(&page, "得很").await?;
    page.gone(".toast .undo").await?;
    says(&page, SAID, "忙得很").await?;
    done(&page).await?;
    press_control(&page, "z", false).await?;
    press_control(&page, "z", false).await?;
    says(&page, SAID, "年底|忙").await?;
    page.leave().await
}

#[tokio::test]
async fn the_fields_follow_what_is_taken_back_and_done_again() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '甲乙', tags: ['时间'] })", Vec::new()).await?;
    edit(&page, 1).await?;
    write(&page, "丙丁").await?;
    leave_fields(&page).await?;
    press_control(&page, "z", false).await?;
    says(&page, "root.querySelector('.composing textarea').value", "甲乙").await?;
    says(&page, SAID, "甲乙").await?;
    press_control(&page, "z", true).await?;
    says(&page, "root.querySelector('.composing textarea').value", "甲乙丙丁").await?;
    press_control(&page, "z", false).await?;
    says(&page, "root.querySelector('.composing textarea').value", "甲乙").await?;
    page.click(".done").await?;
    page.gone(".composing").await?;
    says(&page, SAID, "甲乙").await?;
    press_control(&page, "z", true).await?;
    says(&page, SAID, "甲乙丙丁").await?;
    // What is not saved yet is a step like any other once the field is left.
    edit(&page, 1).await?;
    press(&page, "戊").await?;
    leave_fields(&page).await?;
    press_control(&page, "z", false).await?;
    says(&page, "root.querySelector('.composing textarea').value", "甲乙丙丁").await?;
    page.click(".done").await?;
    says(&page, SAID, "甲乙丙丁").await?;
    // From one composer straight to another, further up.
    page.run("article.annotate({ exact: '任务重', note: '忙' })", Vec::new()).await?;
    edit(&page, 2).await?;
    edit(&page, 1).await?;
    page.gone(".note:nth-child(2) .composing").await?;
    write(&page, "己").await?;
    leave_fields(&page).await?;
    press_control(&page, "z", false).await?;
    says(&page, "root.querySelector('.composing textarea').value", "甲乙丙丁").await?;
    says(&page, SAID, "甲乙丙丁|忙").await?;
    page.leave().await
}

#[tokio::test]
async fn each_time_of_writing_is_taken_back_by_itself() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.until(WRITING).await?;
    write(&page, "第一次").await?;
    done(&page).await?;
    edit(&page, 1).await?;
    write(&page, "，第二").await?;
    write(&page, "次").await?;
    done(&page).await?;
    for said in ["第一次", "", "none"] {
        press_control(&page, "z", false).await?;
        page.until(&format!("({SAID} || (article.annotations().total ? '' : 'none')) === '{said}'")).await?;
    }
    // The words of what is gone have the focus that its card had.
    page.until("document.activeElement?.textContent.includes('岁末年初') && document.activeElement !== document.body")
        .await?;
    page.leave().await
}

#[tokio::test]
async fn one_writes_on_where_a_comment_ends() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let comment = "一行。\n".repeat(40);
    page.run("article.annotate({ exact: '岁末年初', note: arguments[0] })", vec![json!(comment)]).await?;
    page.still(".note").await?;
    page.click(".note .edit").await?;
    page.until(WRITING).await?;
    page.until("((field) => field.selectionStart === field.value.length && field.selectionEnd === field.value.length)(root.querySelector('textarea'))")
        .await?;
    page.until("((field) => field.scrollTop + field.clientHeight >= field.scrollHeight - 2)(root.querySelector('textarea'))")
        .await?;
    page.leave().await
}

#[tokio::test]
async fn what_is_typed_goes_along_as_a_tablet_is_turned() -> Outcome {
    let (across, upright) = (View { width: 1024, height: 768, dark: false }, View::TABLET);
    for waits in [false, true] {
        let page = Page::open(site(), across).await?;
        page.run("article.annotate({ exact: '岁末年初', note: '年底' })", Vec::new()).await?;
        edit(&page, 1).await?;
        press(&page, "事多").await?;
        if waits {
            page.until("root.querySelector('.save-state').textContent === '已保存'").await?;
        }
        press_key(&page, Key::Left).await?;
        page.fit(upright).await?;
        page.inside("[part~=note][popover] textarea").await?;
        page.until(WRITING).await?;
        says(&page, FIELD, "年底事多|3").await?;
        press(&page, "很").await?;
        page.fit(across).await?;
        page.inside(".margin .composing textarea").await?;
        page.until(WRITING).await?;
        says(&page, FIELD, "年底事很多|4").await?;
        press(&page, "繁").await?;
        done(&page).await?;
        says(&page, SAID, "年底事很繁多").await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_note_that_another_window_deletes_as_it_is_written_keeps_words_and_caret() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: '年底' })", Vec::new()).await?;
    edit(&page, 1).await?;
    // Typing is not saved before it is heard of the other window.
    page.run("window.real = setTimeout; window.setTimeout = () => 0", Vec::new()).await?;
    press(&page, "事多").await?;
    press_key(&page, Key::Left).await?;
    page.run(
        "window.setTimeout = window.real;
         const key = Object.keys(localStorage).find((key) => key.startsWith('bianzhu:1:'));
         const oldValue = localStorage.getItem(key);
         localStorage.removeItem(key);
         dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue: null, storageArea: localStorage }))",
        Vec::new(),
    )
    .await?;
    page.until(&format!(
        "Object.keys(localStorage).some((key) => key.startsWith('bianzhu:1:')) && {SAID} === '年底事多'"
    ))
    .await?;
    page.until(WRITING).await?;
    says(&page, FIELD, "年底事多|3").await?;
    press(&page, "很").await?;
    done(&page).await?;
    says(&page, SAID, "年底事很多").await?;
    page.leave().await
}

#[tokio::test]
async fn what_is_written_stays_as_the_page_rewrites_its_words() -> Outcome {
    for view in [View::LAPTOP, View::PHONE] {
        let page = Page::open(site().with("/", Reply::html(OWN)), view).await?;
        page.run(
            "article.openNote(article.annotate({ exact: '供给侧结构性改革', note: '重点' }))",
            Vec::new(),
        )
        .await?;
        page.click(".note .edit").await?;
        page.until(WRITING).await?;
        press_key(&page, Key::End).await?;
        press(&page, "一").await?;
        page.run(
            "document.querySelector('p').textContent = '全新的段落。';
             window.before = root.querySelector('.composing textarea').getBoundingClientRect().top",
            Vec::new(),
        )
        .await?;
        page.until("article.text.includes('全新的段落')").await?;
        press(&page, "me").await?;
        page.until("root.querySelector('.save-state').textContent === '已保存'").await?;
        page.until(WRITING).await?;
        says(&page, FIELD, "重点一me|5").await?;
        page.gone(".panel").await?;
        page.until("Math.abs(window.before - root.querySelector('.composing textarea').getBoundingClientRect().top) < 60")
            .await?;
        // The words come back while it is written, and it stands at them.
        page.run(
            "document.querySelector('p').textContent = '会议又指出，供给侧结构性改革要深入推进。'",
            Vec::new(),
        )
        .await?;
        page.until("article.text.includes('又指出')").await?;
        press(&page, "n").await?;
        says(&page, FIELD, "重点一men|6").await?;
        // They go again, and the writing ends: it is among the lost.
        page.run("document.querySelector('p').textContent = '全新的段落。'", Vec::new()).await?;
        page.until("article.text.includes('全新')").await?;
        press(&page, "。").await?;
        done(&page).await?;
        if view == View::LAPTOP {
            page.gone(".margin .note").await?;
            page.until("root.activeElement?.matches('.open-notes')").await?;
        }
        says(&page, SAID, "重点一men。").await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_lost_note_is_written_in_the_panel_and_no_letter_goes_astray() -> Outcome {
    let page = Page::open(site().with("/", Reply::html(OWN)), View::LAPTOP).await?;
    page.run(
        "article.annotate({ exact: '供给侧结构性改革', note: '重点' });
         article.annotate({ exact: '要深入推进', note: '次要' });
         document.querySelector('p').textContent = '全新的段落。'",
        Vec::new(),
    )
    .await?;
    page.until("article.text.includes('全新')").await?;
    page.click(".open-notes").await?;
    page.click(".orphans li:first-child .edit").await?;
    page.until(WRITING).await?;
    press_key(&page, Key::End).await?;
    press_key(&page, Key::Left).await?;
    write(&page, "要").await?;
    write(&page, "中").await?;
    page.until(WRITING).await?;
    says(&page, FIELD, "重要中点|3").await?;
    done(&page).await?;
    // It goes, and the focus stays in the panel.
    page.click(".orphans li:first-child .delete").await?;
    page.until("root.querySelectorAll('.orphans li').length === 1").await?;
    page.until("root.activeElement?.matches('.notebook')").await?;
    press_control(&page, "z", false).await?;
    page.until("root.querySelectorAll('.orphans li').length === 2").await?;
    page.until("root.activeElement?.closest('.notebook')").await?;
    page.leave().await
}

#[tokio::test]
async fn the_focus_stays_in_the_panel_as_notes_go_and_more_come() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run(
        "for (let at = 0; at < 130; at++) article.annotate({ exact: '岁末年初', note: String(at) })",
        Vec::new(),
    )
    .await?;
    page.click(".open-notes").await?;
    page.inside(".more").await?;
    page.run("root.querySelector('.more').focus()", Vec::new()).await?;
    press_key(&page, Key::Enter).await?;
    page.until("root.querySelectorAll('.note-rows li').length === 130").await?;
    page.until("root.activeElement?.matches('.note-rows li:nth-child(101) .jump')").await?;
    page.run("root.querySelector('.pick').click()", Vec::new()).await?;
    page.until("!root.querySelector('.delete-picked').disabled").await?;
    page.run("root.querySelector('.delete-picked').focus()", Vec::new()).await?;
    press_key(&page, Key::Enter).await?;
    page.until("article.annotations().total === 129").await?;
    page.until("root.activeElement?.matches('.notebook')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_comment_that_was_only_begun_on_a_page_s_own_words_leads_back_to_them() -> Outcome {
    let page = Page::open(site().with("/", Reply::html(OWN)), View::LAPTOP).await?;
    page.run(
        "const node = document.querySelector('p').firstChild;
         getSelection().setBaseAndExtent(node, 5, node, 13)",
        Vec::new(),
    )
    .await?;
    page.inside(".toolbar").await?;
    press(&page, "c").await?;
    page.until(WRITING).await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".note").await?;
    // What is the page's own takes no focus: the caret stands there, and reading goes on from it.
    page.until(
        "((at) => at.isCollapsed && at.anchorNode === document.querySelector('p').firstChild && at.anchorOffset === 5)
         (getSelection())",
    )
    .await?;
    page.leave().await
}

#[tokio::test]
async fn a_card_is_no_higher_than_the_window() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let long = "很长的批注。".repeat(600);
    page.run(
        "article.annotate({ exact: '岁末年初', note: arguments[0] }); article.annotate({ exact: '任务重', note: '忙' })",
        vec![json!(long)],
    )
    .await?;
    page.inside(".note:nth-child(2)").await?;
    let height = "root.querySelector('.note:first-child').getBoundingClientRect().height";
    page.until(&format!("{height} > 60 && {height} < 300")).await?;
    page.still(".note").await?;
    page.click(".note:first-child .quote").await?;
    page.until(&format!("{height} > 500 && {height} <= innerHeight")).await?;
    // All of it can be scrolled to.
    page.until(
        "((comment) => (comment.scrollTop = 1e6, comment.scrollTop + comment.clientHeight >= comment.scrollHeight - 1))
         (root.querySelector('.note:first-child .note-text'))",
    )
    .await?;
    page.click(".note:nth-child(2) .quote").await?;
    page.until(&format!("{height} < 300")).await?;
    page.leave().await
}

#[tokio::test]
async fn in_a_low_window_words_and_foot_are_in_sight() -> Outcome {
    for (width, height) in [(390, 460), (844, 390)] {
        let low = View { width, height, dark: false };
        let page = Page::open(site(), View { height: 800, ..low }).await?;
        page.run(
            "article.openNote(article.annotate({ exact: '严明纪律规定', note: arguments[0] }))",
            vec![json!("很长。".repeat(60))],
        )
        .await?;
        page.click("[part~=note] .edit").await?;
        page.until(WRITING).await?;
        // A keyboard on the screen may make it lower.
        page.fit(low).await?;
        page.until(&format!("innerHeight === {height}")).await?;
        let in_sight = "((box, sheet) => box.height > 20 && box.top >= sheet.top - 1 && box.bottom <= innerHeight + 1)
            (root.querySelector('SELECTOR').getBoundingClientRect(), root.querySelector('[part~=note]').getBoundingClientRect())";
        page.until(&in_sight.replace("SELECTOR", ".done")).await?;
        page.until(&in_sight.replace("SELECTOR", ".composing textarea")).await?;
        page.until(
            "((words, sheet) => words.top >= 0 && words.bottom <= sheet.top)
             ([...CSS.highlights.get('bianzhu-active')][0].getBoundingClientRect(),
              root.querySelector('[part~=note]').getBoundingClientRect())",
        )
        .await?;
        // The button that closes it takes no row of its own, and lies over nothing.
        page.until(
            "((close, quote, words) => close.top < quote.bottom && close.left >= words.right)
             (...['.close', '.quote', '.quote q'].map((part) =>
               root.querySelector('[part~=note] ' + part).getBoundingClientRect()))",
        )
        .await?;
        page.click(".done").await?;
        page.gone(".composing").await?;
        page.until(&in_sight.replace("SELECTOR", ".edit")).await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn what_is_written_from_right_to_left_is_set_so() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', note: 'هذا تعليق.\\n\\n中文。' })", Vec::new()).await?;
    page.inside(".note .comment").await?;
    let sides = "[...root.querySelectorAll('.note .comment p')].map((line) => {
        const range = new Range(); range.selectNodeContents(line);
        const box = line.getBoundingClientRect(), words = range.getBoundingClientRect();
        return words.left - box.left > box.right - words.right ? 'right' : 'left' }).join()";
    says(&page, sides, "right,left").await?;
    edit(&page, 1).await?;
    page.until("root.querySelector('textarea').matches(':dir(rtl)')").await?;
    page.leave().await
}
