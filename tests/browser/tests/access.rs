//! What axe-core finds in every state, in both colour schemes: nothing.

use browser_tests::{Engine, Outcome, Page, View, site};
use serde_json::{Value, json};

/// The faults that axe-core finds in the page as it is now, one a line.
async fn faults(page: &Page) -> Outcome<Vec<String>> {
    let script = "const done = arguments[0];
        axe.run(document).then(({ violations }) => done(violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`))),
          (error) => done([String(error)]))";
    let found: Value = page.driver().execute_async(script, Vec::new()).await?.json().clone();
    let found = found.as_array().cloned().unwrap_or_default();
    Ok(found.iter().filter_map(|fault| fault.as_str().map(str::to_owned)).collect())
}

#[tokio::test]
async fn no_state_keeps_anybody_out() -> Outcome {
    let Some(script) = browser_tests::axe()? else { return Ok(()) };
    let mut found = Vec::new();
    for view in [View::LAPTOP, View::PHONE] {
        for dark in [false, true] {
            let page = Page::open(site(), View { dark, ..view }).await?;
            page.driver().execute(script.as_str(), Vec::new()).await?;
            let mut look = async |state: &str| -> Outcome {
                // Nothing half faded in.
                page.run("document.getAnimations().forEach((animation) => animation.finish())", Vec::new())
                    .await?;
                let scheme = if dark { "dark" } else { "light" };
                found.extend(
                    faults(&page)
                        .await?
                        .into_iter()
                        .map(|fault| format!("{} {scheme} {state}: {fault}", view.width)),
                );
                Ok(())
            };
            look("article").await?;
            page.run(
                "article.annotate({ exact: '李俊明作动员讲话', note: '书记讲话', tags: ['人物'] });
                 for (const [exact, color] of [['岁末年初', 'pink'], ['任务重', 'green'], ['既要挂帅又要出征', 'blue']])
                   article.annotate({ exact, color, note: exact });
                 article.openNote(article.annotations().items[0].id)",
                Vec::new(),
            )
            .await?;
            page.inside("[part~=note] .edit").await?;
            look("note").await?;
            page.click("[part~=note] .edit").await?;
            page.inside("textarea").await?;
            look("composer").await?;
            page.click(".done").await?;
            if view.width < 900 {
                page.click("[part~=note] .close").await?;
                page.inside(".marker").await?;
                look("markers").await?;
            }
            page.run(
                "article.openMention(article.mentions().findIndex((one) => one.text === '忻州'))",
                Vec::new(),
            )
            .await?;
            page.inside(".card").await?;
            look("card").await?;
            page.click(".card .close").await?;
            page.run(
                "article.openMention(article.mentions().findIndex((one) => one.text === '四个意识'))",
                Vec::new(),
            )
            .await?;
            page.inside(".card .definition").await?;
            look("term").await?;
            page.click(".card .close").await?;
            page.click_mention("李俊明").await?;
            page.inside(".chooser").await?;
            look("chooser").await?;
            page.click(".chooser [role=menuitem]:first-child").await?;
            page.click(".card .close").await?;
            page.run("scrollTo(0, 0)", Vec::new()).await?;
            for (state, opener) in
                [("contents", ".open-panel"), ("notebook", ".open-notes"), ("glossary", ".open-glossary")]
            {
                page.click(opener).await?;
                page.inside(".panel").await?;
                look(state).await?;
                page.click(".panel .close").await?;
                page.gone(".panel").await?;
            }
            page.driver().action_chain().send_keys("?").perform().await?;
            page.inside(".help").await?;
            look("help").await?;
            page.go("/library.html").await?;
            page.ready().await?;
            page.driver().execute(script.as_str(), Vec::new()).await?;
            page.inside(".library .nothing").await?;
            look("library, empty").await?;
            page.inside(".library textarea").await?.send_keys("一篇短文：改革。").await?;
            page.click(".library .primary").await?;
            page.inside(".open-library").await?;
            look("text").await?;
            page.click(".open-library").await?;
            page.inside(".library li").await?;
            look("library").await?;
            page.leave().await?;
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n"));
    Ok(())
}

/// Only DevTools forces colours.
#[tokio::test]
async fn where_colours_are_forced_what_is_chosen_and_what_is_marked_is_seen() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    if page.engine() != Engine::Chromium {
        return page.leave().await;
    }
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    page.devtools("Emulation.setEmulatedMedia", forced).await?;
    page.run("article.annotate({ exact: '岁末年初' }); article.annotate({ exact: '任务重' })", Vec::new())
        .await?;
    page.click(".open-notes").await?;
    page.click(".note-rows .pick").await?;
    page.until(
        "((shown) => shown.length === 2 && shown[0] && !shown[1])
           ([...root.querySelectorAll('.note-rows .tick')].map((tick) => {
             const range = document.createRange();
             range.selectNodeContents(tick);
             return range.getBoundingClientRect().width > 0 }))",
    )
    .await?;
    page.click(".panel .close").await?;
    page.click(".open-glossary").await?;
    page.until(
        "((chosen, selected) => {
           selected.style.cssText = 'forced-color-adjust: none; background: SelectedItem; color: SelectedItemText';
           document.body.append(selected);
           const [is, wanted] = [chosen, selected].map((element) =>
             ((style) => style.color + style.backgroundColor)(getComputedStyle(element)));
           selected.remove();
           return is === wanted })
           (root.querySelector('.panel [aria-pressed=true]'), document.createElement('p'))",
    )
    .await?;
    page.click(".panel .close").await?;
    page.until(
        "['person', 'organization', 'place', 'term'].every((kind) =>
           ((mention) => mention && getComputedStyle(mention).textDecorationLine.includes('underline'))
             (document.querySelector(`[data-mention][data-kind=${kind}]`)))",
    )
    .await?;
    page.leave().await
}
