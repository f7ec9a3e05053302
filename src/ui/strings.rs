//! Every sentence of the interface, in both languages.

use crate::annotation::Color;
use crate::article::ArticleError;
use crate::lexicon::Kind;
use crate::recognition::Relation;

/// The language of the interface. The article keeps its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// 简体中文
    #[default]
    Chinese,
    /// English
    English,
}

impl Lang {
    /// Chinese for any `zh…` tag, English for every other.
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("zh") { Self::Chinese } else { Self::English }
    }

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-Hans",
            Self::English => "en",
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The word of the language in use.
    const fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// The name of a kind.
    pub const fn kind(self, kind: Kind) -> &'static str {
        match kind {
            Kind::Person => self.pick("人物", "Person"),
            Kind::Role => self.pick("职务", "Office"),
            Kind::Organization => self.pick("机构", "Organisation"),
            Kind::Place => self.pick("地点", "Place"),
            Kind::Date => self.pick("时间", "Date"),
            Kind::Quantity => self.pick("数量", "Quantity"),
            Kind::Meeting => self.pick("会议", "Meeting"),
            Kind::Document => self.pick("文件", "Document"),
            Kind::Term => self.pick("术语", "Term"),
        }
    }

    /// What a fact says of its entity.
    pub const fn relation(self, relation: Relation) -> &'static str {
        match relation {
            Relation::HoldsRole => self.pick("职务", "Office"),
            Relation::HeldBy => self.pick("文中所指", "Held by"),
            Relation::PartOf => self.pick("隶属", "Part of"),
            Relation::AlsoCalled => self.pick("又称", "Also called"),
            Relation::IssuedBy => self.pick("印发单位", "Issued by"),
            Relation::DefinedAs => self.pick("释义", "Meaning"),
            Relation::DescribedAs => self.pick("简介", "About"),
            Relation::KnownFrom => self.pick("来源", "From"),
        }
    }

    /// The name of a note's colour, with the shape that tells it apart.
    pub const fn color(self, color: Color) -> &'static str {
        match color {
            Color::Yellow => self.pick("黄色", "Yellow"),
            Color::Green => self.pick("绿色", "Green"),
            Color::Blue => self.pick("蓝色", "Blue"),
            Color::Pink => self.pick("粉色", "Pink"),
        }
    }

    /// Why there is no article, and what the reader can do.
    pub fn article_error(self, error: &ArticleError) -> String {
        let sentence = match error {
            ArticleError::Empty => self.pick(
                "这篇文章没有正文。请联系网站编辑。",
                "This article has no text. Please tell the site’s editors.",
            ),
            ArticleError::TooLarge { .. } => self.pick(
                "这篇文章太大（超过 4 MiB），未予打开。请拆分后再试。",
                "This article is too large to open (over 4 MiB). Split it and try again.",
            ),
            ArticleError::NotUtf8 { .. } => self.pick(
                "这篇文章的编码不是 UTF-8，无法正确显示。请另存为 UTF-8 后再试。",
                "This article is not encoded in UTF-8 and cannot be shown. Save it as UTF-8 and try again.",
            ),
            ArticleError::BadJson(_) => self.pick(
                "这篇文章的数据不完整，无法读取。请联系网站编辑。",
                "This article’s data is damaged and cannot be read. Please tell the site’s editors.",
            ),
            ArticleError::Unreachable { .. } => self.pick(
                "文章未能加载。请检查网络后重新载入本页。",
                "The article could not be loaded. Check your connection and reload the page.",
            ),
        };
        sentence.to_owned()
    }
}

/// Makes a method per sentence: `name: "中文", "English";`.
macro_rules! sentences {
    ($($name:ident: $chinese:literal, $english:literal;)*) => {
        impl Lang {
            $(
                #[doc = $english]
                pub const fn $name(self) -> &'static str {
                    self.pick($chinese, $english)
                }
            )*
        }
    };
}

