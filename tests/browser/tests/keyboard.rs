//! Without a pointer.

use browser_tests::thirtyfour::Key;
use browser_tests::{Engine, Outcome, Page, Reply, View, dist, site};

#[tokio::test]
async fn a_card_opens_and_closes_by_keys_and_gives_the_focus_back() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.mention("郑连生").await?.focus().await?;
    page.driver().action_chain().send_keys(Key::Enter).perform().await?;
    page.inside(".card").await?;
    page.until("root.activeElement?.closest('.card')").await?;
    page.driver().action_chain().send_keys(Key::Escape).perform().await?;
    page.gone(".card").await?;
    page.until("document.activeElement?.textContent === '郑连生'").await?;
    page.driver().action_chain().send_keys(Key::Tab).perform().await?;
    page.until("document.activeElement?.matches('[data-mention]')").await?;
    page.leave().await
}

#[tokio::test]
async fn a_mention_is_a_button_with_its_kind_told() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let mention = page.mention("李俊明").await?;
    assert_eq!(mention.attr("role").await?.as_deref(), Some("button"));
    assert_eq!(mention.attr("aria-description").await?.as_deref(), Some("人物"));
    page.leave().await
}

#[tokio::test]
async fn escape_leaves_a_composer_and_keeps_what_was_written() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?.send_keys("年底事多").await?;
    page.driver().action_chain().send_keys(Key::Escape).perform().await?;
    page.gone("textarea").await?;
    assert!(page.words(".note").await?.contains("年底事多"));
    page.leave().await
}

#[tokio::test]
async fn single_keys_lead_from_mark_to_mark_and_can_be_switched_off() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let press = |key: &str| page.driver().action_chain().send_keys(key);
    press("n").perform().await?;
    page.until("document.activeElement?.textContent === '记者'").await?;
    press("nn").perform().await?;
    page.until("document.activeElement?.textContent === '1 月16日'").await?;
    press("p").perform().await?;
    page.until("document.activeElement?.textContent === '任逢春'").await?;

    // With a card open they stay with what it shows.
    page.click_mention("忻州").await?;
    page.until("root.querySelector('.card .count')?.textContent === '1 / 4'").await?;
    press("n").perform().await?;
    page.until("root.querySelector('.card .count')?.textContent === '2 / 4'").await?;
    press("p").perform().await?;
    page.until("root.querySelector('.card .count')?.textContent === '1 / 4'").await?;
    press(&Key::Escape.value().to_string()).perform().await?;
    page.gone(".card").await?;

    // Typing is no command.
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?.send_keys("open?").await?;
    page.until("root.querySelector('textarea').value === 'open?' && !root.querySelector('.help')").await?;
    page.click(".done").await?;

    press("?").perform().await?;
    assert!(page.words(".help").await?.contains("下一处标记"));
    page.click(".toggle-shortcuts").await?;
    press(&Key::Escape.value().to_string()).perform().await?;
    page.gone(".help").await?;
    page.go("/").await?;
    page.ready().await?;
    press("n").perform().await?;
    press("?").perform().await?;
    assert_eq!(page.run("return document.activeElement.tagName", Vec::new()).await?, "BODY");
    page.gone(".help").await?;
    page.leave().await
}

#[tokio::test]
async fn two_elements_give_the_focus_back_each_to_its_own_place() -> Outcome {
    let front = std::fs::read_to_string(dist().join("index.html"))?;
    let second =
        "<bianzhu-article src=articles/xinzhou-reform.json article-key=second></bianzhu-article></main>";
    let front = front.replacen("</main>", second, 1);
    let page = Page::open(site().with("/", Reply::html(front)), View::LAPTOP).await?;
    page.until("document.querySelectorAll('bianzhu-article')[1].mentions().length").await?;
    let focus = "const [one, other] = document.querySelectorAll('bianzhu-article');
        const panel = (element) => element.shadowRoot.querySelector('.open-panel');";
    page.run(&[focus, "panel(one).focus(); panel(one).click()"].concat(), Vec::new()).await?;
    page.inside(".panel").await?;
    page.run(&[focus, "panel(other).focus(); panel(other).click()"].concat(), Vec::new()).await?;
    page.until("document.querySelectorAll('bianzhu-article')[1].shadowRoot.querySelector('.panel')").await?;
    page.run("root.querySelector('.panel .close').click()", Vec::new()).await?;
    page.until("root.activeElement?.matches('.open-panel')").await?;
    page.leave().await
}

