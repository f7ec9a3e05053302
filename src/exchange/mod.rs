//! stub
pub fn to_json_ld(_n:&crate::notebook::Notebook)->String{String::new()}
