//! A ChromeDriver of one's own for each test, and the window it opens.

use crate::Outcome;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities};

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

/// A ChromeDriver on a port of its own; it and its browsers end when this is dropped.
#[derive(Debug)]
pub struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts `CHROMEDRIVER`, or the one on PATH.
    ///
    /// # Errors
    /// When it does not start or names no port.
    pub fn start() -> Outcome<Self> {
        let program = std::env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A group of its own, so that its browsers end with it.
            .process_group(0)
            .spawn()?;
        let said = process.stdout.take().ok_or("ChromeDriver has no output")?;
        let mut lines = BufReader::new(said).lines().map_while(Result::ok);
        let port = lines
            .find_map(|line| {
                line.split("started successfully on port ").nth(1)?.trim_end_matches('.').parse().ok()
            })
            .ok_or("ChromeDriver named no port")?;
        // Read on, or it blocks once the pipe is full.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, port })
    }

    /// Opens a window without a profile.
    ///
    /// # Errors
    /// When the browser does not start.
    pub async fn window(&self, view: View) -> Outcome<WebDriver> {
        let mut capabilities = DesiredCapabilities::chrome();
        // Without a sandbox: containers run as root.
        let size = format!("--window-size={},{}", view.width, view.height);
        for argument in ["--headless=new", "--no-sandbox", "--hide-scrollbars", "--lang=zh-CN", &size] {
            capabilities.add_arg(argument)?;
        }
        Ok(WebDriver::new(format!("http://127.0.0.1:{}", self.port), capabilities).await?)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-9", "--", &group]).status();
        let _ = self.process.wait();
    }
}
