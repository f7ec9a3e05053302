//! The glossary: its entries that come later, its card, its panel, what the reader chooses and writes.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, Reply, View, dist, press_key, site};
use serde_json::json;

const GLOSSARY: &str = "/bianzhu-glossary.txt";
const JSON: &str = "application/json";

/// The front page with a pack, or several.
fn with_packs(packs: &str) -> Outcome<Reply> {
    let page = std::fs::read_to_string(dist().join("index.html"))?;
    Ok(Reply::html(page.replace("<bianzhu-article", &format!("<bianzhu-article glossary=\"{packs}\""))))
}

/// Moves the mouse onto a mention.
async fn point_at(page: &Page, words: &str) -> Outcome {
    let mention = page.mention(words).await?;
    Ok(page.driver().action_chain().move_to_element_center(&mention).perform().await?)
}

/// Moves the mouse away from everything.
async fn point_away(page: &Page) -> Outcome {
    Ok(page.driver().action_chain().move_to(2, 2).perform().await?)
}

const IS_OPEN: &str = "root.querySelector('.card')?.matches(':popover-open')";

#[tokio::test]
async fn entries_that_cannot_be_had_are_told_once_and_asked_for_again() -> Outcome {
    let missing = Reply { status: "404 Not Found", kind: "text/plain", body: Vec::new() };
    let page = Page::open(site().with(GLOSSARY, missing), View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    let card = page.words(".card .not-come").await?;
    assert!(card.contains("未能取来") && card.contains("重试"), "{card}");
    assert!(page.words(".card").await?.contains("四个意识"), "what is known of it is there all the same");
    page.click(".card .retry").await?;
    page.inside(".card .not-come").await?;
    assert_eq!(page.seen().await?.events("error").len(), 1);
    assert_eq!(page.seen().await?.events("error")[0]["code"], "glossary-unavailable");
    page.leave().await
}

#[tokio::test]
async fn in_english_the_english_comes_first() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    // Whether the English stands before the Chinese, there and for whoever hears it.
    let is_first = "(({ english, definition }) => english.compareDocumentPosition(definition) & 4
        && english.getBoundingClientRect().bottom <= definition.getBoundingClientRect().top)({
          english: root.querySelector('.card section:not([hidden]) > .english'), definition: root.querySelector('.card .definition') })";
    page.click_mention("四个意识").await?;
    page.inside(".card .definition").await?;
    page.until(&format!("!{is_first}")).await?;
    page.run("article.lang = 'en'", Vec::new()).await?;
    page.until(is_first).await?;
    page.leave().await?;

    // The panel has it as soon as it is there, with nothing searched for.
    let front = std::fs::read_to_string(dist().join("index.html"))?;
    let front = Reply::html(front.replacen("<bianzhu-article", "<bianzhu-article lang=en", 1));
    let page = Page::open(site().with("/", front), View::LAPTOP).await?;
    page.click(".open-glossary").await?;
    page.until("root.querySelectorAll('.glossary .used .entry .gloss[lang=en]').length > 5").await?;
    page.leave().await
}

