//! Requests that stop reading at a limit, and what came as text or as a page that is only read.

use super::{now, page};
use crate::article;
use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, File, ProgressEvent, TextDecoder, TextDecoderOptions, XmlHttpRequest,
    XmlHttpRequestResponseType,
};

/// How long nothing may come, in ms.
const PATIENCE: u32 = 30_000;

/// What came from an address.
pub enum Fetched {
    /// Text.
    Text(String),
    /// A page. It is inert: it runs no script, loads nothing and is shown nowhere.
    Page(Document),
    /// A page that cannot be parsed: broken XML.
    NotParsed,
    /// Bytes that are no text in any encoding that is known here.
    NotText,
    /// More than the limit; so many bytes had come.
    TooLarge(usize),
}

/// Fetches what is at an address, relative to the page. Reading stops at about `limit` bytes. `reads_pages`:
/// HTML and XML are parsed by the browser rather than read as text, and a text's encoding is what the server says.
///
/// A request of the old kind, because it alone has the browser parse what comes without that being a sink of
/// Trusted Types, in the encoding that the header or the page itself names.
///
/// # Errors
/// The HTTP status, or that there was no answer.
pub async fn fetch(url: &str, limit: usize, reads_pages: bool) -> Result<Fetched, String> {
    let failed = |_| "the request could not be made".to_owned();
    let request = XmlHttpRequest::new().map_err(failed)?;
    request.open("GET", url).map_err(failed)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.set_timeout(PATIENCE);
    let came = Rc::new(Cell::new(0));
    let began = now();
    let _heard = ["readystatechange", "progress", "load"].map(|name| {
        let (heard, came) = (request.clone(), Rc::clone(&came));
        EventListener::new(&request, name, move |event| {
            if let Some(progress) = event.dyn_ref::<ProgressEvent>() {
                came.set(progress.loaded() as usize);
                // Past the limit its time is over: `abort` would be heard in the midst of this.
                let time = if came.get() > limit { 1 } else { (now() - began) as u32 + PATIENCE };
                heard.set_timeout(time);
            } else if reads_pages
                && heard.ready_state() == XmlHttpRequest::HEADERS_RECEIVED
                && article::is_markup(&content_type(&heard))
            {
                heard.set_response_type(XmlHttpRequestResponseType::Document);
            }
        })
    });
    page::called(&|resolve| {
        request.set_onloadend(Some(resolve));
        if request.send().is_err() {
            let _ = resolve.call0(resolve);
        }
    })
    .await;
    if came.get() > limit {
        return Ok(Fetched::TooLarge(came.get()));
    }
    match request.status() {
        Ok(200..=299) => {}
        Ok(0) | Err(_) => return Err("no answer, or none in time".to_owned()),
        Ok(status) => return Err(["HTTP ", &status.to_string()].concat()),
    }
    let response = request.response().unwrap_or_default();
    Ok(match response.dyn_into::<ArrayBuffer>() {
        Ok(bytes) => {
            // Of an article the server may know; our own files are what they are, whatever it says of all of a site's.
            let kind = if reads_pages { content_type(&request) } else { String::new() };
            let text = decoded(&bytes, article::charset(&kind));
            text.map_or(Fetched::NotText, Fetched::Text)
        }
        Err(page) => page.dyn_into().map_or(Fetched::NotParsed, Fetched::Page),
    })
}

/// What a file says, whatever its encoding.
pub async fn text_of(file: &File) -> Option<String> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?;
    decoded(bytes.dyn_ref()?, "")
}

fn content_type(request: &XmlHttpRequest) -> String {
    request.get_response_header("Content-Type").ok().flatten().unwrap_or_default()
}

/// Bytes as text: in the encoding that is named, where they fit it; else by their byte order mark, as UTF-8, or
/// as what Chinese files are that are not UTF-8.
fn decoded(bytes: &ArrayBuffer, charset: &str) -> Option<String> {
    let options = TextDecoderOptions::new();
    options.set_fatal(true);
    let start = Uint8Array::new(bytes);
    let marked = match (start.get_index(0), start.get_index(1)) {
        (0xff, 0xfe) => "utf-16le",
        (0xfe, 0xff) => "utf-16be",
        _ => "utf-8",
    };
    [charset, marked, "gb18030"].into_iter().find_map(|label| {
        let decoder = TextDecoder::new_with_label_and_options(label, &options).ok()?;
        decoder.decode_with_buffer_source(bytes).ok()
    })
}