sentences! {
    loading: "正在打开文章……", "Opening the article …";
    reload: "重新载入", "Reload";
    ours: "标题为编者所加", "Headline added by the editors";
    close: "关闭", "Close";
    back: "返回", "Back";
    previous_mention: "上一处", "Previous mention";
    next_mention: "下一处", "Next mention";
    mentions: "文中出处", "In this article";
    said_of_it: "文中说明", "What the article says";
    inferred: "推断", "inferred";
    inferred_why: "由上下文推断，原文未直接说明", "Concluded from context; the article does not say so outright";
    inside: "其中包含", "Contains";
    take_note: "记笔记", "Take a note";
    copied: "已复制", "Copied";
    items: "具体内容", "What it lists";
    first_use: "首次提出", "First used";
    not_to_confuse: "注意区分", "Not to be confused with";
    related: "相关术语", "Related";
    sources: "来源", "Sources";
    unverified: "待核实", "Not verified";
    verified: "已核对来源", "Checked against its sources";
    glossary_entry: "术语释义", "Glossary";
    no_entry: "词条未能读取。", "The entry could not be read.";
    highlight_in: "标注为", "Highlight in";
    comment: "批注", "Comment";
    notes: "笔记", "Notes";
    my_notes: "我的笔记", "My notes";
    no_notes: "还没有笔记。选中一段文字即可标注或批注。", "No notes yet. Select some text to highlight it or comment on it.";
    write_here: "写下批注……", "Write a comment …";
    comment_label: "批注内容", "Comment";
    tags_label: "标签（用空格分隔）", "Tags (separated by spaces)";
    done: "完成", "Done";
    edit: "编辑", "Edit";
    delete: "删除", "Delete";
    undo: "撤销", "Undo";
    redo: "重做", "Redo";
    saved: "已保存", "Saved";
    unsaved: "未保存", "Not saved";
    deleted_note: "已删除笔记", "Note deleted";
    added_note: "已添加笔记", "Note added";
    undone_add: "已撤销：添加笔记", "Undone: note added";
    undone_delete: "已恢复删除的笔记", "Deleted note restored";
    undone_edit: "已撤销：修改笔记", "Undone: note changed";
    redone: "已重做", "Done again";
    storage_broken: "浏览器拒绝保存，笔记暂存于本页内存，关闭后会丢失。请导出备份。",
        "The browser refuses to keep your notes. They live in this page only and go when it closes: export them.";
    storage_memory: "按网站设置，笔记只保存在本页，关闭后会丢失。需要时请导出。",
        "As this site asks, notes are kept in this page only and go when it closes. Export them to keep them.";
    retry: "重试", "Try again";
    export: "导出笔记", "Export notes";
    import: "导入笔记", "Import notes";
    imported_all: "已导入笔记", "Notes imported";
    imported_some: "部分笔记不属于本文或无法读取，其余已导入", "Some notes belong elsewhere or cannot be read; the others are imported";
    imported_none: "这些笔记已经在这里了", "These notes are here already";
    import_failed: "没有导入：请选择边注或 Hypothesis 导出的 JSON 文件，且笔记属于本文",
        "Nothing imported: choose a JSON file exported from Bianzhu or Hypothesis, with notes on this article";
    set_aside: "条损坏的笔记已另行保存，未删除", "damaged notes were set aside, not deleted";
    edited_text: "原文已改动，当时的文字是：", "The text has changed. It read:";
    orphans: "原文中已找不到", "No longer in the text";
    ambiguous_place: "原文中有多处相同文字，无法确定位置", "The text occurs more than once; its place is not certain";
    contents: "本文要素", "In this article";
    language: "English", "中文";
    language_switch: "切换为英文界面", "Switch the interface to Chinese";
    toolbar_label: "选中文字的工具", "Selection tools";
    margin_label: "边注", "Side notes";
    crashed: "边注出错并已停止；文章和已保存的笔记不受影响。请重新载入本页。",
        "Bianzhu met an error and has stopped; the article and your saved notes are not affected. Reload the page.";
}
