//! Bianzhu 边注 turns a policy article on a web page into a study text: its people, organisations,
//! places and dates are clickable, its political terms open a glossary card, and the reader's notes
//! stay in the browser.
//!
//! The house has floors; a module imports only from floors below it. `ARCHITECTURE.md` is the map.
//!
//! | floor | modules | knows the DOM? |
//! |---|---|---|
//! | 1 | [`text`], [`sort`], [`object`] | no |
//! | 2 | [`article`], [`lexicon`] | no |
//! | 3 | [`recognition`], [`annotation`] | no |
//! | 4 | [`notebook`], [`layout`], [`exchange`] | no |
//! | 5 | [`storage`], `dom` | its edge; yes |
//! | 6 | `ui` | yes |
//! | 7 | `element` | yes |

pub mod annotation;
pub mod article;
pub mod exchange;
pub mod layout;
pub mod lexicon;
pub mod notebook;
pub mod object;
pub mod recognition;
pub mod sort;
pub mod storage;
pub mod text;

#[cfg(target_arch = "wasm32")]
pub mod dom;
#[cfg(target_arch = "wasm32")]
pub mod element;
#[cfg(target_arch = "wasm32")]
pub mod ui;
