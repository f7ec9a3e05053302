//! A small static server for the built page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// More than any browser asks for; what is longer is not read.
const LONGEST_REQUEST: u64 = 64 * 1024;

/// What is served: the files of a folder, and replies made up for some paths.
#[derive(Clone, Debug, Default)]
pub struct Site {
    root: PathBuf,
    replies: Vec<(String, Reply)>,
    headers: Vec<String>,
    /// Which of the replies are packed by brotli.
    packed: Vec<String>,
    sent: Option<Log>,
    first: Option<Arc<Mutex<String>>>,
}

/// Where the script is that comes before a page's own.
const FIRST: &str = "/first-script.js";

/// Which paths were asked for, and how many bytes of body were sent for each.
pub type Log = Arc<Mutex<Vec<(String, usize)>>>;

/// A reply that no file stands behind.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status line's code and words: `404 Not Found`.
    pub status: &'static str,
    /// The `Content-Type`.
    pub kind: &'static str,
    /// The body, in bytes.
    pub body: Vec<u8>,
}

impl Reply {
    /// A page of HTML.
    pub fn html(body: impl Into<String>) -> Self {
        Self::text("text/html; charset=utf-8", body.into())
    }

    /// A body of this type.
    pub fn text(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: "200 OK", kind, body: body.into() }
    }
}

impl Site {
    /// The files of a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into(), ..Self::default() }
    }

    /// Answers this path (`/made-up.html`) with a reply instead of a file.
    #[must_use]
    pub fn with(mut self, path: &str, reply: Reply) -> Self {
        self.replies.push((path.to_owned(), reply));
        self
    }

    /// As [`Site::with`], with a body that is packed by brotli already.
    #[must_use]
    pub fn with_packed(mut self, path: &str, reply: Reply) -> Self {
        self.packed.push(path.to_owned());
        self.with(path, reply)
    }

    /// Notes what is sent.
    #[must_use]
    pub fn logged(mut self, log: &Log) -> Self {
        self.sent = Some(Arc::clone(log));
        self
    }

    /// Runs a script before any other of its pages' own; it may change from page to page.
    #[must_use]
    pub fn with_first(mut self, script: &Arc<Mutex<String>>) -> Self {
        self.first = Some(Arc::clone(script));
        self
    }

    /// Answers with another site's replies what this one has none for.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.replies.extend(other.replies);
        self.packed.extend(other.packed);
        self
    }

    /// Sends a header (`Name: value`) with everything.
    #[must_use]
    pub fn with_header(mut self, header: &str) -> Self {
        self.headers.push(header.to_owned());
        self
    }

    fn reply(&self, target: &str) -> Option<Reply> {
        let Some(first) = &self.first else { return self.own_reply(target) };
        if target == FIRST {
            return Some(Reply::text("text/javascript", first.lock().ok()?.clone()));
        }
        let mut reply = self.own_reply(target)?;
        let path = target.split(['?', '#']).next()?;
        let is_packed = self.packed.iter().any(|packed| packed == path);
        if reply.kind.starts_with("text/html")
            && !is_packed
            && let Some(after) = after_doctype(&reply.body)
        {
            // A file and not a script in the page: policies let it through.
            let script = format!("<script src=\"{FIRST}\"></script>");
            reply.body.splice(after..after, script.into_bytes());
        }
        Some(reply)
    }

    fn own_reply(&self, target: &str) -> Option<Reply> {
        let path = target.split(['?', '#']).next()?;
        if let Some((_, reply)) = self.replies.iter().find(|(known, _)| known == path) {
            return Some(reply.clone());
        }
        let file = self.root.join(inside(target)?);
        Some(Reply { status: "200 OK", kind: media_type(&file), body: std::fs::read(&file).ok()? })
    }
}

/// Answers until the process ends, a thread for each connection.
pub fn serve(listener: &TcpListener, site: Site) {
    let site = Arc::new(site);
    for connection in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        // A browser that hangs up midway is its own affair.
        std::thread::spawn(move || answer(connection, &site).ok());
    }
}

