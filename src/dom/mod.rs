//! Floor 5: the page. Places in the text to and from DOM ranges, notes painted with the CSS Custom
//! Highlight API, hit tests, the selection, style sheets and requests.
//!
//! Only here are there UTF-16 offsets.

mod deferred;
mod fetch;
mod highlight;
mod lock;
mod markup;
mod page;
mod parsed;
mod selection;
mod stylesheet;
mod text_map;
mod watch;

pub use deferred::{after, in_next_frame, soon, when_idle};
pub use fetch::{Fetched, fetch, text_of};
pub use highlight::{Painted, Painter};
pub use lock::{Held, with_lock};
pub use markup::{cuts_off, property, read_blocks, style_of};
pub use page::{
    Viewport, canonical_url, copy_text, document, download, elements, focus, focused, has_modifier,
    is_composing, is_editable, is_xml, next_frame, next_turn, now, page_language, pause, random_urn, rect_of,
    scroll_clear_of, scroll_to_middle, scroll_to_range, set_attribute, set_style, time_text, value_of,
    viewport, window,
};
pub use parsed::{parse_page, read_page};
pub use selection::{caret, clear_selection, mark_words, read_from, select, selected_span, word_at};
pub use stylesheet::{adopt_in_document, adopt_in_shadow};
pub use text_map::{Pieces, TextMap};
pub use watch::Watch;
