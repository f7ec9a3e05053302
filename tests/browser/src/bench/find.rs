//! The notes of an article that was edited since, found again in the page, beside Hypothesis's algorithm.

use super::notes::{ask, median};
use browser_tests::{Outcome, Page, Reply, View, root, site};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;
use xtask::tools;

/// How often each is measured; the medians are shown.
const ROUNDS: usize = 3;

/// Measures both and prints the table.
pub async fn measure() -> Outcome {
    let modules = tools::npm_set(tools::NOTES)?.ok_or("The peers come from npm, which is not on PATH.")?;
    let bundle = root().join("target/bench-notes-find.js");
    tools::bundle(&root().join("benches/notes/find.js"), &bundle, &[&modules])?;
    println!("| article | | time, ms | longest task, ms | right | lost | wrong |");
    println!("|---|---|--:|--:|--:|--:|--:|");
    for (name, kind) in [("varied", "--article"), ("one sentence in most places", "--repetitive")] {
        let made = Command::new(env!("CARGO"))
            .current_dir(root())
            .args(["run", "--quiet", "--release", "--example", "edited_cases", "--", kind, "1"])
            .output()?;
        let notes: Vec<Value> =
            String::from_utf8(made.stdout)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        let text = notes.first().and_then(|note| note["text"].as_str()).ok_or("there is no article")?;
        let html = "<!doctype html><html lang=zh-Hans><meta charset=utf-8><title>find</title><link rel=icon href=data:,>\
            <link rel=stylesheet href=/site.css><main style='margin-inline: 6rem auto; max-width: 42rem'>\
            <bianzhu-article src=/edited.txt article-key=urn:bench:article></bianzhu-article></main>\
            <script type=module src=/bianzhu.js></script><script type=module src=/bench/find.js></script></html>";
        let site = site()
            .with("/find.html", Reply::html(html))
            .with("/edited.txt", Reply::text("text/plain; charset=utf-8", text))
            .with("/bench/find.js", Reply::text("text/javascript; charset=utf-8", fs::read(&bundle)?));
        let mut answers = [Vec::new(), Vec::new()];
        for round in 1..=ROUNDS {
            eprintln!("{name}, round {round} of {ROUNDS}");
            let page = Page::visit(site.clone(), "/find.html", View::LAPTOP).await?;
            page.until("window.bench").await?;
            page.ready().await?;
            page.run("window.notes = arguments[0]", vec![json!(notes)]).await?;
            if page.run("return article.text === notes[0].text", Vec::new()).await? != Value::Bool(true) {
                return Err("the page has another text than the notes are about".into());
            }
            answers[0].push(ask(&page, "bench.ours(notes)").await?);
            answers[1].push(ask(&page, "bench.theirs(notes)").await?);
            page.leave().await?;
        }
        let mut times = Vec::new();
        for (who, answers) in ["Bianzhu", "Hypothesis's algorithm, rebuilt"].into_iter().zip(&answers) {
            let of =
                |name: &str| answers.iter().filter_map(|answer| answer[name].as_f64()).collect::<Vec<_>>();
            let cell = |name: &str| median(&of(name)).unwrap_or(f64::NAN);
            times.push(cell("time"));
            println!(
                "| {name} | {who} | {:.0} | {:.0} | {} | {} | {} |",
                cell("time"),
                cell("longest"),
                cell("right"),
                cell("lost"),
                cell("wrong"),
            );
        }
        println!("| | | {:.1} times | | | | |", times[1] / times[0]);
    }
    Ok(())
}