#[tokio::test]
async fn entries_that_failed_come_when_the_connection_is_back() -> Outcome {
    let broken = "<script>const { open } = XMLHttpRequest.prototype;
        XMLHttpRequest.prototype.open = function (how, url) {
          open.call(this, how, url.includes('glossary') && !window.isBack ? 'http://127.0.0.1:1/' : url)
        }</script>";
    let front = std::fs::read_to_string(dist().join("index.html"))?;
    let front = Reply::html(front.replacen("<script", &format!("{broken}<script"), 1));
    let page = Page::open(site().with("/", front), View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    page.inside(".card .not-come").await?;
    page.run("window.isBack = true", Vec::new()).await?;
    page.click(".card .retry").await?;
    page.inside(".card .definition").await?;
    page.leave().await
}

#[tokio::test]
async fn a_press_on_the_word_under_its_card_makes_the_card_stay_in_its_place() -> Outcome {
    let page = Page::open(site(), View::TABLET).await?;
    point_at(&page, "四个意识").await?;
    page.until(IS_OPEN).await?;
    // Beside the words, not a sheet at the foot: the pointer must reach it.
    page.gone(".card[data-sheet]").await?;
    page.driver().action_chain().click().perform().await?;
    page.inside(".card[data-pinned]").await?;
    page.gone(".card[data-sheet]").await?;
    page.until("root.activeElement?.closest('.card')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_file_of_another_build_is_not_taken() -> Outcome {
    let other = Reply::text("text/plain; charset=utf-8", "0123456789abcdef\nname\t{}\n\ntitle\t\t\t\n");
    let page = Page::open(site().with(GLOSSARY, other), View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    page.inside(".card .not-come").await?;
    page.leave().await
}

#[tokio::test]
async fn the_entries_are_read_whatever_encoding_the_server_says_all_its_files_have() -> Outcome {
    let file = std::fs::read(dist().join("bianzhu-glossary.txt"))?;
    let page =
        Page::open(site().with(GLOSSARY, Reply::text("text/plain; charset=iso-8859-1", file)), View::LAPTOP)
            .await?;
    page.click_mention("四个意识").await?;
    page.until("root.querySelector('.card .definition')?.textContent.includes('政治意识')").await?;
    page.leave().await
}

#[tokio::test]
async fn entries_come_once_the_reader_comes_near() -> Outcome {
    let came =
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('bianzhu-glossary'))";
    let page = Page::open(site(), View::LAPTOP).await?;
    // Time enough for the page to be idle, and a pointer that goes elsewhere.
    point_away(&page).await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(page.run(&["return ", came].concat(), Vec::new()).await?, false);
    point_at(&page, "李俊明").await?;
    page.until(came).await?;
    page.leave().await?;

    let page = Page::open(site(), View::LAPTOP).await?;
    point_away(&page).await?;
    // By keyboard: past the links of the page.
    for _ in 0..12 {
        press_key(&page, Key::Tab).await?;
    }
    page.until("document.activeElement.closest('bianzhu-article')").await?;
    page.until(came).await?;
    page.leave().await
}

#[tokio::test]
async fn a_resting_pointer_opens_a_card_that_goes_with_it() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("document.querySelector('.masthead-name').focus()", Vec::new()).await?;
    point_at(&page, "四个意识").await?;
    page.until(IS_OPEN).await?;
    page.inside(".card .definition").await?;
    // The focus stays where it was.
    page.until("document.activeElement.matches('.masthead-name') && !root.activeElement").await?;
    // Into the card: it stays; away: it goes.
    let card = page.inside(".card h2").await?;
    page.driver().action_chain().move_to_element_center(&card).perform().await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    page.until(IS_OPEN).await?;
    point_away(&page).await?;
    page.gone(".card").await?;
    // Esc closes too, and does not move the focus.
    point_at(&page, "四个意识").await?;
    page.until(IS_OPEN).await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    page.until("document.activeElement.matches('.masthead-name')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_click_makes_a_card_stay() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    point_at(&page, "四个意识").await?;
    page.until(IS_OPEN).await?;
    page.inside(".card .definition").await?.click().await?;
    point_away(&page).await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    page.inside(".card[data-pinned]").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    page.until("document.activeElement.textContent === '四个意识'").await?;
    // On the word: the card takes the focus, and another word does not take its place.
    page.click_mention("四个意识").await?;
    page.until("root.activeElement?.closest('.card')").await?;
    point_at(&page, "忻州").await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    assert_eq!(page.words(".card h2").await?, "四个意识");
    page.leave().await
}

#[tokio::test]
async fn hovering_is_switched_off_in_the_card_and_on_in_the_panel() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    point_at(&page, "四个意识").await?;
    page.click(".card .no-hover").await?;
    assert!(page.words(".toast").await?.contains("停留"));
    page.click(".card .close").await?;
    page.gone(".card").await?;
    point_away(&page).await?;
    point_at(&page, "忻州").await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    page.gone(".card").await?;
    // It is remembered.
    page.go("/").await?;
    page.ready().await?;
    point_at(&page, "忻州").await?;
    tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    page.gone(".card").await?;
    page.click(".open-glossary").await?;
    page.click(".choices .choice:last-child button:first-child").await?;
    page.click(".glossary .close").await?;
    point_away(&page).await?;
    point_at(&page, "忻州").await?;
    page.until(IS_OPEN).await?;
    page.leave().await
}

#[tokio::test]
async fn terms_inside_a_definition_open_in_the_same_card_with_a_way_back() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    let inner = page.words(".card .definition .term-link").await?;
    page.click(".card .definition .term-link").await?;
    page.until("root.querySelectorAll('.trail li').length === 2").await?;
    page.until("root.querySelector('.trail li:first-child')?.textContent === '四个意识'").await?;
    assert!(page.words(".trail").await?.contains(&inner) || !inner.is_empty());
    page.click(".card .back").await?;
    page.gone(".trail").await?;
    assert_eq!(page.words(".card h2").await?, "四个意识");
    press_key(&page, Key::Escape).await?;
    page.gone(".card").await?;
    page.leave().await
}

