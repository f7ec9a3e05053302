//! Stands in for wasm-streams, which Leptos links by way of server functions. This page has none, but the
//! classes that wasm-streams exports to JavaScript keep their code in the module whether or not one is made:
//! 2.5 KB after brotli. Here is what server_fn names, to be thrown out when the page is linked.
#![warn(missing_docs)]

use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::{JsValue, UnwrapThrowExt};

/// A stream of the page, which nothing reads.
#[derive(Debug)]
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// The stream as it is.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// An empty one: only a server function would send what `stream` gives.
    pub fn from_stream(stream: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        drop(stream);
        Self(web_sys::ReadableStream::new().unwrap_throw())
    }

    /// The stream as it was.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// What a server function answers: nothing, for there is none.
    pub fn into_stream(self) -> IntoStream {
        IntoStream
    }
}

/// A stream that has ended.
#[derive(Debug)]
pub struct IntoStream;

impl Stream for IntoStream {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
