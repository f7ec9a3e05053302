//! Recognition beside jieba-rs's `tag`, in the same run: `cargo xtask bench recognition [FILE]`.
//!
//! Both read the same texts, of 2,000, 100,000 and 1,000,000 characters; FILE is repeated to that length, and is
//! the article of the page where none is given. A text is read again and again for a second; the quickest counts.

use bianzhu::recognition::Recognizer;
use jieba_rs::Jieba;
use std::hint::black_box;
use std::time::{Duration, Instant};

const ARTICLE: &str = include_str!("../../../data/articles/xinzhou-reform.json");

fn main() {
    let source = match std::env::args().nth(1) {
        Some(path) => match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{path} cannot be read: {error}.");
                std::process::exit(1);
            }
        },
        None => match bianzhu::article::from_bytes(ARTICLE.as_bytes()) {
            Ok(article) => format!("{}\n", article.text().as_str()),
            Err(error) => {
                eprintln!("The article cannot be read: {error}.");
                std::process::exit(1);
            }
        },
    };
    let (ours, recognizer) = timed(Recognizer::new);
    let (theirs, jieba) = timed(Jieba::new);
    println!("ready: recognition {ours:.1?}, jieba-rs {theirs:.1?}");
    println!(
        "{:>10} {:>14} {:>14} {:>7} {:>10}",
        "characters", "recognition", "jieba-rs tag", "ratio", "mentions"
    );
    for len in [2_000, 100_000, 1_000_000] {
        let text: String = source.chars().cycle().take(len).collect();
        let mentions = recognizer.recognize(&text).mentions.len();
        let ours = speed(len, || {
            black_box(recognizer.recognize(black_box(&text)));
        });
        let theirs = speed(len, || {
            black_box(jieba.tag(black_box(&text), true));
        });
        let ratio = ours / theirs;
        println!("{len:>10} {ours:>7.2} Mchar/s {theirs:>7.2} Mchar/s {ratio:>6.1}x {mentions:>10}");
    }
    slices(&recognizer, &source.chars().cycle().take(1_000_000).collect::<String>());
}

/// The longest slice of a text of a million characters.
fn slices(recognizer: &Recognizer, text: &str) {
    const BUDGET: usize = 20_000;
    let mut session = recognizer.start(text);
    let (mut longest, mut count) = (Duration::ZERO, 0);
    loop {
        let (took, done) = timed(|| recognizer.step(&mut session, BUDGET));
        (longest, count) = (longest.max(took), count + 1);
        if done {
            break;
        }
    }
    let (last, _) = timed(|| recognizer.finish(session));
    println!("in slices of {BUDGET}: {count} slices, the longest {longest:.1?}; facts at the end {last:.1?}");
}

fn timed<T>(what: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let answer = what();
    (start.elapsed(), answer)
}

/// Million characters a second, of the quickest run.
fn speed(len: usize, mut what: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut quickest = Duration::MAX;
    while start.elapsed() < Duration::from_secs(1) || quickest == Duration::MAX {
        quickest = quickest.min(timed(&mut what).0);
    }
    len as f64 / quickest.as_secs_f64() / 1e6
}
