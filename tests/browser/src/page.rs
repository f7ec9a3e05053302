//! [`Page`]: the newspaper page in a window, and what a reader does there.

use crate::driver::bare_window;
use crate::{Driver, Engine, Outcome, Site, View};
use serde_json::{Value, json};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use xtask::server::serve;

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the page's own eyes saw, from before its first script.
#[derive(Clone, Debug)]
pub struct Seen(Value);

impl Seen {
    /// Uncaught errors and rejections.
    pub fn errors(&self) -> &[Value] {
        self.0["errors"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Violations of the content security policy, Trusted Types among them.
    pub fn violations(&self) -> &[Value] {
        self.0["violations"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// The details of the element's events of this name.
    pub fn events(&self, name: &str) -> Vec<Value> {
        let all = self.0["events"].as_array().map(Vec::as_slice).unwrap_or_default();
        all.iter().filter(|event| event["name"] == name).map(|event| event["detail"].clone()).collect()
    }
}

const WATCH: &str = r#"
    const seen = (window.__seen = { errors: [], violations: [], events: [] });
    addEventListener("error", (event) => seen.errors.push(String(event.message)));
    addEventListener("unhandledrejection", (event) => seen.errors.push(String(event.reason)));
    addEventListener("securitypolicyviolation", (event) =>
      seen.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
    for (const name of ["ready", "change", "error"])
      addEventListener(`bianzhu:${name}`, ({ detail }) => seen.events.push({ name, detail }));
"#;

/// A page in a window of its own.
#[derive(Debug)]
pub struct Page {
    driver: WebDriver,
    address: String,
    engine: Engine,
    view: View,
    /// What the site puts before the scripts of its pages.
    first: Arc<Mutex<String>>,
    _process: Driver,
}

impl Page {
    /// Opens a site's front page and waits until the article is there.
    ///
    /// # Errors
    /// When it is not.
    pub async fn open(site: Site, view: View) -> Outcome<Self> {
        let page = Self::visit(site, "/", view).await?;
        page.ready().await?;
        Ok(page)
    }

    /// Opens a path of a site.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn visit(site: Site, path: &str, view: View) -> Outcome<Self> {
        Self::visit_at(TcpListener::bind(("127.0.0.1", 0))?, site, path, view).await
    }

    /// As [`Page::visit`], at an address that is known before.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn visit_at(listener: TcpListener, site: Site, path: &str, view: View) -> Outcome<Self> {
        let address = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
        let engine = Engine::chosen()?;
        let first = Arc::default();
        // DevTools put a script into pages that stay as they are; elsewhere the site does.
        let site = if engine == Engine::Chromium { site } else { site.with_first(&first) };
        std::thread::spawn(move || serve(&listener, site));
        let process = Driver::start(engine, view)?;
        let driver = process.window(view).await?;
        let page = Self { driver, address, engine, view, first, _process: process };
        page.fit(view).await?;
        page.first(WATCH).await?;
        page.go(path).await?;
        Ok(page)
    }

    /// Opens another window of the same profile and size, and goes there.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn another_window(&self) -> Outcome {
        if self.engine == Engine::Chromium {
            let window = self.driver.new_tab().await?;
            return Ok(self.driver.switch_to_window(window).await?);
        }
        bare_window(&self.driver, self.view).await?;
        self.fit(self.view).await
    }

    /// What shows it.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Runs a script before the first one of every page that it goes to from now on.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn first(&self, script: &str) -> Outcome {
        if self.engine == Engine::Chromium {
            return self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
        }
        let mut first = self.first.lock().map_err(|_| "the site's thread panicked")?;
        first.push_str(&format!("{{{script}\n}}"));
        Ok(())
    }

    /// Goes to a path of the same site.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn go(&self, path: &str) -> Outcome {
        Ok(self.driver.goto(format!("{}{path}", self.address)).await?)
    }

