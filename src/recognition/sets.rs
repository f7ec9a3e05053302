//! Sets of characters that rules ask for at every place of a text: a bit each, looked up once for each character.

/// A set of characters, or several of them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set(u32);

macro_rules! sets {
    ($($(#[$doc:meta])* $name:ident = $bit:literal: $members:literal;)*) => {
        impl Set {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*
        }
        const MEMBERS: &[(u32, &str)] = &[$(($bit, $members)),*];
    };
}

sets! {
    /// Countries and provinces in one character.
    LETTER = 0: "中美英法德俄日韩朝印巴以伊欧澳加意葡荷台港澳京津沪阿叙古越泰新埃苏非";
    /// Those that also stand alone.
    SINGLE = 1: "中以巴华京美英法德俄日韩朝港澳台沪印欧非意葡泰越";
    /// Those that are common characters besides.
    DOUBTFUL = 2: "以意新苏越古加日台非";
    /// What a place may stand after.
    AT = 3: "在赴抵到从于驻由自往";
    /// What a person may stand after.
    WITH = 4: "和与及由对向同被据请随给跟让是";
    /// What places of an administration end with.
    ADMINISTRATIVE = 5: "县市区镇乡村旗州";
    /// What places of nature, and others, end with.
    NATURAL = 6: "河江湖山岛港湾峡岭峰寺庙寨庄沟屯溪";
    /// What stands in no name of a place.
    NO_PLACE = 7: "的了在是和与及有为不这那个我你他们到从向被把将对等都也就每各某本该全此其几两";
    /// What stands in no name of an organisation by itself.
    NO_ORGANIZATION = 8: "的了在是将要被把从到向对为以及等与和使让我你他她它这那说一未并尽快今轮已尚曾能有无不就都也还又或个名位家";
    /// Numerals and figures that dates are told in.
    DIGIT = 9: "0123456789０１２３４５６７８９〇零一二三四五六七八九十○";
    /// Numerals that quantities are told in.
    NUMERAL = 10: "〇零一二三四五六七八九十百千万亿两";
    /// Figures of either width.
    FIGURE = 11: "0123456789０１２３４５６７８９";
    /// What ends an item of a list.
    STOP = 12: "、，。等和及";
    /// What a document begins with.
    DOCUMENT = 13: "《“关国中省市县政";
    /// What the name of a congress begins with.
    CONGRESS = 14: "党中一二三四五六七八九十";
    /// What joins the parts of a foreign name.
    DOT = 15: "·•・‧";
    /// The divisions of China.
    DIVISION = 16: "省市县区州镇乡村";
    /// Countries in one character only beside another: 中柬关系.
    FAR = 17: "老柬尼哈吉塔乌缅蒙墨菲智秘希瑞匈波捷塞奥挪芬丹布哥罗马土";
    /// What whom a meeting is held for begins with.
    SCOPE = 18: "全中";
}

impl Set {
    /// What is in either.
    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The sets of each character.
#[derive(Debug)]
pub(super) struct Sets(Vec<u32>);

impl Sets {
    pub(super) fn new() -> Self {
        let mut sets = vec![0; 0x1_0000];
        for (bit, members) in MEMBERS {
            for c in members.chars() {
                if let Some(set) = sets.get_mut(c as usize) {
                    *set |= 1 << bit;
                }
            }
        }
        Self(sets)
    }

    /// The sets that a character is in.
    pub(super) fn of(&self, c: char) -> Set {
        Set(self.0.get(c as usize).copied().unwrap_or(0))
    }
}

impl Set {
    /// Whether the two have a set in common.
    pub(super) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}
