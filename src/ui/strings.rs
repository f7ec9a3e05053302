//! Every sentence of the interface, in both languages.

use crate::annotation::{AnnotationError, Color};
use crate::article::ArticleError;
use crate::exchange::ReadError;
use crate::lexicon::Kind;
use crate::lexicon::glossary::Category;
use crate::notebook::Refusal;
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

    /// Between the tags there is no text yet.
    pub const fn waiting(self) -> &'static str {
        self.pick("这里还没有文章。", "There is no article here yet.")
    }

    /// Follows a link of the page.
    pub const fn follow_link(self) -> &'static str {
        self.pick("打开链接", "Follow the link")
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

    /// What a fact says of its entity, which is of a kind.
    pub const fn relation(self, relation: Relation, of: Kind) -> &'static str {
        match relation {
            // Whoever has an office there does not hold the whole of it.
            Relation::HeldBy if matches!(of, Kind::Organization) => {
                self.pick("文中任职者", "People with an office there")
            }
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

    /// The name of a shelf of the glossary.
    pub const fn category(self, category: Category) -> &'static str {
        match category {
            Category::Formula => self.pick("数字提法", "Numbered formulas"),
            Category::Theory => self.pick("指导思想与总体要求", "Guiding thought and aims"),
            Category::Institution => self.pick("机构", "Institutions"),
            Category::Reform => self.pick("改革与行政", "Reform and administration"),
            Category::Economy => self.pick("经济", "Economy"),
            Category::Rural => self.pick("农业农村", "Countryside"),
            Category::Society => self.pick("民生与社会", "Society"),
            Category::Discipline => self.pick("党建与纪律", "Party building and discipline"),
            Category::Law => self.pick("法治", "Law"),
            Category::Cadre => self.pick("干部", "Cadres"),
            Category::Meeting => self.pick("会议", "Meetings"),
            Category::Document => self.pick("公文", "Documents"),
            Category::Figurative => self.pick("形象说法", "Figurative phrases"),
            Category::Other => self.pick("其他", "Other"),
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
    pub const fn article_error(self, error: &ArticleError) -> &'static str {
        match error {
            ArticleError::Empty => self.pick(
                "这篇文章没有正文。请联系网站编辑。",
                "This article has no text. Please tell the site’s editors.",
            ),
            ArticleError::TooLarge { .. } => self.pick(
                "这篇文章太大（超过 4 MiB），未予打开。请拆分后再试。",
                "This article is too large to open (over 4 MiB). Split it and try again.",
            ),
            ArticleError::NotUtf8 => self.pick(
                "这不是可读的文本，或编码无法识别。请另存为 UTF-8 后再试。",
                "This is no text, or its encoding is not known. Save it as UTF-8 and try again.",
            ),
            ArticleError::NotParsed => self.pick(
                "这个网页在此无法解析，请改用它的纯文本。",
                "This page cannot be parsed here. Use its plain text instead.",
            ),
            ArticleError::Notes => self.pick(
                "这是导出的笔记，不是文章。请先打开文章，再从“笔记”导入。",
                "These are exported notes, and no article. Open the article, then import them from “Notes”.",
            ),
            ArticleError::BadJson(_) => self.pick(
                "这篇文章的数据不完整，无法读取。请联系网站编辑。",
                "This article’s data is damaged and cannot be read. Please tell the site’s editors.",
            ),
            ArticleError::Unreachable { .. } => self.pick(
                "文章未能加载。请检查网络后重新载入本页。",
                "The article could not be loaded. Check your connection and reload the page.",
            ),
        }
    }

    /// Why a note of a file is not taken over.
    pub fn refusal(self, why: &Refusal) -> String {
        if self == Self::English {
            return why.sentence();
        }
        let (sentence, detail) = match why {
            Refusal::NoNote(AnnotationError::NotAnAnnotation) => ("不是批注", ""),
            Refusal::NoNote(AnnotationError::NoId) => ("没有编号（id）", ""),
            Refusal::NoNote(AnnotationError::NoQuote) => ("没有引用原文的文字", ""),
            Refusal::NoNote(AnnotationError::BadTime(name)) => ("时间写法不对：", *name),
            Refusal::Elsewhere(article) => ("属于另一篇文章：", article.as_str()),
        };
        [sentence, detail].concat()
    }

    /// Why nothing of a file is taken over, and what the reader can do.
    pub const fn unread_file(self, why: &ReadError) -> &'static str {
        match why {
            ReadError::TooLarge(_) | ReadError::TooMany(_) => self.pick(
                "没有导入：文件太大，最多 16 MiB、两万条。请拆分后再试",
                "Nothing imported: the file is too large. At most 16 MiB and 20,000 notes: split it and try again",
            ),
            ReadError::NotJson(_) | ReadError::NoAnnotations => self.import_failed(),
        }
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
    background: "背景", "background";
    background_why: "本文没有说", "Not said in the article";
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
    layer: "随文批注：", "Attached notes: ";
    copy_note: "抄入我的笔记", "Copy to my notes";
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
    not_deleted_note: "没有删除：这条笔记刚在另一个窗口中改过", "Not deleted: the note has just been changed in another window";
    added_note: "已添加笔记", "Note added";
    undone_add: "已撤销：添加笔记", "Undone: note added";
    undone_delete: "已恢复删除的笔记", "Deleted note restored";
    undone_edit: "已撤销：修改笔记", "Undone: note changed";
    undone_move: "已撤销：重新附上笔记", "Undone: note put on other words";
    redone_add: "已重做：添加笔记", "Redone: note added";
    redone_delete: "已重做：删除笔记", "Redone: note deleted";
    redone_edit: "已重做：修改笔记", "Redone: note changed";
    redone_move: "已重做：重新附上笔记", "Redone: note put on other words";
    deleted_notes: "已删除所选笔记", "Selected notes deleted";
    attached: "笔记已附到新的文字", "The note is on the new words";
    attach: "重新附上", "Re-attach";
    attach_here: "附到选中的文字", "Attach to the selection";
    attach_how: "请在文中选中这条笔记应附的文字。", "Select the words in the text that this note belongs to.";
    cancel: "取消", "Cancel";
    note: "笔记", "Note";
    next_note: "下一条笔记", "Next note";
    previous_note: "上一条笔记", "Previous note";
    to_text: "回到原文", "To the text";
    choose_here: "这里有多项，请选择", "Several things are here: choose one";
    created: "写于", "Written";
    modified: "改于", "changed";
    then_read: "当时：", "It read:";
    now_reads: "现在：", "Now:";
    search_notes: "查找笔记", "Search the notes";
    search_notes_hint: "文字、tag: color: has: is:", "Words, tag: color: has: is:";
    other_articles: "本站其他文章的笔记", "Notes on other articles of this site";
    open_article: "打开文章", "Open the article";
    earlier_texts: "以前的文字", "Earlier texts";
    no_such_notes: "本文没有符合条件的笔记。也可写 tag:标签、color:黄、has:comment、is:orphan。", "No note on this article matches. You can also write tag:name, color:yellow, has:comment, is:orphan.";
    newest: "最新在前", "Newest first";
    all_colors: "所有颜色", "All colours";
    all_tags: "所有标签", "All tags";
    filter: "筛选", "Filter";
    pick_one: "选择", "Pick";
    pick_all: "全选", "Pick all";
    delete_picked: "删除所选", "Delete picked";
    more: "显示更多", "Show more";
    unplaced: "未能定位的笔记", "Notes that have lost their place";
    this_article: "本文笔记", "Notes on this article";
    endnotes: "附注", "Notes";
    storage_broken: "浏览器拒绝保存，笔记暂存于本页内存，关闭后会丢失。请导出备份。",
        "The browser refuses to keep your notes. They live in this page only and go when it closes: export them.";
    storage_memory: "按网站设置，笔记只保存在本页，关闭后会丢失。需要时请导出。",
        "As this site asks, notes are kept in this page only and go when it closes. Export them to keep them.";
    storage_emptied: "浏览器中保存的笔记被清空了，现在只剩本页这一份。请重新保存，或导出备份。",
        "The browser’s storage for this site was emptied. Your notes are left in this page only: keep them again, or export them.";
    room_left: "浏览器给本站的存储空间快满了，请导出备份。约剩", "The browser’s storage for this site is nearly full: export your notes. Left, about";
    room: "本站存储空间约剩", "Storage left for this site, about";
    missing: "条笔记上次还在，现在浏览器里已没有", "notes that were here last time are no longer in the browser’s storage";
    newer: "条笔记由更新的版本保存，保持原样，此处不显示", "notes were kept by a newer version; they are left as they are and not shown";
    recovered: "已找回上次未及保存的批注", "What you were typing when the page closed is back";
    retry: "重试", "Try again";
    export: "导出笔记", "Export notes";
    import: "导入笔记", "Import notes";
    import_new: "条新笔记", "new notes";
    import_newer: "条笔记在这里已有，文件中另有内容，将并入", "notes that are here and say more in the file; both texts are kept";
    import_terms: "条术语", "terms";
    import_duplicate: "条这里已有，略过", "are here already, and left out";
    import_refused: "条不能导入", "cannot be imported";
    import_accept: "导入", "Import";
    imported_all: "已导入笔记", "Notes imported";
    imported_some: "部分笔记不属于本文或无法读取，其余已导入", "Some notes belong elsewhere or cannot be read; the others are imported";
    imported_unsaved: "已导入，但浏览器未能全部保存；请导出备份", "Imported, but the browser did not keep all of it: export your notes";
    imported_none: "这些笔记已经在这里了", "These notes are here already";
    import_failed: "没有导入：请选择边注或 Hypothesis 导出的 JSON 文件，且笔记属于本文",
        "Nothing imported: choose a JSON file exported from Bianzhu or Hypothesis, with notes on this article";
    set_aside: "条损坏的笔记已另行保存，未删除", "damaged notes were set aside, not deleted";
    edited_text: "原文已改动", "The text has changed";
    orphans: "原文中已找不到", "No longer in the text";
    stands_elsewhere: "原处已找不到；别处有相同的文字", "No longer where it was; the same words stand elsewhere";
    ambiguous_place: "原文中有多处相同文字，无法确定位置", "The text occurs more than once; its place is not certain";
    show_kind: "显示", "Show";
    hide_kind: "隐藏", "Hide";
    keys: "键盘操作", "Keyboard";
    keys_next: "下一处标记（卡片打开时：同一事物的下一处）", "Next mark; with a card open, the next mention of the same thing";
    keys_previous: "上一处标记", "Previous mark";
    keys_open: "打开所在标记的卡片", "Open the card of the mark";
    keys_close: "关闭卡片或面板", "Close a card or a panel";
    keys_panel: "打开或关闭本文要素", "Open or close the contents of the article";
    keys_next_note: "下一条笔记", "Next note";
    keys_previous_note: "上一条笔记", "Previous note";
    keys_highlight: "标注选中的文字或所在标记", "Highlight the selection, or the mark with the focus";
    keys_colors: "用四种颜色之一标注", "Highlight in one of the four colours";
    keys_comment: "批注选中的文字或所在标记", "Comment on the selection, or the mark with the focus";
    keys_notebook: "打开或关闭笔记", "Open or close the notes";
    skip: "跳过文章", "Skip the article";
    keys_glossary: "打开或关闭术语", "Open or close the glossary";
    keys_undo: "撤销笔记的改动", "Undo a change to the notes";
    keys_redo: "重做笔记的改动", "Redo a change to the notes";
    keys_done: "写批注时：完成", "While writing a comment: done";
    keys_help: "显示这份列表", "Show this list";
    shortcuts_on: "单键操作已开启", "Single keys are on";
    shortcuts_off: "单键操作已关闭", "Single keys are off";
    turn_off: "停用", "Turn off";
    turn_on: "开启", "Turn on";
    contents: "本文要素", "In this article";
    language: "English", "中文";
    language_switch: "切换为英文界面", "Switch the interface to Chinese";
    toolbar_label: "选中文字的工具", "Selection tools";
    margin_label: "边注", "Side notes";

    own_texts: "我的文章", "Your texts";
    own_texts_hint: "可打开 .txt、.html、.md 文件，也可把文件拖到本页。文章只保存在这个浏览器里。",
        "Files may be .txt, .html or .md, and may be dropped onto this page. Texts are kept in this browser only.";
    paste_text: "在此粘贴文章……", "Paste an article here …";
    read_text: "阅读", "Read";
    open_file: "打开文件", "Open a file";
    no_text: "没有读到文字。请粘贴正文，或另选文件。", "No text was found. Paste one, or choose another file.";
    no_texts: "还没有文章。粘贴一篇，或打开一个文件。", "No texts yet. Paste one, or open a file.";
    recent_texts: "最近打开", "Recently opened";
    removed_text: "已移出文章，它的笔记仍在", "Text removed; its notes are kept";
    text_not_here: "这篇文章不在这个浏览器里", "This text is not in this browser";
    text_unkept: "浏览器没有留下这篇文章（空间已满，或不允许保存）：离开后要重新打开。",
        "The browser did not keep this text: its storage is full, or refuses. Once you leave, it must be opened again.";

    glossary: "术语", "Glossary";
    trail: "层级", "Where you are";
    coming: "正在取释义……", "Fetching the entry …";
    not_come: "内容未能取来。请检查网络后重试。", "This could not be fetched. Check your connection and try again.";
    copy: "复制", "Copy";
    not_copied: "浏览器未允许复制", "The browser did not allow copying";
    know: "标为已掌握", "I know it";
    known: "✓ 已掌握", "✓ Known";
    unknow: "移出", "Remove";
    now_known: "已掌握：今后淡化显示", "Known: dimmed from now on";
    not_known_now: "不再算作已掌握", "No longer counted as known";
    known_terms: "已掌握的术语", "Terms you know";
    undone: "已撤销", "Undone";
    no_hover: "停用悬停", "No hover";
    no_hover_why: "鼠标停留时不再打开卡片，只在点击时打开", "Open cards on a click only, not when the pointer rests";
    hover_is_off: "鼠标停留不再打开卡片；在“术语”面板可重新启用",
        "A resting pointer opens nothing now; the glossary panel turns it on again";
    from_pack: "词条来自：", "Entry from: ";
    own_term: "我的术语", "Your own term";
    own_terms: "我的术语", "Your own terms";
    no_own_terms: "还没有。选中词语后点“释义”即可添加。", "None yet. Select a word and press “Define” to add one.";
    define: "释义", "Define";
    term_label: "术语", "Term";
    definition_label: "释义", "Meaning";
    english_label: "英文（可不填）", "English (optional)";
    needs_term: "术语须为 1 至 40 字", "A term has 1 to 40 characters";
    needs_meaning: "请写下释义或英文", "Write what it means, or its English";
    discard: "放弃", "Discard";
    saved_term: "已保存术语", "Term saved";
    unsaved_term: "浏览器未能保存此术语，关闭本页后会丢失", "The browser did not keep this term: it goes when the page closes";
    deleted_term: "已删除术语", "Term deleted";
    search_glossary: "查找术语", "Search the glossary";
    search_hint: "汉字、拼音、首字母或英文", "Chinese, pinyin, initials or English";
    found: "条结果", "found";
    nothing_found: "术语表中没有找到。", "Nothing in the glossary matches.";
    no_english: "释义未能取来，暂时不能按拼音和英文查找。", "The entries could not be fetched: pinyin and English cannot be searched.";
    not_here: "本文未用", "not in this article";
    terms_here: "本文术语", "In this article";
    no_terms: "这篇文章里没有术语表收录的词。", "This article uses no term of the glossary.";
    order: "排列", "Order";
    by_place: "按出现", "In order";
    by_category: "按类别", "By category";
    mark_terms: "标出术语", "Mark terms";
    mark_all: "全部", "Everywhere";
    mark_paragraph: "每段首次", "First in each paragraph";
    mark_article: "全文首次", "First in the article";
    mark_none: "不标", "Nowhere";
    cards_open: "打开卡片", "Open cards";
    hover_on: "鼠标停留或点击", "On hover or click";
    hover_off: "只在点击时", "On click only";
}
