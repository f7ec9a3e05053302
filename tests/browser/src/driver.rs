//! The engines, a driver of one's own for each test, and the window it opens.

use crate::Outcome;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use thirtyfour::Capabilities;
use thirtyfour::prelude::*;

/// What shows the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium, by ChromeDriver.
    Chromium,
    /// Firefox, by geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser, by WebKitWebDriver, on a screen of Xvfb's.
    WebKit,
}

impl Engine {
    /// The one that `BIANZHU_ENGINE` names; Chromium where it names none.
    ///
    /// # Errors
    /// When there is no such engine.
    pub fn chosen() -> Outcome<Self> {
        match std::env::var("BIANZHU_ENGINE").as_deref() {
            Err(_) | Ok("" | "chromium") => Ok(Self::Chromium),
            Ok("firefox") => Ok(Self::Firefox),
            Ok("webkit") => Ok(Self::WebKit),
            Ok(other) => Err(format!("BIANZHU_ENGINE is chromium, firefox or webkit, not `{other}`").into()),
        }
    }

    /// The driver: what is on PATH, or what the environment names.
    fn driver(self) -> Command {
        let (name, program) = match self {
            Self::Chromium => ("CHROMEDRIVER", "chromedriver"),
            Self::Firefox => ("GECKODRIVER", "geckodriver"),
            Self::WebKit => ("WEBKITWEBDRIVER", "WebKitWebDriver"),
        };
        Command::new(std::env::var_os(name).unwrap_or_else(|| program.into()))
    }
}

/// How the page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// Width of the viewport in CSS px.
    pub width: u32,
    /// Height of the viewport in CSS px.
    pub height: u32,
    /// The reader prefers dark colours.
    pub dark: bool,
}

impl View {
    /// A laptop.
    pub const LAPTOP: Self = Self { width: 1280, height: 900, dark: false };
    /// A tablet, upright.
    pub const TABLET: Self = Self { width: 768, height: 1000, dark: false };
    /// A phone.
    pub const PHONE: Self = Self { width: 390, height: 844, dark: false };
}

/// A driver on a port of its own; it and its browsers end when this is dropped.
#[derive(Debug)]
pub struct Driver {
    /// The driver, and the screen it draws on.
    processes: Vec<Child>,
    port: u16,
    engine: Engine,
}

impl Driver {
    /// Starts the engine's driver.
    ///
    /// # Errors
    /// When it does not start or listens nowhere.
    pub fn start(engine: Engine, view: View) -> Outcome<Self> {
        let mut driver = Self { processes: Vec::new(), port: 0, engine };
        let mut command = engine.driver();
        match engine {
            Engine::Chromium => {
                let said = driver.run(command.arg("--port=0"))?;
                driver.port = number(said, "started successfully on port ")?;
            }
            Engine::Firefox => {
                let said = driver.run(command.args(["--port=0", "--websocket-port=0"]))?;
                driver.port = number(said, "Listening on 127.0.0.1:")?;
            }
            Engine::WebKit => {
                // As large as the page: nobody manages its windows, so the one under the pointer has the focus.
                let size = format!("{}x{}x24", view.width, view.height);
                let screen = ["-displayfd", "1", "-screen", "0", &size, "-nolisten", "tcp"];
                let said = driver.run(Command::new("Xvfb").args(screen))?;
                let display: u16 = number(said, "")?;
                // It does not say where it listens.
                let port = std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
                command.arg(format!("--port={port}")).env("DISPLAY", format!(":{display}"));
                command.env("GTK_THEME", if view.dark { "Adwaita:dark" } else { "Adwaita" });
                // Containers run as root.
                command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
                let said = driver.run(&mut command)?;
                std::thread::spawn(move || said.for_each(drop));
                driver.port = port;
                driver.listens()?;
            }
        }
        Ok(driver)
    }

