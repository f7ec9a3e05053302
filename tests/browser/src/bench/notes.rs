//! Many notes on a long article: here, with a peer and with the engine's own highlights alone, each on the same
//! article with the same notes, in one run.

use browser_tests::{Outcome, Page, Reply, Site, View, dist, root};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use xtask::tools;

/// How often each is measured; the medians are shown.
const ROUNDS: usize = 3;
/// How long one of them may take for anything.
const PATIENCE: Duration = Duration::from_secs(300);
/// Characters of the article, and how many notes it is given.
const SIZES: [(usize, &[usize]); 3] =
    [(2_000, &[100, 1_000]), (100_000, &[100, 1_000, 10_000]), (1_000_000, &[100, 1_000, 10_000])];

/// Who is measured.
pub struct Contender {
    name: &'static str,
    script: &'static str,
    query: &'static str,
}

const OURS: usize = 0;
const BARE: usize = 3;
const CONTENDERS: [Contender; 4] = [
    Contender { name: "Bianzhu", script: "bianzhu", query: "" },
    Contender { name: "recogito 4.1.1, highlights", script: "recogito", query: "?renderer=CSS_HIGHLIGHTS" },
    Contender { name: "recogito 4.1.1, spans", script: "recogito", query: "?renderer=SPANS" },
    Contender { name: "`Highlight` alone", script: "highlight", query: "" },
];

/// What was measured of one contender on one article with so many notes; times in ms, sizes in bytes.
#[derive(Clone, Debug, Default)]
struct Figures {
    load: Vec<f64>,
    work: Vec<f64>,
    add: Vec<f64>,
    click: Vec<f64>,
    frame: Vec<f64>,
    worst: Vec<f64>,
    heap: Vec<f64>,
}

/// Measures all and prints the table.
pub async fn measure(longest: usize) -> Outcome {
    let modules = tools::npm_set(tools::NOTES)?.ok_or("The peers come from npm, which is not on PATH.")?;
    let site = pages(&modules)?;
    println!(
        "| characters | notes | | shown, ms | busy, ms | one more, ms | a click's scripts, ms | scrolling: median, worst, ms | heap, MB |"
    );
    println!("|--:|--:|---|--:|--:|--:|--:|--:|--:|");
    let mut verdicts = Vec::new();
    for (chars, counts) in SIZES.into_iter().filter(|(chars, _)| *chars <= longest) {
        for &count in counts {
            let mut all = vec![Figures::default(); CONTENDERS.len()];
            for round in 0..ROUNDS {
                for (contender, figures) in CONTENDERS.iter().zip(&mut all) {
                    eprintln!(
                        "{chars} characters, {count} notes, round {} of {ROUNDS}: {}",
                        round + 1,
                        contender.name
                    );
                    one(contender, &site, chars, count, round == 0, figures).await?;
                }
            }
            for (contender, figures) in CONTENDERS.iter().zip(&all) {
                println!("{}", figures.row(chars, count, contender.name));
            }
            verdicts.push(verdict(chars, count, &all));
        }
    }
    println!("\n{}", verdicts.join("\n"));
    Ok(())
}

