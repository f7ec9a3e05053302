//! On a phone and a tablet.

use browser_tests::{Outcome, Page, Reply, View, front, site};
use serde_json::Value;

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
        page.click_mention("忻州").await?;
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

#[tokio::test]
async fn the_last_words_of_a_page_are_in_sight_beside_a_sheet() -> Outcome {
    let text = ["会议强调要统筹推进各项工作。".repeat(60), "这次会议在忻州市召开。".into()].join("\n");
    let head = "<!doctype html><html lang=zh-Hans><meta name=viewport content='width=device-width'>
        <style>body { margin: 0 } p { margin: 0 }</style><script type=module src=bianzhu.js></script>";
    let own = format!("{head}<bianzhu-article>{}</bianzhu-article>", text.replace('\n', "<p>"));
    let read = format!("{head}<bianzhu-article src=long.txt></bianzhu-article>");
    let foot = format!("{read}<footer style='height: 45vh'></footer>");
    for page in [own, read, foot] {
        let site =
            site().with("/", Reply::html(page)).with("/long.txt", Reply::text("text/plain", text.clone()));
        let page = Page::open(site, View::PHONE).await?;
        page.run(
            "window.range = () => { const walker = document.createTreeWalker(article, 4); let last;
               while (walker.nextNode()) if (walker.currentNode.data.includes('忻州市')) last = walker.currentNode;
               const range = new Range(), at = last.data.indexOf('忻州市');
               range.setStart(last, at); range.setEnd(last, at + 3); return range.getBoundingClientRect() };
             article.openMention(article.mentions().findIndex(({ text }) => text === '忻州市'))",
            Vec::new(),
        )
        .await?;
        page.inside(".card[data-sheet]").await?;
        page.until(
            "((words, card) => words.top >= 0 && words.bottom <= innerHeight + 1 &&
               (words.bottom <= card.top || words.top >= card.bottom) &&
               document.elementFromPoint((words.left + words.right) / 2, (words.top + words.bottom) / 2) !== article)
             (range(), root.querySelector('.card').getBoundingClientRect())",
        )
        .await?;
        page.until(&in_view(".card")).await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_line_is_as_long_as_a_newspaper_s_and_the_bar_as_the_line() -> Outcome {
    for view in [View::LAPTOP, View::TABLET, View::PHONE] {
        let page = Page::open(site(), view).await?;
        let measured = page
            .run(
                "const text = document.querySelector('.bianzhu-text'), width = text.getBoundingClientRect().width;
                 return [width / parseFloat(getComputedStyle(text).fontSize),
                   root.querySelector('.bar').getBoundingClientRect().width - width,
                   document.documentElement.scrollWidth - innerWidth]",
                Vec::new(),
            )
            .await?;
        let measured: Vec<f64> =
            measured.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        let [characters, wider, sideways] = measured[..] else { return Err("nothing was measured".into()) };
        let most = if view == View::PHONE { 24.0 } else { 37.5 };
        let least = if view == View::PHONE { 18.0 } else { 34.0 };
        assert!((least..=most).contains(&characters), "{}: {characters} characters a line", view.width);
        assert!(wider.abs() < 1.0 && sideways <= 0.0, "{}: {wider}, {sideways}", view.width);
        page.leave().await?;
    }
    Ok(())
}

/// The pieces that the lines of the headline are, and all that words leave whole, in code units.
const HEADLINE: &str =
    "const title = document.querySelector('.bianzhu-text h1'), range = document.createRange();
    const walker = document.createTreeWalker(title, NodeFilter.SHOW_TEXT), starts = [];
    let unit = 0, above;
    for (let node; (node = walker.nextNode());) for (let at = 0; at < node.length; at++, unit++) {
      range.setStart(node, at); range.setEnd(node, at + 1);
      const { top } = range.getBoundingClientRect();
      if (above !== undefined && top > above + 5) starts.push(unit);
      above = top;
    }
    const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(title.textContent)];
    return [title.textContent, starts, words.map((word) => word.index)]";

#[tokio::test]
async fn a_headline_is_broken_between_words() -> Outcome {
    let title = "省委常委会召开会议传达学习习近平总书记重要讲话精神，研究部署安全生产、防汛救灾工作";
    let article = serde_json::json!({ "title": title, "blocks": ["会议强调，要压实责任。"] });
    for width in [390, 768, 1280] {
        let reply = Reply::text("application/json", article.to_string());
        let site = site().with("/", front("long-title.json")?).with("/long-title.json", reply);
        let page = Page::open(site, View { width, ..View::PHONE }).await?;
        let read = page.run(HEADLINE, Vec::new()).await?;
        assert_eq!(read[0], title);
        let (starts, words) = (read[1].as_array(), read[2].as_array());
        let starts = starts.ok_or("the lines")?;
        assert!(width > 768 || !starts.is_empty(), "at {width} px the headline has several lines");
        for start in starts {
            assert!(words.ok_or("the words")?.contains(start), "at {width} px a word is cut at {start}");
        }
        nothing_scrolls_sideways(&page).await?;
        page.leave().await?;
    }
    Ok(())
}
