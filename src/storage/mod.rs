//! stub
use crate::annotation::*; use std::rc::Rc;
pub trait KeyValue{} #[derive(Default)] pub struct Memory; impl KeyValue for Memory{} pub struct LocalStorage; impl KeyValue for LocalStorage{}
#[derive(Clone,Debug,PartialEq)] pub struct LoadProblem; impl std::fmt::Display for LoadProblem{fn fmt(&self,f:&mut std::fmt::Formatter)->std::fmt::Result{f.write_str("x")}}
#[derive(Default)] pub struct Loaded{pub notes:Vec<Note>,pub problems:Vec<LoadProblem>}
pub struct NoteStore; impl NoteStore{pub fn new(_s:Rc<dyn KeyValue>,_k:&str)->Self{Self} pub fn load(&self)->Result<Loaded,String>{Ok(Default::default())} pub fn save(&self,_n:&Note)->Result<(),String>{Ok(())} pub fn delete(&self,_n:&NoteId)->Result<(),String>{Ok(())}}
