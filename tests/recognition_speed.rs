//! How fast recognition is in a browser. No check of anything: `cargo xtask bench recognition` runs it.

#![cfg(target_arch = "wasm32")]

use bianzhu::recognition::Recognizer;
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Of each length, how often a text is read; the quickest counts.
const RUNS: usize = 5;

#[wasm_bindgen_test]
fn recognition_in_the_browser() {
    let file = include_bytes!("../data/articles/xinzhou-reform.json");
    let article = bianzhu::article::from_bytes(file).expect("the article");
    let (ready, recognizer) = timed(Recognizer::new);
    console_log!("in Chromium: ready in {ready:.1} ms");
    for len in [2_000, 100_000, 1_000_000] {
        let text: String = article.text().as_str().chars().chain(['\n']).cycle().take(len).collect();
        let mut quickest = f64::INFINITY;
        let mut longest = 0.0_f64;
        for _ in 0..RUNS {
            let (mut total, mut session) = timed(|| recognizer.start(&text));
            loop {
                let (took, done) = timed(|| recognizer.step(&mut session, 4_000));
                (total, longest) = (total + took, longest.max(took));
                if done {
                    break;
                }
            }
            let (took, _) = timed(|| recognizer.finish(session));
            (total, longest) = (total + took, longest.max(took));
            quickest = quickest.min(total);
        }
        let speed = len as f64 / quickest / 1e3;
        console_log!(
            "in Chromium: {len:>9} characters, {speed:.2} Mchar/s; the longest slice {longest:.1} ms"
        );
    }
}

fn timed<T>(what: impl FnOnce() -> T) -> (f64, T) {
    let clock = bianzhu::dom::window().performance().expect("a browser has a clock");
    let start = clock.now();
    let answer = what();
    (clock.now() - start, answer)
}