/// The control that has the focus, by its class.
const FOCUSED: &str = "root.activeElement?.className ?? document.activeElement?.textContent";

#[tokio::test]
async fn the_tab_key_leads_from_a_card_back_to_its_words() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.mention("郑连生").await?.focus().await?;
    let press = async |key: Key| page.driver().action_chain().send_keys(key).perform().await;
    press(Key::Enter).await?;
    page.until("root.activeElement?.closest('.card')").await?;
    // Past the last button.
    for _ in 0..12 {
        press(Key::Tab).await?;
        if page.run(&["return ", FOCUSED].concat(), Vec::new()).await? == "郑连生" {
            break;
        }
        page.until("root.activeElement?.closest('.card')").await?;
    }
    page.until("document.activeElement?.textContent === '郑连生'").await?;
    // And before the first. What WebKit's driver sends for Shift and Tab is another key.
    if page.engine() == Engine::WebKit {
        return page.leave().await;
    }
    press(Key::Enter).await?;
    page.until("root.activeElement?.closest('.card')").await?;
    let back = page.driver().action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
    back.perform().await?;
    page.until("document.activeElement?.textContent === '郑连生'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_panel_that_a_key_opened_gives_the_focus_back() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.mention("郑连生").await?.focus().await?;
    let type_key = async |key: &str| page.driver().action_chain().send_keys(key).perform().await;
    for (key, panel) in [("e", ".panel"), ("m", ".notebook"), ("g", ".glossary"), ("?", ".help")] {
        type_key(key).await?;
        page.until(&format!("root.activeElement?.closest('{panel}')")).await?;
        page.driver().action_chain().send_keys(Key::Escape).perform().await?;
        page.gone(panel).await?;
        page.until("document.activeElement?.textContent === '郑连生'").await?;
    }
    // Through one panel to another: back to the words all the same.
    type_key("e").await?;
    page.click(".open-help").await?;
    page.inside(".help").await?;
    page.driver().action_chain().send_keys(Key::Escape).perform().await?;
    page.gone(".help").await?;
    page.until("document.activeElement?.textContent === '郑连生'").await?;
    page.leave().await
}

#[tokio::test]
async fn the_article_can_be_skipped() -> Outcome {
    let after = "<button id=after>之后</button></main>";
    let front = std::fs::read_to_string(dist().join("index.html"))?.replacen("</main>", after, 1);
    let page = Page::open(site().with("/", Reply::html(front)), View::LAPTOP).await?;
    page.run("root.querySelector('.skip').focus()", Vec::new()).await?;
    let press = async |key: Key| page.driver().action_chain().send_keys(key).perform().await;
    press(Key::Enter).await?;
    press(Key::Tab).await?;
    page.until("document.activeElement?.id === 'after'").await?;
    page.leave().await
}

#[tokio::test]
async fn a_dialog_around_the_element_stays_as_escape_closes_a_card() -> Outcome {
    let front = std::fs::read_to_string(dist().join("index.html"))?;
    let front = front.replacen("<main>", "<dialog id=around><main>", 1).replacen(
        "</main>",
        "</main></dialog><script>document.getElementById('around').showModal()</script>",
        1,
    );
    let page = Page::open(site().with("/", Reply::html(front)), View::LAPTOP).await?;
    page.click_mention("四个意识").await?;
    page.inside(".card").await?;
    page.driver().action_chain().send_keys(Key::Escape).perform().await?;
    page.gone(".card").await?;
    page.until("document.getElementById('around').open").await?;
    page.leave().await
}
