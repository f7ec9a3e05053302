//! [`Kind`]: what sort of thing a mention names.

use serde::{Deserialize, Serialize};

/// What sort of thing a mention names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A person by name: 李俊明.
    Person,
    /// An office or occupation: 市委书记, 记者.
    Role,
    /// An organisation: 省委办公厅.
    Organization,
    /// A place or administrative division: 忻州.
    Place,
    /// A date or time: 1 月16日.
    Date,
    /// A number with its unit: 8 个.
    Quantity,
    /// A meeting: 全市机构改革动员大会.
    Meeting,
    /// A document: 《…规定》, 关于…的通知.
    Document,
    /// A glossary term: 转隶.
    Term,
}

impl Kind {
    /// Every kind, in the order in which panels list them.
    pub const ALL: [Self; 9] = [
        Self::Person,
        Self::Role,
        Self::Organization,
        Self::Place,
        Self::Date,
        Self::Quantity,
        Self::Meeting,
        Self::Document,
        Self::Term,
    ];

    /// The name in `data-kind`, in JSON and in class names.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Role => "role",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Date => "date",
            Self::Quantity => "quantity",
            Self::Meeting => "meeting",
            Self::Document => "document",
            Self::Term => "term",
        }
    }
}
