//! Without a pointer.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, View, site};

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