    /// Gives the viewport its size.
    async fn fit(&self, view: View) -> Outcome {
        if self.engine == Engine::Chromium {
            let is_phone = view.width < 600;
            let size = json!({
                "width": view.width, "height": view.height, "deviceScaleFactor": 1, "mobile": is_phone,
            });
            self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
            let scheme = if view.dark { "dark" } else { "light" };
            let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
            return self.devtools("Emulation.setEmulatedMedia", media).await;
        }
        let (width, height) = (i64::from(view.width), i64::from(view.height));
        // The window's own bars are known when it has a size.
        let (mut wide, mut high) = (width, height);
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            self.driver.set_window_rect(0, 0, u32::try_from(wide)?, u32::try_from(high)?).await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
            let inner = self.driver.execute("return [innerWidth, innerHeight]", Vec::new()).await?;
            let inner: (i64, i64) = inner.convert()?;
            if inner == (width, height) {
                return Ok(());
            }
            let outer = self.driver.get_window_rect().await?;
            (wide, high) = (outer.width + width - inner.0, outer.height + height - inner.1);
        }
        Err(format!("the window does not become {width} by {height}").into())
    }

    /// Sends a command of the DevTools protocol, which is Chromium's.
    ///
    /// # Errors
    /// When the browser refuses it.
    pub async fn devtools(&self, method: &str, parameters: Value) -> Outcome {
        self.driver.cdp().send_raw(method, parameters).await?;
        Ok(())
    }

    /// The window.
    pub const fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// Waits for the element's `ready`.
    ///
    /// # Errors
    /// With the element's own reason when there is no article.
    pub async fn ready(&self) -> Outcome {
        let script = r#"
            const done = arguments[0];
            customElements.whenDefined("bianzhu-article")
                .then(() => document.querySelector("bianzhu-article").ready)
                .then(() => done(""), (reason) => done(String(reason)));
        "#;
        // A page's own script may bring it.
        self.until("article").await?;
        let reason: String = self.driver.execute_async(script, Vec::new()).await?.convert()?;
        if reason.is_empty() { Ok(()) } else { Err(reason.into()) }
    }

    /// Runs a function body with `article` and `root` (its shadow root) at hand.
    ///
    /// # Errors
    /// What it threw.
    pub async fn run(&self, body: &str, arguments: Vec<Value>) -> Outcome<Value> {
        let script = format!(
            "const article = document.querySelector('bianzhu-article'), root = article?.shadowRoot; {body}"
        );
        match self.driver.execute(script, arguments).await {
            Ok(answer) => Ok(answer.json().clone()),
            Err(error) => Err(format!("{error}\nin {body}").into()),
        }
    }

    /// Waits until an expression is true.
    ///
    /// # Errors
    /// When it does not become true.
    pub async fn until(&self, expression: &str) -> Outcome {
        let start = Instant::now();
        let body = format!("return Boolean({expression})");
        while self.run(&body, Vec::new()).await? != Value::Bool(true) {
            if start.elapsed() > PATIENCE {
                return Err(format!("never became true: {expression}").into());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
        Ok(())
    }

    /// An element of the interface, once it is there and shown.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn inside(&self, selector: &str) -> Outcome<WebElement> {
        let quoted = json!(selector);
        self.until(&format!("root?.querySelector({quoted})?.checkVisibility()")).await?;
        let script =
            "return document.querySelector('bianzhu-article').shadowRoot.querySelector(arguments[0])";
        Ok(self.driver.execute(script, vec![quoted]).await?.element()?)
    }

    /// Clicks an element of the interface.
    ///
    /// # Errors
    /// When it does not come, or something lies over it.
    pub async fn click(&self, selector: &str) -> Outcome {
        // What is in a folded bar comes by a press on its seal.
        let is_folded = "return !!document.querySelector('bianzhu-article').shadowRoot
            ?.querySelector(arguments[0])?.matches('[data-folded] > :not(.name)')";
        if self.run(is_folded, vec![selector.into()]).await? == true {
            self.inside(".bar .name").await?.click().await?;
        }
        let element = self.inside(selector).await?;
        self.still(selector).await?;
        Ok(element.click().await?)
    }

    /// Waits until an element of the interface stands where it stood a frame ago.
    ///
    /// # Errors
    /// When it keeps moving.
    pub async fn still(&self, selector: &str) -> Outcome {
        let script = "
            const [selector, done] = arguments, place = () => JSON.stringify(
              document.querySelector('bianzhu-article').shadowRoot.querySelector(selector)?.getBoundingClientRect());
            const look = (before, same) => requestAnimationFrame(() =>
              same === 3 ? done(true) : look(place(), place() === before ? same + 1 : 0));
            look('', 0)";
        self.driver.execute_async(script, vec![json!(selector)]).await?;
        Ok(())
    }

    /// Waits until nothing of the interface matches.
    ///
    /// # Errors
    /// When something stays.
    pub async fn gone(&self, selector: &str) -> Outcome {
        self.until(&format!("!root.querySelector({})", json!(selector))).await
    }

    /// The text of an element of the interface, as it is shown.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn words(&self, selector: &str) -> Outcome<String> {
        self.inside(selector).await?;
        let words = format!("return root.querySelector({})?.innerText ?? ''", json!(selector));
        Ok(self.run(&words, Vec::new()).await?.as_str().unwrap_or_default().to_owned())
    }

    /// The first mention with these words, brought into view.
    ///
    /// # Errors
    /// When there is none.
    pub async fn mention(&self, words: &str) -> Outcome<WebElement> {
        let script = "const found = [...document.querySelectorAll('[data-mention]')]
            .find((mention) => mention.textContent === arguments[0]);
            found?.scrollIntoView({ block: 'center' }); return found";
        Ok(self.driver.execute(script, vec![json!(words)]).await?.element()?)
    }

    /// Clicks the first mention with these words.
    ///
    /// # Errors
    /// When there is none, or something lies over it.
    pub async fn click_mention(&self, words: &str) -> Outcome {
        let start = Instant::now();
        loop {
            match self.mention(words).await?.click().await {
                // It was made anew between being found and being clicked.
                Err(error) if error.to_string().contains("stale element") && start.elapsed() < PATIENCE => {}
                done => return Ok(done?),
            }
        }
    }

    /// Selects the first occurrence of some words with the pointer.
    ///
    /// # Errors
    /// When the article does not have them on one line.
    pub async fn select(&self, words: &str) -> Outcome {
        let corners = self
            .run(
                "const walker = document.createTreeWalker(document.querySelector('.bianzhu-article'), 4);
                 const nodes = []; let text = '';
                 while (walker.nextNode()) {
                   const node = walker.currentNode;
                   if (!node.parentElement.closest('[data-block]')) continue;
                   nodes.push([text.length, node]); text += node.data;
                 }
                 const at = text.indexOf(arguments[0]);
                 const place = (offset, end) => {
                   const [start, node] = nodes.findLast(([start]) => (end ? start < offset : start <= offset));
                   return [node, offset - start];
                 };
                 const range = new Range();
                 range.setStart(...place(at, false));
                 range.setEnd(...place(at + arguments[0].length, true));
                 range.startContainer.parentElement.scrollIntoView({ block: 'center' });
                 const boxes = [...range.getClientRects()], [first, last] = [boxes[0], boxes.at(-1)];
                 return [first.left, (first.top + first.bottom) / 2, last.right, (last.top + last.bottom) / 2]
                   .map(Math.round)",
                vec![json!(words)],
            )
            .await?;
        let corner = |at: usize| corners[at].as_i64().ok_or("the words are not in the article");
        let (left, top, right, bottom) = (corner(0)?, corner(1)?, corner(2)?, corner(3)?);
        let drag = self.driver.action_chain().move_to(left, top).click_and_hold();
        Ok(drag.move_to(right, bottom).release().perform().await?)
    }

    /// What was seen so far.
    ///
    /// # Errors
    /// When the page cannot be asked.
    pub async fn seen(&self) -> Outcome<Seen> {
        Ok(Seen(self.run("return window.__seen", Vec::new()).await?))
    }

    /// Ends the visit; nothing may have gone wrong on the page.
    ///
    /// # Errors
    /// When the browser does not end.
    pub async fn leave(self) -> Outcome {
        let seen = self.seen().await?;
        self.driver.clone().quit().await?;
        if seen.errors().is_empty() { Ok(()) } else { Err(format!("uncaught: {:?}", seen.errors()).into()) }
    }
}

impl Drop for Page {
    /// A test that failed does not say goodbye to the window: it ends with its driver.
    fn drop(&mut self) {
        let _ = self.driver.clone().leak();
    }
}