/// One loading of one contender.
async fn one(
    contender: &Contender,
    site: &Site,
    chars: usize,
    count: usize,
    is_first: bool,
    figures: &mut Figures,
) -> Outcome {
    let path = format!("/{}-{chars}.html{}", contender.script, contender.query);
    let page = Page::visit(site.clone(), &path, View::LAPTOP).await?;
    page.until("window.bench").await?;
    ask(&page, "bench.ready()").await?;
    ask(&page, "bench.quiet()").await?;
    let seen = ask(&page, &format!("bench.prepare({count})")).await?;
    ask(&page, "bench.quiet()").await?;
    let before = picture(&page).await?;
    let worked = work(&page).await?;
    let Ok(load) = ask(&page, &format!("bench.load({seen})")).await else {
        eprintln!("{} has not shown its notes within {} s", contender.name, PATIENCE.as_secs());
        return Ok(());
    };
    ask(&page, "bench.quiet()").await?;
    figures.work.push(work(&page).await? - worked);
    figures.load.push(number(&load).ok_or_else(|| format!("{} does not show its notes", contender.name))?);
    if is_first {
        let census = ask(&page, "bench.census()").await?;
        let (painted, all) = (number(&census[0]).unwrap_or(0.0), number(&census[1]).unwrap_or(0.0));
        let pair = json!([before, picture(&page).await?]).to_string();
        let differing = number(&ask(&page, &format!("bench.differing(...{pair})")).await?).unwrap_or(0.0);
        // The least that a note takes is two characters of 16 px.
        if painted < all * 0.9 || differing < all.min(100.0) * 100.0 {
            let name = contender.name;
            return Err(format!("{name} paints {painted} of {all} notes, {differing} pixels").into());
        }
    }
    let aim = ask(&page, "bench.aim()").await?;
    if let (Some(x), Some(y)) = (aim[0].as_f64(), aim[1].as_f64()) {
        // What a contender does once the reader comes near at all is not the click's.
        page.driver().action_chain().move_to(x as i64, y as i64 - 40).perform().await?;
        ask(&page, "bench.quiet()").await?;
        let scripts = metric(&page, "ScriptDuration").await?;
        page.driver().action_chain().move_to(x as i64, y as i64).click().perform().await?;
        if ask(&page, "bench.opened()").await? == Value::Bool(true) {
            figures.click.push((metric(&page, "ScriptDuration").await? - scripts) * 1000.0);
        }
    }
    ask(&page, "bench.quiet()").await?;
    figures.add.extend(number(&ask(&page, "bench.add()").await?));
    ask(&page, "bench.quiet()").await?;
    let frames = ask(&page, "bench.scroll()").await?;
    let frames: Vec<f64> = frames.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    if !frames.is_empty() {
        figures.worst.push(frames.iter().copied().fold(0.0, f64::max));
        figures.frame.push(median(&frames).unwrap_or(0.0));
    }
    page.devtools("HeapProfiler.collectGarbage", json!({})).await?;
    figures.heap.push(metric(&page, "JSHeapUsedSize").await? + super::embed::memory(&page).await?);
    page.leave().await
}

impl Figures {
    fn row(&self, chars: usize, count: usize, name: &str) -> String {
        let cell = |values: &[f64], digits: usize| {
            median(values).map_or_else(|| "–".to_owned(), |value| format!("{value:.digits$}"))
        };
        format!(
            "| {} | {} | {name} | {} | {} | {} | {} | {}, {} | {:.1} |",
            thousands(chars),
            thousands(count),
            cell(&self.load, 0),
            cell(&self.work, 0),
            cell(&self.add, 0),
            cell(&self.click, 1),
            cell(&self.frame, 1),
            cell(&self.worst, 0),
            median(&self.heap).unwrap_or(0.0) / 1e6,
        )
    }
}

/// How many times as long the others take to show their notes.
fn verdict(chars: usize, count: usize, all: &[Figures]) -> String {
    let load = |at: usize| median(&all[at].load).unwrap_or(f64::NAN);
    let peer = load(1).min(load(2));
    let click = median(&all[OURS].click).unwrap_or(f64::NAN);
    format!(
        "{} characters, {} notes: the faster peer takes {:.1} times as long as here; here it is {:.1} times the bare \
         highlight's; a click {click:.1} ms.",
        thousands(chars),
        thousands(count),
        peer / load(OURS),
        load(OURS) / load(BARE),
    )
}

