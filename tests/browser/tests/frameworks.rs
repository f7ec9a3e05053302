//! In pages that React and Vue render: what they render again, they find as they left it.

use browser_tests::{Outcome, Page, Reply, Site, View, dist, root, site};
use std::fs;
use xtask::package::assemble;
use xtask::tools;

/// A page that a framework renders, with one way in; `None` without npm.
fn with_framework(script: &str, way: &str) -> Outcome<Option<Site>> {
    let Some(modules) = tools::npm_set(tools::FRAMEWORKS)? else {
        eprintln!("SKIPPED: React and Vue come from npm, which is not on PATH.");
        return Ok(None);
    };
    let home = root().join("target/package-tests").join(format!("{script}-{way}"));
    let package = assemble(&dist(), &home)?;
    // A package is found by its folder's name.
    let own = home.join("node_modules");
    if own.exists() {
        fs::remove_dir_all(&own)?;
    }
    fs::create_dir_all(&own)?;
    fs::rename(&package.npm, own.join("bianzhu"))?;
    let out = home.join("app.js");
    tools::bundle(&root().join("tests/browser/frameworks").join(script), &out, &[&own, &modules])?;
    let html = format!(
        "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>试</title>\
         <main id=app></main><script>window.way = '{way}'</script><script type=module src=app.js></script>"
    );
    let site =
        site().with("/", Reply::html(html)).with("/app.js", Reply::text("text/javascript", fs::read(&out)?));
    Ok(Some(site))
}

const SCRIPTS: [&str; 2] = ["react.jsx", "vue.js"];

#[tokio::test]
async fn an_article_of_its_own_comes_by_attributes_and_events() -> Outcome {
    for script in SCRIPTS {
        let Some(site) = with_framework(script, "own")? else { return Ok(()) };
        let text = "云溪县召开机构改革动员会\n县委书记周启明讲话。";
        let site = site.with("/other.txt", Reply::text("text/plain", text));
        let page = Page::open(site, View::LAPTOP).await?;
        page.until("Number(document.querySelector('#own').dataset.found) > 80").await?;
        let key = "article.annotate({ exact: '忻州' }); return article.annotations().items[0].target.source";
        assert_eq!(page.run(key, Vec::new()).await?, "urn:test:own", "{script}");
        // Another article, by the framework's own way.
        page.run("readAt('other.txt')", Vec::new()).await?;
        page.until(
            "article.text.startsWith('云溪县') && Number(document.querySelector('#own').dataset.found) < 10",
        )
        .await?;
        page.leave().await?;
    }
    Ok(())
}

#[tokio::test]
async fn the_site_s_markup_is_rendered_again_and_read_again() -> Outcome {
    for script in SCRIPTS {
        let Some(site) = with_framework(script, "site")? else { return Ok(()) };
        let page = Page::open(site, View::LAPTOP).await?;
        page.until("article.mentions().some(({ text }) => text === '周启明')").await?;
        page.run("article.annotate({ exact: '周启明', note: '书记' })", Vec::new()).await?;
        page.inside(".note, .marker").await?;
        // More, other and fewer words, and the note keeps its place.
        page.run("page.setCount(3)", Vec::new()).await?;
        page.until("article.text.includes('队伍不散')").await?;
        page.run("page.setDay(13)", Vec::new()).await?;
        page.until("article.text.includes('13日')").await?;
        page.until("CSS.highlights.get('bianzhu-yellow')?.size === 1").await?;
        page.run("page.setCount(1)", Vec::new()).await?;
        page.until("!article.text.includes('周启明')").await?;
        page.run("page.setCount(3)", Vec::new()).await?;
        page.until("article.text.includes('周启明') && CSS.highlights.get('bianzhu-yellow')?.size === 1")
            .await?;
        let same = "return [...document.querySelectorAll('#site p')].map((one) => one.textContent).length";
        assert_eq!(page.run(same, Vec::new()).await?, 3, "{script}");
        // Taken out and put in again by the framework.
        page.run("page.setShown(false)", Vec::new()).await?;
        page.until(
            "!document.querySelector('bianzhu-article') && !(CSS.highlights.get('bianzhu-yellow')?.size > 0)",
        )
        .await?;
        page.run("page.setShown(true)", Vec::new()).await?;
        page.ready().await?;
        page.until("article.mentions().some(({ text }) => text === '周启明')").await?;
        page.leave().await?;
    }
    Ok(())
}
