//! stub
use crate::{annotation::*,text::*};
#[derive(Clone, Debug, PartialEq)] pub struct Placed{pub note:Note,pub anchoring:Anchoring}
pub enum Action{Add,Edit,Remove}
pub struct Undone{pub action:Action,pub note_id:NoteId}
pub trait Shelf{fn save(&self,n:&Note)->Result<(),String>;fn delete(&self,i:&NoteId)->Result<(),String>;}
pub struct Change{pub color:Option<Color>,pub comment:Option<String>,pub tags:Option<Vec<String>>}
pub struct Notebook; impl Notebook { pub fn open(_k:&str,_n:Vec<Note>,_t:&IndexedText,_s:Box<dyn Shelf>)->Self{Self}
pub fn article_key(&self)->&str{""} pub fn notes(&self)->&[Placed]{&[]} pub fn add(&mut self,_n:Note){} pub fn edit(&mut self,_i:&NoteId,_c:Change,_n:Timestamp){} pub fn remove(&mut self,_i:&NoteId){} pub fn undo(&mut self,_n:Timestamp)->Option<Undone>{None} pub fn redo(&mut self,_n:Timestamp)->Option<Undone>{None} pub fn can_undo(&self)->bool{true} pub fn can_redo(&self)->bool{true} pub fn unsaved(&self)->Vec<NoteId>{vec![]} pub fn retry_unsaved(&mut self){} pub fn at(&self,_o:Offset)->Vec<NoteId>{vec![]}}