    /// Starts a process that ends with this, and gives its lines.
    fn run(&mut self, command: &mut Command) -> Outcome<impl Iterator<Item = String> + Send + use<>> {
        // A group of its own, so that its browsers end with it.
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let name = command.get_program().to_owned();
        let mut process =
            command.spawn().map_err(|error| format!("{} does not start: {error}", name.display()))?;
        let said = process.stdout.take();
        self.processes.push(process);
        Ok(BufReader::new(said.ok_or("a driver without output")?).lines().map_while(Result::ok))
    }

    /// Waits until somebody answers at the port.
    fn listens(&self) -> Outcome {
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            if start.elapsed() > Duration::from_secs(20) {
                return Err("the driver listens nowhere".into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Opens a window without a profile.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn window(&self, view: View) -> Outcome<WebDriver> {
        let options = match self.engine {
            Engine::Chromium => {
                let size = format!("--window-size={},{}", view.width, view.height);
                // Without a sandbox: containers run as root.
                let arguments =
                    ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--lang=zh-CN", &size];
                json!({ "browserName": "chrome", "goog:chromeOptions": { "args": arguments } })
            }
            Engine::Firefox => {
                let preferences = json!({
                    "intl.accept_languages": "zh-CN",
                    "layout.css.prefers-color-scheme.content-override": i32::from(!view.dark),
                    // Of a reader at a desk: headless, it has neither mouse nor scroll bars that lie over the page.
                    "ui.primaryPointerCapabilities": 6,
                    "ui.allPointerCapabilities": 6,
                    "ui.useOverlayScrollbars": 1,
                });
                let options = json!({ "args": ["-headless"], "prefs": preferences });
                json!({ "browserName": "firefox", "moz:firefoxOptions": options })
            }
            Engine::WebKit => {
                let arguments = ["--automation", "--javascript-can-open-windows-automatically=TRUE"];
                json!({ "webkitgtk:browserOptions": { "binary": minibrowser()?, "args": arguments } })
            }
        };
        let Value::Object(options) = options else { return Err("options are an object".into()) };
        let address = format!("http://127.0.0.1:{}", self.port);
        let driver = WebDriver::new(address, Capabilities::from(options)).await?;
        if self.engine != Engine::Chromium {
            let first = driver.window().await?;
            bare_window(&driver, view).await?;
            let new = driver.window().await?;
            driver.switch_to_window(first).await?;
            driver.close_window().await?;
            driver.switch_to_window(new).await?;
        }
        Ok(driver)
    }
}

/// Opens a window without bars, which may be as narrow as a phone, and goes there.
pub async fn bare_window(driver: &WebDriver, view: View) -> Outcome {
    let before = driver.windows().await?;
    let size = format!("popup,noopener,width={},height={}", view.width, view.height);
    driver.execute("window.open('about:blank', '_blank', arguments[0])", vec![json!(size)]).await?;
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if let Some(new) = driver.windows().await?.into_iter().find(|window| !before.contains(window)) {
            return Ok(driver.switch_to_window(new).await?);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err("no window opens".into())
}

/// The first number after some words; who says it goes on talking to nobody.
fn number(mut lines: impl Iterator<Item = String> + Send + 'static, after: &str) -> Outcome<u16> {
    let found = lines
        .find_map(|line| {
            let rest = &line[line.find(after)? + after.len()..];
            rest.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
        })
        .ok_or("the driver ended without a word")?;
    // Read on, or it blocks once the pipe is full.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(found)
}

/// Where MiniBrowser is: distributions put it beside WebKit's own processes.
fn minibrowser() -> Outcome<String> {
    ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"]
        .iter()
        .flat_map(|version| ["x86_64-linux-gnu", "aarch64-linux-gnu", ""].map(|place| (place, version)))
        .map(|(place, version)| format!("/usr/lib/{place}/{version}/MiniBrowser"))
        .find(|file| std::path::Path::new(file).is_file())
        .ok_or_else(|| "WebKitGTK's MiniBrowser is not there".into())
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            let group = format!("-{}", process.id());
            let _ = Command::new("kill").args(["-9", "--", &group]).status();
            let _ = process.wait();
        }
    }
}
