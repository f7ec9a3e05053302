//! A page's own markup, read into blocks. Nothing of it is changed.

use super::text_map::Pieces;
use super::window;
use crate::article::{BlockKind, Flow};
use wasm_bindgen::JsCast;
use web_sys::{CssStyleDeclaration, Element, Node, Text};

/// What is never read: what does not show, what is no prose, what the reader fills in, and what the page asks to
/// leave out. The text around it reads on.
const SKIPPED: &str = "script,style,template,noscript,head,iframe,object,svg,math,canvas,video,audio,\
    button,input,select,textarea,progress,meter,[contenteditable],rt,rp,code,bianzhu-article,\
    [data-bianzhu-skip],[aria-hidden=true],[hidden],dialog:not([open])";

/// What is left out besides where nothing is shown: what is hidden all the same, and what stands around an article.
/// A form may be around all of a page.
const AROUND: &str = "nav,aside,form:not(:has(p)),:is(header,footer):not(article *,main *,:has(h1)),\
    [style*='display:none' i],[style*='display: none' i]";

/// What is a block whatever its style says: a site may have reset it.
const BLOCKS: &str = "address,article,aside,blockquote,br,caption,center,dd,details,div,dl,dt,fieldset,figcaption,\
    figure,footer,form,h1,h2,h3,h4,h5,h6,header,hgroup,hr,legend,li,main,nav,ol,p,pre,section,summary,table,td,th,\
    tr,ul";

/// Reads the blocks under an element, and the text nodes that hold them. `has_layout`: the element stands in a
/// page, and what the page hides with its style sheets is left out as well; else only attributes count, as in a
/// document that was merely parsed.
pub fn read_blocks(root: &Element, has_layout: bool) -> (Vec<(BlockKind, String)>, Pieces) {
    let mut reader = Reader {
        flow: Flow::default(),
        nodes: Vec::new(),
        // Where all of the article is hidden for now, as until its fonts are there, it is read all the same.
        sees: has_layout && style_of(root).is_some_and(|style| property(&style, "visibility") == "visible"),
        has_layout,
    };
    reader.walk(root);
    let (blocks, runs) = reader.flow.finish();
    (blocks, Pieces::of_runs(&reader.nodes, &runs))
}

struct Reader {
    flow: Flow,
    nodes: Vec<Text>,
    has_layout: bool,
    /// What is invisible is left out.
    sees: bool,
}

/// What an element gives to what is in it.
#[derive(Clone, Copy)]
struct Inside {
    kind: BlockKind,
    keeps_lines: bool,
    /// The element is a block.
    is_block: bool,
    /// Its own text can be seen.
    shows: bool,
}

impl Reader {
    /// Without recursion: a page may nest as deep as it likes.
    fn walk(&mut self, root: &Element) {
        let whole = Inside { kind: BlockKind::Paragraph, keeps_lines: false, is_block: true, shows: true };
        let mut around = vec![whole];
        let mut next = root.first_child();
        let mut parent: Node = root.clone().into();
        loop {
            let Some(node) = next else {
                // Out of an element again.
                let left = around.pop();
                let Some(outer) = around.last().copied() else { return };
                if left.is_some_and(|left| left.is_block) {
                    self.flow.cut(outer.kind);
                }
                next = parent.next_sibling();
                let Some(grandparent) = parent.parent_node() else { return };
                parent = grandparent;
                continue;
            };
            let Some(outer) = around.last().copied() else { return };
            if let Some(text) = node.dyn_ref::<Text>() {
                if outer.shows {
                    self.flow.text(self.nodes.len(), &text.data(), outer.keeps_lines);
                    self.nodes.push(text.clone());
                } else {
                    self.flow.skip();
                }
            } else if let Some(inside) = node.dyn_ref::<Element>().and_then(|it| self.inside(it, outer)) {
                if inside.is_block {
                    self.flow.cut(inside.kind);
                }
                around.push(inside);
                next = node.first_child();
                parent = node;
                continue;
            }
            if node.is_instance_of::<Element>() {
                self.flow.skip();
            }
            next = node.next_sibling();
        }
    }

    /// How an element is read; `None` where it is not.
    fn inside(&mut self, element: &Element, outer: Inside) -> Option<Inside> {
        if element.matches(SKIPPED).unwrap_or_default() {
            return None;
        }
        let mut is_block = element.matches(BLOCKS).unwrap_or_default();
        let mut keeps_lines = outer.keeps_lines || element.matches("pre").unwrap_or_default();
        let mut shows = true;
        let mut has_number = false;
        let name = element.local_name();
        if !self.has_layout {
            if element.matches(AROUND).unwrap_or_default() {
                return None;
            }
            match name.as_str() {
                // A row is a block of its own.
                "td" | "th" => {
                    is_block = false;
                    self.flow.gap();
                }
                "li" => {
                    let number = number_of(element);
                    has_number = number.is_some();
                    self.flow.mark(number.unwrap_or_default());
                }
                _ => {}
            }
        }
        if let Some(style) = self.has_layout.then(|| style_of(element)).flatten() {
            let display = property(&style, "display");
            // What has no place in the page has no display at all.
            if display.is_empty() || display == "none" {
                return None;
            }
            shows = !self.sees || property(&style, "visibility") == "visible";
            // A dropped capital floats, and still begins its word.
            is_block |= !(display.starts_with("inline")
                || display.starts_with("ruby")
                || display == "contents"
                || property(&style, "float") != "none");
            keeps_lines = property(&style, "white-space").starts_with("pre");
        }
        let kind = match (name.as_str(), name.as_bytes()) {
            (_, [b'h', level @ b'1'..=b'6']) => BlockKind::Heading(level - b'0'),
            ("li", _) if has_number => BlockKind::Paragraph,
            ("li" | "dt" | "dd", _) => BlockKind::ListItem,
            ("blockquote", _) => BlockKind::Quote,
            ("table" | "figure", _) => BlockKind::Paragraph,
            _ => outer.kind,
        };
        Some(Inside { kind, keeps_lines, is_block, shows })
    }
}

/// The number that a page shows before an item.
fn number_of(item: &Element) -> Option<String> {
    let list = item.parent_element().filter(|list| list.local_name() == "ol")?;
    let mut number = list.get_attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
    let mut before = item.previous_element_sibling();
    while let Some(other) = before {
        number += 1;
        before = other.previous_element_sibling();
    }
    Some([&number.to_string(), ". "].concat())
}

/// Whether an element cuts off what goes over its edges.
pub fn cuts_off(element: &Element) -> bool {
    style_of(element).is_some_and(|style| property(&style, "overflow-x") != "visible")
}

/// How an element is shown.
pub fn style_of(element: &Element) -> Option<CssStyleDeclaration> {
    window().get_computed_style(element).ok().flatten()
}

/// A property of how it is shown.
pub fn property(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default()
}
