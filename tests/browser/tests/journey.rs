//! The main way through the page: read, look up, write, come back, delete, take it back.

use browser_tests::thirtyfour::Key;
use browser_tests::{Outcome, Page, View, site};
use serde_json::Value;

#[tokio::test]
async fn a_reader_looks_up_writes_comes_back_and_deletes() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;

    // Who is it?
    page.click_mention("李俊明").await?;
    let card = page.words(".card").await?;
    assert!(
        card.contains("李俊明") && card.contains("省人大常委会副主任") && card.contains("市委书记"),
        "{card}"
    );
    assert!(card.contains("作动员讲话"), "the card quotes the article: {card}");
    page.click(".card .close").await?;
    page.gone(".card").await?;

    // Where else is the place named?
    page.click_mention("忻州").await?;
    page.until("root.querySelector('.card .count')?.textContent === '1 / 4'").await?;
    page.click(".card .next").await?;
    page.until("root.querySelector('.card .count')?.textContent === '2 / 4'").await?;
    page.click(".card .close").await?;
    page.gone(".card").await?;

    // What does it mean?
    page.click_mention("四个意识").await?;
    let card = page.words(".card").await?;
    for words in ["sì gè yìshí", "政治意识", "看齐意识", "Four Consciousnesses"] {
        assert!(card.contains(words), "{words} in {card}");
    }
    page.click(".card .close").await?;
    page.gone(".card").await?;

    // A note.
    page.select("头绪多、任务重").await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?.send_keys("为什么时间紧？").await?;
    page.inside("input").await?.send_keys("时间").await?;
    page.click(".done").await?;
    page.until("root.querySelector('.note .comment')?.textContent === '为什么时间紧？'").await?;
    let before = painted(&page).await?;
    assert_eq!(before[0], "头绪多、任务重");

    // Come back.
    page.go("/").await?;
    page.ready().await?;
    let note = page.words(".note").await?;
    assert!(
        note.contains("头绪多、任务重") && note.contains("为什么时间紧？") && note.contains("时间"),
        "{note}"
    );
    assert_eq!(painted(&page).await?, before);

    // Away with it; no, back.
    page.click(".note .delete").await?;
    page.gone(".note").await?;
    assert_eq!(painted(&page).await?, Vec::<Value>::new());
    page.click(".toast .undo").await?;
    page.until("root.querySelector('.note .comment')?.textContent === '为什么时间紧？'").await?;
    assert_eq!(painted(&page).await?, before);
    page.go("/").await?;
    page.ready().await?;
    assert_eq!(painted(&page).await?, before);
    page.leave().await
}

#[tokio::test]
async fn undo_and_redo_go_by_the_keys_everybody_knows() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar [data-color=green]").await?;
    page.inside(".note").await?;
    let keys = |shift: bool| {
        let chain = page.driver().action_chain().key_down(Key::Control);
        let chain = if shift { chain.key_down(Key::Shift) } else { chain };
        let chain = chain.send_keys("z").key_up(Key::Control);
        if shift { chain.key_up(Key::Shift) } else { chain }
    };
    keys(false).perform().await?;
    page.gone(".note").await?;
    keys(true).perform().await?;
    page.inside(".note [data-color=green]").await?;
    page.leave().await
}

#[tokio::test]
async fn the_interface_speaks_both_languages() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    assert!(page.words(".bar").await?.contains("本文要素"));
    page.click(".language").await?;
    page.until("root.querySelector('.bar').textContent.includes('In this article')").await?;
    page.click_mention("忻州").await?;
    // That 忻州 lies in 山西 the article does not say.
    let card = page.words(".card").await?;
    assert!(card.contains("Place") && card.contains("山西省") && card.contains("background"), "{card}");
    page.click(".card .close").await?;
    // An office is held; a body has people.
    page.click_mention("市委书记").await?;
    page.until("root.querySelector('.card')?.innerText.includes('Held by')").await?;
    page.click(".card .chip").await?;
    page.until("root.querySelector('.card h2')?.textContent === '市委'").await?;
    let card = page.words(".card").await?;
    assert!(card.contains("People with an office there") && !card.contains("Held by"), "{card}");
    // What a reader chose stays chosen.
    page.go("/").await?;
    page.ready().await?;
    assert!(page.words(".bar").await?.contains("In this article"));
    page.leave().await
}

/// The words under the reader's highlights.
async fn painted(page: &Page) -> Outcome<Vec<Value>> {
    let words = page
        .run(
            "return ['yellow', 'green', 'blue', 'pink']
               .flatMap((color) => [...(CSS.highlights.get(`bianzhu-${color}`) ?? [])].map(String))",
            Vec::new(),
        )
        .await?;
    Ok(words.as_array().cloned().unwrap_or_default())
}
