//! How soon a card is there: from the end of the pointer's rest to the frame that shows it, on a
//! processor slowed down four times. Prints the figures; the goal is a median under 50 ms.

use browser_tests::{Outcome, Page, View, site};
use serde_json::json;
use std::time::Duration;

/// How many times slower the processor is.
const SLOWDOWN: u32 = 4;
/// How many cards are opened.
const CARDS: usize = 20;
/// How long the pointer rests before a card opens, in ms.
const REST: f64 = 300.0;

/// Notes when the pointer came over a mention, and when a frame with an open card had been painted.
const WATCH: &str = "
    let over = null;
    window.__opened = [];
    document.addEventListener('pointermove', (event) => {
      const mention = event.target.closest?.('[data-mention]:not([data-unmarked])');
      if (!mention || over?.mention === mention) return;
      over = { mention, time: event.timeStamp };
      const start = over, look = () => {
        if (over !== start) return;
        if (!root.querySelector('.card:popover-open .term, .card:popover-open section')) return requestAnimationFrame(look);
        // This frame paints it; the next task comes after that.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => __opened.push(performance.now() - start.time);
        port2.postMessage(null);
      };
      requestAnimationFrame(look);
    }, true);
    window.__forget = () => (over = null);";

mod embed;
mod find;
mod notes;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    match std::env::args().nth(1).as_deref() {
        Some("embed") => embed::measure().await,
        Some("notes") => match std::env::args().nth(2).as_deref() {
            Some("find") => find::measure().await,
            Some(longest) => notes::measure(longest.parse()?).await,
            None => {
                notes::measure(usize::MAX).await?;
                println!();
                find::measure().await
            }
        },
        _ => card().await,
    }
}

async fn card() -> Outcome {
    let page = Page::open(site(), View::LAPTOP).await?;
    page.until(
        "performance.getEntriesByType('resource').some(({ name }) => name.includes('bianzhu-glossary'))",
    )
    .await?;
    page.devtools("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN })).await?;
    page.run(WATCH, Vec::new()).await?;
    let count = page
        .run(
            "window.__words = [...document.querySelectorAll('[data-mention]:not([data-unmarked])')]; return __words.length",
            Vec::new(),
        )
        .await?;
    let count = count.as_u64().unwrap_or(1) as usize;
    for card in 0..CARDS {
        // Words from all over the article.
        let index = json!(card * count / CARDS);
        page.run(
            "__forget(); __words[arguments[0]].scrollIntoView({ block: 'center' })",
            vec![index.clone()],
        )
        .await?;
        let place = page
            .run(
                "const box = __words[arguments[0]].getClientRects()[0];
                 return [(box.left + box.right) / 2, (box.top + box.bottom) / 2].map(Math.round)",
                vec![index],
            )
            .await?;
        let (x, y) = (place[0].as_i64().unwrap_or_default(), place[1].as_i64().unwrap_or_default());
        page.driver().action_chain().move_to(x, y).perform().await?;
        page.until(&format!("__opened.length > {card}")).await?;
        page.driver().action_chain().move_to(2, 2).perform().await?;
        page.gone(".card").await?;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let opened = page.run("return __opened", Vec::new()).await?;
    let times = opened.as_array().ok_or("no times")?.iter().filter_map(serde_json::Value::as_f64);
    let mut times: Vec<f64> = times.map(|time| time - REST).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        times.get(((times.len() - 1) as f64 * share).round() as usize).copied().unwrap_or_default()
    };
    println!("A card after the pointer's rest, processor {SLOWDOWN} × slower, {} cards, ms:", times.len());
    println!(
        "median {:.1}   least {:.1}   90 % {:.1}   most {:.1}   (goal: median under 50)",
        at(0.5),
        at(0.0),
        at(0.9),
        at(1.0)
    );
    page.leave().await
}