fn answer(mut connection: TcpStream, site: &Site) -> std::io::Result<()> {
    connection.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new((&connection).take(LONGEST_REQUEST));
    let mut request = String::new();
    reader.read_line(&mut request)?;
    // The headers are read to their end: closing before would reset the connection.
    let mut header = String::new();
    while reader.read_line(&mut header)? > 0 && !header.trim_end().is_empty() {
        header.clear();
    }
    let (method, target) = request.split_once(' ').unwrap_or_default();
    let target = target.split(' ').next().unwrap_or_default();
    let plain = |status, words: &str| Reply { status, kind: TEXT, body: words.into() };
    let Reply { status, kind, body } = match method {
        "GET" | "HEAD" => {
            site.reply(target).unwrap_or_else(|| plain("404 Not Found", "There is no such file.\n"))
        }
        _ => plain("405 Method Not Allowed", "Only GET and HEAD.\n"),
    };
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let packed = site.packed.iter().any(|packed| packed == path);
    let encoding = if packed { "Content-Encoding: br\r\n" } else { "" };
    if let Some(Ok(mut log)) = site.sent.as_ref().map(|sent| sent.lock()) {
        log.push((path.to_owned(), body.len()));
    }
    let more: String = site.headers.iter().flat_map(|header| [header.as_str(), "\r\n"]).collect();
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Cache-Control: no-cache\r\nConnection: close\r\n{encoding}{more}\r\n",
        body.len()
    )?;
    if method != "HEAD" {
        connection.write_all(&body)?;
    }
    Ok(())
}

/// Where a page's document type ends, if it is a page at all; a parser makes a head around what comes there.
fn after_doctype(page: &[u8]) -> Option<usize> {
    let page = str::from_utf8(page).ok()?;
    let is_typed = page.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
    if is_typed { page.find('>').map(|at| at + 1) } else { page.starts_with('<').then_some(0) }
}

/// The file a request names, relative to the root; `None` where the name would lead out of it.
fn inside(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = decoded(path)?;
    let path = if path.is_empty() { "index.html" } else { &path };
    let safe = |part: &str| !part.is_empty() && part != ".." && part != ".";
    let plain = !path.contains(['\\', ':', '\0']);
    (plain && path.split('/').all(safe)).then(|| PathBuf::from(path))
}

/// Percent-encoding undone; `None` if it is broken or not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut plain = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let value = digit()? * 16 + digit()?;
            plain.push(u8::try_from(value).ok()?);
        } else {
            plain.push(byte);
        }
    }
    String::from_utf8(plain).ok()
}

const TEXT: &str = "text/plain; charset=utf-8";

fn media_type(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        // Any other type and the browser refuses to compile while it downloads.
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt" | "md" | "toml") => TEXT,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_request_leads_out_of_the_folder() {
        for target in [
            "/../Cargo.toml",
            "/a/../../b",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/a\\..\\b",
            "/c:/x",
            "/%00",
            "/%zz",
            "/%e4",
            "",
            "index.html",
        ] {
            assert_eq!(inside(target), None, "{target}");
        }
    }

    #[test]
    fn files_are_found_by_their_names() {
        assert_eq!(inside("/"), Some(PathBuf::from("index.html")));
        assert_eq!(inside("/?lang=zh"), Some(PathBuf::from("index.html")));
        assert_eq!(inside("/packs/a.json#top"), Some(PathBuf::from("packs/a.json")));
        assert_eq!(inside("/%E8%BE%B9.html"), Some(PathBuf::from("边.html")));
    }

    #[test]
    fn a_file_is_sent_with_its_type() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        std::thread::spawn(move || serve(&listener, Site::new(root)));
        let ask = |request: &str| {
            let mut stream = TcpStream::connect(address).expect("a connection");
            write!(stream, "{request} HTTP/1.1\r\nHost: x\r\n\r\n").expect("sent");
            let mut reply = String::new();
            stream.read_to_string(&mut reply).expect("a reply");
            reply
        };
        let reply = ask("GET /Cargo.toml");
        assert!(reply.starts_with("HTTP/1.1 200") && reply.contains("name = \"xtask\""));
        assert!(ask("GET /../Cargo.toml").starts_with("HTTP/1.1 404"));
        assert!(ask("POST /Cargo.toml").starts_with("HTTP/1.1 405"));
        assert!(ask("HEAD /Cargo.toml").ends_with("\r\n\r\n"));
    }
}