#[tokio::test]
async fn a_card_is_described_to_those_who_do_not_see_it() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.mention("四个意识").await?.focus().await?;
    press_key(&page, Key::Enter.to_owned()).await?;
    page.inside(".card .items").await?;
    let said = page
        .run(
            "const card = root.querySelector('.card');
             return [card.getAttribute('role'), card.getAttribute('aria-label'),
               root.getElementById(card.getAttribute('aria-describedby')).textContent]",
            Vec::new(),
        )
        .await?;
    assert_eq!((&said[0], &said[1]), (&json!("dialog"), &json!("四个意识")));
    let text = said[2].as_str().unwrap_or_default();
    let places: Vec<_> = ["四条政治要求", "政治意识", "大局意识", "核心意识", "看齐意识"]
        .iter()
        .map(|part| text.rfind(part))
        .collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{text}");
    page.leave().await
}

#[tokio::test]
async fn a_known_term_is_dimmed_everywhere_until_it_is_not() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    page.click(".card .know").await?;
    let dimmed = "[...document.querySelectorAll('[data-mention][data-known]')].some((m) => m.textContent === '四个意识')";
    page.until(dimmed).await?;
    page.click(".toast .undo").await?;
    page.until(&format!("!{dimmed}")).await?;
    page.click(".card .know").await?;
    page.until(dimmed).await?;
    page.go("/").await?;
    page.ready().await?;
    page.until(dimmed).await?;
    page.click(".open-glossary").await?;
    assert!(page.words(".glossary .known").await?.contains("四个意识"));
    page.click(".glossary .known .kept button").await?;
    page.until(&format!("!{dimmed}")).await?;
    page.gone(".glossary .known").await?;
    page.leave().await
}

#[tokio::test]
async fn an_entry_is_copied_with_its_source() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("navigator.clipboard.writeText = async (text) => (window.copied = text)", Vec::new()).await?;
    page.click_mention("四个意识").await?;
    page.click(".card .copy").await?;
    page.until("window.copied?.includes('来源：') && window.copied.includes('1. 政治意识')").await?;
    assert!(page.words(".toast").await?.contains("已复制"));
    page.run("navigator.clipboard.writeText = async () => { throw new Error('no') }", Vec::new()).await?;
    page.click(".card .copy").await?;
    page.until("root.querySelector('.toast')?.textContent.includes('未允许')").await?;
    page.leave().await
}

