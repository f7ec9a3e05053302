//! On a phone and a tablet.

use browser_tests::{Outcome, Page, View, site};

/// Whether a box of the interface lies wholly in the viewport.
const IN_VIEW: &str = "((box) => box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight + 1 &&
    box.right <= innerWidth + 1)(root.querySelector('SELECTOR').getBoundingClientRect())";

fn in_view(selector: &str) -> String {
    IN_VIEW.replace("SELECTOR", selector)
}

async fn nothing_scrolls_sideways(page: &Page) -> Outcome {
    page.until("document.documentElement.scrollWidth <= innerWidth").await
}

#[tokio::test]
async fn nothing_scrolls_sideways_and_cards_are_sheets() -> Outcome {
    for view in [View::PHONE, View::TABLET] {
        let page = Page::open(site(), view).await?;
        nothing_scrolls_sideways(&page).await?;
        page.mention("忻州").await?.click().await?;
        page.inside(".card[data-sheet]").await?;
        page.until(&in_view(".card")).await?;
        // The title is to be seen, and nothing of the sheet lies over it.
        page.until(
            "((title) => { const box = title.getBoundingClientRect();
               return root.elementFromPoint(box.left + 4, (box.top + box.bottom) / 2) === title })
             (root.querySelector('.card h2'))",
        )
        .await?;
        nothing_scrolls_sideways(&page).await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_card_leaves_the_words_it_explains_in_sight() -> Outcome {
    for view in [View::PHONE, View::TABLET, View::LAPTOP] {
        let page = Page::open(site(), view).await?;
        for words in ["李俊明", "四个意识", "市委书记"] {
            page.run(
                "const found = article.mentions().findIndex((mention) => mention.text === arguments[0]);
                 article.openMention(found)",
                vec![words.into()],
            )
            .await?;
            page.inside(".card").await?;
            page.until(&format!(
                "((words, card) => words.bottom <= card.top || words.top >= card.bottom ||
                   words.right <= card.left || words.left >= card.right)
                 ([...document.querySelectorAll('[data-mention]')].find((m) => m.textContent === '{words}')
                   .getBoundingClientRect(), root.querySelector('.card').getBoundingClientRect())"
            ))
            .await?;
        }
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_note_opens_as_a_sheet() -> Outcome {
    let page = Page::open(site(), View::PHONE).await?;
    page.run(
        "window.id = article.annotate({ exact: '岁末年初', note: '年底' }); article.openNote(id)",
        Vec::new(),
    )
    .await?;
    let sheet = page.words("[part~=note]").await?;
    assert!(sheet.contains("岁末年初") && sheet.contains("年底"), "{sheet}");
    page.until(&in_view("[part~=note]")).await?;
    nothing_scrolls_sideways(&page).await?;
    page.click("[part~=note] .close").await?;
    page.gone("[part~=note]").await?;
    page.leave().await
}

#[tokio::test]
async fn the_sheet_leaves_the_words_that_are_noted_in_sight() -> Outcome {
    let page = Page::open(site(), View::PHONE).await?;
    page.select("岁末年初").await?;
    page.click(".toolbar .comment").await?;
    page.inside("textarea").await?;
    page.until(
        "((words, sheet) => words.top >= 0 && words.bottom <= sheet.top)
         ([...CSS.highlights.get('bianzhu-yellow')][0].getBoundingClientRect(),
          root.querySelector('[part~=note]').getBoundingClientRect())",
    )
    .await?;
    page.leave().await
}