/// The value of a promise of the page, waited for as long as it takes.
pub async fn ask(page: &Page, expression: &str) -> Outcome<Value> {
    // In a task of its own: the driver waits for a script that is busy less long than is waited here.
    let start = format!(
        "window.__answer = undefined;
         setTimeout(() => (async () => {expression})().then((value) => (window.__answer = [value ?? null]), (error) => (window.__answer = String(error))))"
    );
    page.run(&start, Vec::new()).await?;
    let started = Instant::now();
    loop {
        // A page that is busy for long does not answer at all.
        match page.run("return window.__answer", Vec::new()).await.unwrap_or_default() {
            Value::Array(answer) => return Ok(answer.into_iter().next().unwrap_or_default()),
            Value::String(error) => return Err(error.into()),
            _ if started.elapsed() > PATIENCE => return Err(format!("no answer to {expression:.80}").into()),
            // Asking is work too.
            _ => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// How long the page's thread has been at work, in ms.
async fn work(page: &Page) -> Outcome<f64> {
    Ok(metric(page, "TaskDuration").await? * 1000.0)
}

async fn metric(page: &Page, name: &str) -> Outcome<f64> {
    // In the processor's time: other work of the machine is not the page's.
    page.devtools("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
    let metrics = page.driver().cdp().send_raw("Performance.getMetrics", json!({})).await?;
    let metrics = metrics["metrics"].as_array().cloned().unwrap_or_default();
    let found = metrics.iter().find(|metric| metric["name"] == name);
    Ok(found.and_then(|metric| metric["value"].as_f64()).unwrap_or_default())
}

async fn picture(page: &Page) -> Outcome<Value> {
    let picture = page.driver().cdp().send_raw("Page.captureScreenshot", json!({ "format": "png" })).await?;
    Ok(picture["data"].clone())
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64()
}

pub fn median(values: &[f64]) -> Option<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}

/// A number with a comma between thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|part| str::from_utf8(part).ok()).collect();
    parts.join(",")
}

/// The pages of all contenders, and what they load.
fn pages(modules: &Path) -> Outcome<Site> {
    let mut site = Site::new(dist());
    for (chars, _) in SIZES {
        let paragraphs: String = article(chars)?.iter().map(|text| format!("<p>{text}</p>\n")).collect();
        for script in ["bianzhu", "recogito", "highlight"] {
            let (before, after) = match script {
                "bianzhu" => (
                    "<bianzhu-article storage=memory article-key=urn:bench:article>",
                    "</bianzhu-article><script type=module src=/bianzhu.js></script>",
                ),
                _ => ("", ""),
            };
            let html = format!(
                "<!doctype html><html lang=zh-Hans><meta charset=utf-8><meta name=viewport content='width=device-width'>\
                 <title>notes</title><link rel=icon href=data:,><link rel=stylesheet href=/site.css>\
                 <link rel=stylesheet href=/recogito.css><style>::highlight(yellow) {{ background: #ffe89a }}\
                 ::highlight(green) {{ background: #c9ecc4 }} ::highlight(blue) {{ background: #c8e2ff }}\
                 ::highlight(pink) {{ background: #ffd3df }}</style><body><main style='max-width: 42rem; \
                 margin-inline: 6rem auto'>{before}<article>{paragraphs}</article>{after}</main>\
                 <script type=module src=/bench/{script}.js></script></html>"
            );
            site = site.with(&format!("/{script}-{chars}.html"), Reply::html(html));
        }
    }
    for script in ["bianzhu", "recogito", "highlight"] {
        let bundle = root().join(format!("target/bench-notes-{script}.js"));
        tools::bundle(&root().join(format!("benches/notes/{script}.js")), &bundle, &[modules])?;
        site = site.with(
            &format!("/bench/{script}.js"),
            Reply::text("text/javascript; charset=utf-8", fs::read(&bundle)?),
        );
    }
    let sheet = modules.join("@recogito/text-annotator/dist/text-annotator.css");
    Ok(site.with("/recogito.css", Reply::text("text/css; charset=utf-8", fs::read(sheet)?)))
}

/// Paragraphs of sentences of the article in this repository, in another order and with other numbers.
fn article(chars: usize) -> Outcome<Vec<String>> {
    let article: Value =
        serde_json::from_str(&fs::read_to_string(dist().join("articles/xinzhou-reform.json"))?)?;
    let blocks = article["blocks"].as_array().ok_or("the article has no blocks")?;
    let text: String = blocks.iter().filter_map(Value::as_str).collect();
    let sentences: Vec<&str> = text.split_inclusive('。').collect();
    let mut seed = 7u64;
    let mut below = |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    let (mut paragraphs, mut written) = (Vec::new(), 0);
    while written < chars {
        let mut paragraph = String::new();
        for _ in 0..2 + below(4) {
            let sentence = sentences[below(sentences.len())];
            paragraph.extend(
                sentence
                    .chars()
                    .map(|c| if c.is_ascii_digit() { char::from(b'0' + below(10) as u8) } else { c }),
            );
        }
        let rest: String = paragraph.chars().take(chars - written).collect();
        written += rest.chars().count() + 1;
        paragraphs.push(rest);
    }
    Ok(paragraphs)
}