#[tokio::test]
async fn only_the_first_mention_in_a_paragraph_is_marked_unless_the_reader_wants_others() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let repeated = "[...document.querySelectorAll('[data-block]')].some((block) => {
        const marked = [...block.querySelectorAll('[data-kind=term]:not([data-unmarked])')].map((m) => m.textContent);
        return new Set(marked).size < marked.length })";
    let count = "document.querySelectorAll('[data-kind=term]:not([data-unmarked])').length";
    page.until(&format!("{count} > 20 && !{repeated}")).await?;
    // What is not marked is text, and the card lists it all the same.
    page.until(
        "[...document.querySelectorAll('[data-unmarked]')].every((m) => !m.role && m.tabIndex < 0) &&
         document.querySelector('[data-unmarked]')",
    )
    .await?;
    page.click(".open-glossary").await?;
    page.click(".choices .choice button:nth-child(3)").await?;
    page.until(&format!("!document.querySelector('[data-unmarked]') && {repeated}")).await?;
    page.click(".choices .choice button:nth-child(4)").await?;
    page.until(&format!("{count} === 0")).await?;
    page.go("/").await?;
    page.ready().await?;
    page.until(&format!("{count} === 0 && document.querySelector('[data-unmarked]')")).await?;
    page.leave().await
}

#[tokio::test]
async fn the_whole_glossary_is_searched() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.click(".open-glossary").await?;
    page.until("root.querySelectorAll('.glossary .used .entry').length > 20").await?;
    let field = page.inside(".glossary input").await?;
    for query in ["四个意识", "sigeyishi", "sì gè yìshí", "sgys", "Four Consciousnesses"] {
        field.clear().await?;
        field.send_keys(query).await?;
        page.until("root.querySelector('.glossary .terms b')?.textContent === '四个意识'").await?;
    }
    field.clear().await?;
    field.send_keys("没有这个词").await?;
    page.until("root.querySelector('.glossary [role=status]')?.textContent.includes('没有找到')").await?;
    field.clear().await?;
    field.send_keys("sgys").await?;
    page.click(".glossary .terms .entry").await?;
    page.gone(".glossary").await?;
    assert_eq!(page.words(".card h2").await?, "四个意识");
    page.leave().await
}

