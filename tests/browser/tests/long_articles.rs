//! An article of a whole book: it can be read at once, and the page answers while it is recognised.

use browser_tests::{Outcome, Page, View, site};
use xtask::server::Reply;

const PARAGRAPH: &str = "会议指出,市委副书记、市长郑连生主持会议。忻州的改革发展稳定还要继续爬坡过坎,\
    要牢记“四个意识”,省委办公厅印发了关于深化机构改革的实施方案,全市今年新建学校12所。";

#[tokio::test]
async fn it_comes_a_part_at_a_time_and_whole_in_the_end() -> Outcome {
    let count = 3_000;
    let text = vec![PARAGRAPH; count].join("\n");
    let page_text = "<!doctype html><meta charset=utf-8><script type=module src=bianzhu.js></script>
        <script>new PerformanceObserver((list) => (window.longest = Math.max(window.longest ?? 0,
          ...list.getEntries().map((entry) => entry.duration)))).observe({ type: 'longtask', buffered: true });
        </script><bianzhu-article src=book.txt></bianzhu-article>";
    let site = site()
        .with("/book.html", Reply::html(page_text))
        .with("/book.txt", Reply::text("text/plain; charset=utf-8", text.clone()));
    let page = Page::visit(site, "/book.html", View::LAPTOP).await?;
    // The first paragraphs can be read before all is recognised.
    page.until("document.querySelector('[data-block]')").await?;
    page.ready().await?;
    assert_eq!(page.run("return article.text", Vec::new()).await?, text);
    let there = page
        .run(
            "const last = [...document.querySelectorAll('[data-block]')].at(-1);
             return [document.querySelectorAll('[data-block]').length, last.textContent,
               [...last.querySelectorAll('[data-kind=person]')].map((name) => name.textContent).join()]",
            Vec::new(),
        )
        .await?;
    assert_eq!(there, serde_json::json!([count, PARAGRAPH, "郑连生"]));
    // What the reader chooses is so for the whole of it.
    page.click(".open-panel").await?;
    page.click(".panel [data-kind=person] .toggle-kind").await?;
    let names = "[...document.querySelectorAll('[data-kind=person]')]";
    page.until(&format!("{names}.every((name) => !name.role && name.dataset.unmarked === '')")).await?;
    page.click(".panel [data-kind=person] .toggle-kind").await?;
    page.until(&format!("{names}.every((name) => name.role === 'button' && !('unmarked' in name.dataset))"))
        .await?;
    let longest = page.run("return window.longest ?? 0", Vec::new()).await?;
    println!("the longest task took {longest} ms");
    page.leave().await
}
