//! What is marked is the reader's choice.

use browser_tests::{Outcome, Page, View, site};

#[tokio::test]
async fn a_kind_is_hidden_and_shown_and_the_choice_remembered() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    let marked = |kind: &str| {
        format!("document.querySelectorAll('[data-kind={kind}][role=button][tabindex]').length > 0")
    };
    page.click(".open-panel").await?;
    page.click(".panel [data-kind=person] .toggle-kind").await?;
    page.until(&format!("!({})", marked("person"))).await?;
    page.until(&marked("place")).await?;
    // The names are still listed, and lead to their cards.
    page.click(".panel [data-kind=person] .chip").await?;
    page.inside(".card").await?;
    page.click(".card .close").await?;
    page.gone(".card").await?;

    page.go("/").await?;
    page.ready().await?;
    page.until(&format!("!({})", marked("person"))).await?;
    page.click_mention("李俊明").await?;
    page.until("!root.querySelector('.card')").await?;

    page.click(".open-panel").await?;
    page.click(".panel [data-kind=person] .toggle-kind").await?;
    page.until(&marked("person")).await?;
    page.click(".panel .close").await?;
    page.click_mention("李俊明").await?;
    page.inside(".card").await?;
    page.leave().await
}
