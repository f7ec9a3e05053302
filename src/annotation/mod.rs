//! stub
use crate::text::*;
#[derive(Clone, Debug, PartialEq, Eq, Hash)] pub struct NoteId(String); impl NoteId { pub fn as_str(&self)->&str{&self.0} }
#[derive(Clone, Copy, Debug, PartialEq, Eq)] pub enum Color { Yellow, Green, Blue, Pink }
impl Color { pub const ALL:[Color;4]=[Color::Yellow,Color::Green,Color::Blue,Color::Pink]; pub fn name(self)->&'static str{"yellow"} pub fn parse(_:&str)->Option<Color>{None}}
#[derive(Clone, Copy, Debug, PartialEq, Eq)] pub struct Timestamp(pub i64);
#[derive(Clone, Debug, PartialEq, Eq)] pub struct TextQuote{pub exact:String}
#[derive(Clone, Debug, PartialEq, Eq)] pub struct Target{pub quote:TextQuote}
#[derive(Clone, Debug, PartialEq, Eq)] pub struct Note{pub id:NoteId,pub color:Color,pub comment:String,pub tags:Vec<String>,pub target:Target}
impl Note { pub fn new(id:String,_t:&IndexedText,_s:Span,_k:&str,_n:Timestamp)->Self{Note{id:NoteId(id),color:Color::Yellow,comment:String::new(),tags:vec![],target:Target{quote:TextQuote{exact:String::new()}}}} }
#[derive(Clone, Debug, PartialEq, Eq)] pub enum Anchoring{Orphan}
impl Anchoring { pub fn span(&self)->Option<Span>{None} pub fn is_edited(&self)->bool{false} pub fn is_ambiguous(&self)->bool{false}}
pub mod w3c { pub fn to_annotation(_n:&super::Note)->serde_json::Value{serde_json::Value::Null} }