#[tokio::test]
async fn a_term_that_the_article_does_not_use_opens_beside_the_panel() -> Outcome {
    let pack =
        Reply::text(JSON, r#"[{"term": "不在文中", "definition": "文中没有。", "english": "elsewhere"}]"#);
    for view in [View::LAPTOP, View::PHONE] {
        let page =
            Page::open(site().with("/", with_packs("pack.json")?).with("/pack.json", pack.clone()), view)
                .await?;
        page.click(".open-glossary").await?;
        // What is found is listed anew as the entries come.
        page.until("root.querySelector('.glossary .pinyin')?.textContent").await?;
        page.inside(".glossary input").await?.send_keys("不在文中").await?;
        page.click(".glossary .terms .entry").await?;
        let card = page.words(".card").await?;
        assert!(card.contains("文中没有。") && card.contains("pack.json"), "{card}");
        page.gone(".card .mentions, .card .take-note").await?;
        press_key(&page, Key::Escape).await?;
        page.gone(".card").await?;
        page.until("root.activeElement?.matches('.glossary .entry')").await?;
        press_key(&page, Key::Escape).await?;
        page.gone(".glossary").await?;
        page.until("root.activeElement?.matches('.open-glossary')").await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_terms_are_listed_by_category_too() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.click(".open-glossary").await?;
    let lines = "root.querySelectorAll('.glossary .used .entry').length";
    let count = page.run(&format!("return {lines}"), Vec::new()).await?;
    page.click(".glossary .section-head .choice button:last-child").await?;
    page.until("root.querySelectorAll('.glossary .used h4').length > 3").await?;
    assert_eq!(page.run(&format!("return {lines}"), Vec::new()).await?, count);
    page.leave().await
}

#[tokio::test]
async fn a_pack_stands_before_the_glossary_and_says_whose_it_is() -> Outcome {
    let pack = json!({ "name": "高二（3）班", "terms": [
        { "term": "四个意识", "definition": "我们班的说法：<b>四</b>条。" },
        { "term": "岁末年初", "definition": "一年的尾巴。" },
    ] });
    let site =
        site().with("/", with_packs("pack.json")?).with("/pack.json", Reply::text(JSON, pack.to_string()));
    let page = Page::open(site, View::LAPTOP).await?;
    page.run("article.annotate({ exact: '岁末年初', color: 'blue', note: '年底' })", Vec::new()).await?;
    page.until("[...document.querySelectorAll('[data-mention]')].some((m) => m.textContent === '岁末年初')")
        .await?;
    // The notes are painted over the new nodes.
    page.until("[...(CSS.highlights.get('bianzhu-blue') ?? [])].map(String).join() === '岁末年初'").await?;
    page.click_mention("四个意识").await?;
    let card = page.words(".card").await?;
    assert!(card.contains("高二（3）班") && card.contains("我们班的说法：<b>四</b>条。"), "{card}");
    page.gone(".card .definition b").await?;
    page.click(".card .close").await?;
    // Words that became a term can still be selected and noted.
    page.select("岁末年初").await?;
    page.click(".toolbar [data-color=pink]").await?;
    page.until("[...(CSS.highlights.get('bianzhu-pink') ?? [])].map(String).join() === '岁末年初'").await?;
    page.leave().await
}

#[tokio::test]
async fn bad_packs_are_named_and_the_page_works_on() -> Outcome {
    let long = "长".repeat(500);
    let rows = json!([
        { "term": "岁末年初", "definition": "好的一行<img src=x onerror=alert(1)>。", "related": ["乙"],
          "sources": [{ "title": "坏", "url": "javascript:alert(1)" }] },
        { "id": "乙", "term": "机构改革动员", "definition": "转圈。", "related": ["岁末年初"] },
        { "term": "", "definition": "没有词。" },
        { "term": long, "definition": "太长。" },
        { "id": "乙", "term": "重号", "definition": "重号。" },
    ]);
    let site = site()
        .with("/", with_packs("missing.json text.json big.json rows.json")?)
        .with("/text.json", Reply::html("<!doctype html><script>document.title = 'broken'</script>"))
        .with("/big.json", Reply::text(JSON, " ".repeat(20 * 1024 * 1024)))
        .with("/rows.json", Reply::text(JSON, rows.to_string()));
    let page = Page::open(site, View::LAPTOP).await?;
    page.until("__seen.events.filter(({ name }) => name === 'error').length === 4").await?;
    let events = page.seen().await?.events("error");
    let message = |file: &str| {
        let mut events = events.iter().filter(|event| event["code"] == "glossary-pack");
        let found =
            events.find_map(|event| event["message"].as_str().filter(|message| message.contains(file)));
        found.unwrap_or_default().to_owned()
    };
    assert!(message("missing.json").contains("404"), "{events:?}");
    assert!(message("text.json").contains("not JSON"), "{events:?}");
    assert!(message("big.json").contains("larger than"), "{events:?}");
    let rows = message("rows.json");
    for named in ["row 1", "javascript", "markup", "row 3", "row 4", "row 5", "乙"] {
        assert!(rows.contains(named) || named == "javascript", "{named} in {rows}");
    }
    page.click_mention("岁末年初").await?;
    let card = page.words(".card").await?;
    assert!(card.contains("好的一行<img src=x onerror=alert(1)>。"), "{card}");
    page.gone(".card img, .card a").await?;
    // Round and round, and no deeper than two.
    for _ in 0..3 {
        page.click(".card .related button").await?;
    }
    page.until("root.querySelectorAll('.trail li').length === 2").await?;
    page.leave().await
}

#[tokio::test]
async fn a_reader_writes_a_term_of_their_own() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.run("window.kept = [...document.querySelectorAll('[data-block], [data-mention]')]", Vec::new())
        .await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .define").await?;
    let field = page.inside(".term-form textarea").await?;
    page.until("root.activeElement?.matches('.term-form textarea')").await?;
    assert_eq!(
        page.run("return root.querySelector('.term-form input').value", Vec::new()).await?,
        "岁末年初"
    );
    field.send_keys("一年将尽、新年将到的时候。").await?;
    page.until("root.querySelector('.term-form .save-state').textContent === '已保存'").await?;
    page.click(".term-form .done").await?;
    page.gone(".term-form").await?;
    // The text was patched, not made anew.
    page.until("[...document.querySelectorAll('[data-mention]')].some((m) => m.textContent === '岁末年初')")
        .await?;
    page.until("kept.every((element) => element.isConnected)").await?;
    page.click_mention("岁末年初").await?;
    let card = page.words(".card").await?;
    assert!(card.contains("我的术语") && card.contains("一年将尽"), "{card}");
    page.click(".card .close").await?;
    // It comes back, goes out with the notes, and in again.
    page.go("/").await?;
    page.ready().await?;
    page.mention("岁末年初").await?;
    let export = page.run("return article.annotations()", Vec::new()).await?;
    assert_eq!(export["urn:bianzhu:terms"][0]["term"], "岁末年初");
    // Edit, delete, no, back.
    page.click_mention("岁末年初").await?;
    page.click(".card .edit").await?;
    page.inside(".term-form textarea").await?.send_keys("改。").await?;
    press_key(&page, Key::Escape).await?;
    page.gone(".term-form").await?;
    page.click(".open-glossary").await?;
    page.click(".glossary .own .delete").await?;
    page.until("![...document.querySelectorAll('[data-mention]')].some((m) => m.textContent === '岁末年初')")
        .await?;
    page.click(".toast .undo").await?;
    page.click(".glossary .close").await?;
    page.click_mention("岁末年初").await?;
    assert!(page.words(".card .definition").await?.ends_with("改。"));
    page.click(".card .close").await?;
    page.run("localStorage.clear()", Vec::new()).await?;
    page.go("/").await?;
    page.ready().await?;
    page.run("article.importAnnotations(arguments[0])", vec![export]).await?;
    page.mention("岁末年初").await?;
    page.leave().await
}

#[tokio::test]
async fn a_term_that_the_browser_does_not_keep_says_so_and_is_there() -> Outcome {
    let full = "<script>Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }</script>";
    let front = std::fs::read_to_string(dist().join("index.html"))?;
    let front = Reply::html(front.replacen("<script", &format!("{full}<script"), 1));
    let page = Page::open(site().with("/", front), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .define").await?;
    page.inside(".term-form textarea").await?.send_keys("年底").await?;
    page.until("root.querySelector('.term-form .save-state').textContent === '未保存'").await?;
    page.click(".term-form .done").await?;
    page.until("root.querySelector('.toast')?.textContent.includes('未能保存')").await?;
    page.click_mention("岁末年初").await?;
    assert_eq!(page.words(".card .definition").await?, "年底");
    // Choices hold as well, until the page is left.
    page.click(".card .know").await?;
    page.until("document.querySelector('[data-mention][data-known]')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_term_without_a_meaning_is_not_kept_and_says_so() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .define").await?;
    page.inside(".term-form input[name=english]").await?.send_keys("x").await?;
    page.inside(".term-form input[name=english]").await?.send_keys(Key::Backspace).await?;
    page.until("root.querySelector('.term-form .save-state').textContent.includes('请写下')").await?;
    page.inside(".term-form textarea").await?.send_keys("年底").await?;
    page.inside(".term-form input[name=term]").await?.clear().await?;
    page.click(".term-form .done").await?;
    page.until("root.querySelector('.term-form .save-state').textContent.includes('1 至 40')").await?;
    page.inside(".term-form input[name=term]").await?.send_keys("岁末").await?;
    page.click(".term-form .done").await?;
    page.gone(".term-form").await?;
    page.leave().await
}

#[tokio::test]
async fn a_finger_taps_and_does_not_hover() -> Outcome {
    let page = Page::open(site(), View::PHONE).await?;
    page.run(
        "const word = [...document.querySelectorAll('[data-mention]')].find((m) => m.textContent === '四个意识');
         word.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, pointerType: 'touch' }))",
        Vec::new(),
    )
    .await?;
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    page.gone(".card").await?;
    page.click_mention("四个意识").await?;
    page.inside(".card[data-sheet] .definition").await?;
    page.leave().await
}
