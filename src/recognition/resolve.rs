//! Which mentions name the same thing, and what the article says of it.

use super::{Entity, EntityId, Fact, Found, Mention, Recognition, Recognizer, Relation};
use crate::lexicon::{Class, Division, Gazetteer, Kind, entities::CuratedEntities};
use crate::sort::sort_by_key;
use crate::text::Span;

/// Most facts of one entity: a card holds no more, and 记者 in a long text would have thousands.
const FACTS: usize = 100;

/// Takes mentions in the order of the text, one by one.
#[derive(Debug, Default)]
pub(super) struct Resolver {
    recognition: Recognition,
    /// The entities' indices in the order of kind and name.
    known: Vec<usize>,
    /// The mentions that are open around the next one.
    around: Vec<usize>,
    /// Mentions of a family name alone, with the person they mean.
    addressed: Vec<(usize, usize)>,
    /// The person of each family name, where the text has named but one.
    families: Vec<(char, Option<usize>)>,
}

impl Resolver {
    pub(super) fn add(&mut self, chars: &[char], recognizer: &Recognizer, Found { span, kind }: Found) {
        let mut name = text(chars, span);
        if let Some(entry) = recognizer.curated.named(chars.get(span.range()).unwrap_or_default())
            && entry.kind == kind
        {
            name.clone_from(&entry.name);
        } else if kind == Kind::Place
            && let Some(division) = division(&recognizer.gazetteer, &name)
        {
            name = recognizer.gazetteer.divisions[division].name();
        }
        let entity = self.entity(kind, &name, span);
        let Recognition { mentions, entities } = &mut self.recognition;
        while self.around.last().is_some_and(|&outer| !mentions[outer].span.contains(span)) {
            self.around.pop();
        }
        let index = mentions.len();
        mentions.push(Mention { span, kind, entity, parent: self.around.last().copied() });
        entities[entity.index()].mentions.push(index);
        self.around.push(index);
    }

    /// The entity of a name, made where there is none yet.
    fn entity(&mut self, kind: Kind, name: &str, span: Span) -> EntityId {
        // 李书记 is the 李 … whom the text has named; of two of that name it is said of neither.
        let family = name.chars().next().filter(|_| kind == Kind::Person);
        let is_alone = span.range().len() == 1;
        let same = self.families.iter().position(|(other, _)| Some(*other) == family);
        if let Some((_, Some(person))) = same.filter(|_| is_alone).map(|same| self.families[same]) {
            self.addressed.push((self.recognition.mentions.len(), person));
            return EntityId(person as u32);
        }
        let entities = &mut self.recognition.entities;
        let place = self.known.binary_search_by(|&index| {
            (entities[index].kind, entities[index].name.as_str()).cmp(&(kind, name))
        });
        let index = match place {
            Ok(at) => self.known[at],
            Err(at) => {
                self.known.insert(at, entities.len());
                entities.push(Entity {
                    kind,
                    name: name.to_owned(),
                    mentions: Vec::new(),
                    facts: Vec::new(),
                });
                match (family.filter(|_| !is_alone), same) {
                    (Some(_), Some(same)) => self.families[same].1 = None,
                    (Some(family), None) => self.families.push((family, Some(entities.len() - 1))),
                    (None, _) => {}
                }
                entities.len() - 1
            }
        };
        EntityId(index as u32)
    }

    /// What all the mentions together say.
    pub(super) fn finish(self, chars: &[char], recognizer: &Recognizer) -> Recognition {
        let Self { mut recognition, addressed, .. } = self;
        let gazetteer = &recognizer.gazetteer;
        addresses(chars, &mut recognition, &addressed);
        same_organs(&mut recognition, gazetteer);
        curated(&mut recognition, &recognizer.curated);
        offices(chars, &mut recognition);
        documents(chars, &mut recognition);
        inner_organs(&mut recognition);
        places(chars, gazetteer, &mut recognition);
        recognition
    }
}

/// The words of a span, without the blanks that typesetting left in them.
fn text(chars: &[char], span: Span) -> String {
    let chars = chars.get(span.range()).unwrap_or_default();
    chars.iter().filter(|c| !c.is_whitespace()).collect()
}

/// The division of a name; 玉龙县 is 玉龙纳西族自治县.
fn division(gazetteer: &Gazetteer, name: &str) -> Option<usize> {
    let name: Vec<char> = name.chars().collect();
    gazetteer.place(&name).or_else(|| {
        let (last, short) = name.split_last()?;
        let place = gazetteer.place(short)?;
        gazetteer.divisions[place].rest.ends_with(*last).then_some(place)
    })
}

/// The characters between two spans.
fn between(chars: &[char], first: Span, second: Span) -> &[char] {
    chars.get(first.end().index()..second.start().index()).unwrap_or(&['\n'])
}

/// What stands between a person and the office that the text gives them.
const GIVEN: [&str; 7] = ["", "为", "任", "同志任", "担任", "当选为", "，现任"];

/// Offices that several people hold at a time, besides those with 副.
const SEVERAL: [&str; 5] = ["常委", "委员", "院士", "记者", "领导"];

/// The offices strung together right before a name are that person's, and the office right after it; the next
/// in a list has an office that several hold, which is inferred.
fn offices(chars: &[char], recognition: &mut Recognition) {
    let mut chain: Vec<usize> = Vec::new();
    let mut last_person: Option<usize> = None;
    let mut shared: Option<usize> = None;
    let mut appointed: Option<usize> = None;
    for index in 0..recognition.mentions.len() {
        let mention = recognition.mentions[index].clone();
        if mention.parent.is_some() {
            continue;
        }
        let gap = chain.last().map(|&last| between(chars, recognition.mentions[last].span, mention.span));
        let person = last_person.take();
        let appointee = appointed.take();
        match mention.kind {
            Kind::Role => {
                let given = person.filter(|&person| {
                    let span = recognition.mentions[person].span;
                    let gap: String = between(chars, span, mention.span).iter().collect();
                    // 免去许云昭的秘书长职务.
                    let dismissed = || {
                        gap == "的"
                            && span.start().index() >= 2
                            && chars[..span.start().index()].ends_with(&['免', '去'])
                    };
                    GIVEN.contains(&gap.as_str()) || dismissed()
                });
                // 任宁波市委委员、常委、秘书长.
                let given = given.or_else(|| appointee.filter(|_| matches!(gap, Some(['、' | '兼']))));
                if let Some(person) = given {
                    holds(chars, recognition, &[index], person);
                    (appointed, chain) = (given, vec![index]);
                    continue;
                }
                if !matches!(gap, Some(['、' | '兼' | '原'] | [])) {
                    chain.clear();
                }
                chain.push(index);
            }
            // 中国人口学会会长: the organisation stands beside its office.
            Kind::Organization => {
                if !matches!(gap, Some(['、' | '兼'])) {
                    chain.clear();
                }
                chain.push(index);
            }
            Kind::Person => {
                let is_office = |&last: &usize| recognition.mentions[last].kind == Kind::Role;
                let is_beside =
                    gap.is_some_and(|gap| gap.iter().all(|c| c.is_whitespace() && *c != '\n' || *c == '：'));
                if is_beside && chain.last().is_some_and(is_office) {
                    holds(chars, recognition, &chain, index);
                    shared = chain.last().copied().filter(|&office| {
                        let office = &recognition.entities[recognition.mentions[office].entity.index()].name;
                        office.contains('副') || SEVERAL.iter().any(|several| office.ends_with(several))
                    });
                } else if !person.is_some_and(|person| {
                    between(chars, recognition.mentions[person].span, mention.span) == ['、']
                }) {
                    shared = None;
                } else if let Some(office) = shared {
                    let office = recognition.mentions[office].clone();
                    let evidence = Some(Span::new(office.span.start(), mention.span.end()));
                    for (of, relation, target) in [
                        (mention.entity, Relation::HoldsRole, office.entity),
                        (office.entity, Relation::HeldBy, mention.entity),
                    ] {
                        add(recognition, of, relation, target, evidence, true);
                    }
                }
                chain.clear();
                last_person = Some(index);
            }
            _ => chain.clear(),
        }
    }
}

/// Tells both sides that a person holds these offices, and the organs in or beside them who belongs to them.
fn holds(chars: &[char], recognition: &mut Recognition, offices: &[usize], person_index: usize) {
    let person = recognition.mentions[person_index].clone();
    for (at, &office_index) in offices.iter().enumerate() {
        let office = recognition.mentions[office_index].clone();
        if office.kind == Kind::Organization {
            // Only where its office follows.
            let follows = offices.get(at + 1).map(|&next| recognition.mentions[next].span);
            if follows.is_some_and(|next| matches!(between(chars, office.span, next), [] | ['原'])) {
                let evidence = Some(Span::new(office.span.start(), person.span.end()));
                add(recognition, office.entity, Relation::HeldBy, person.entity, evidence, false);
            }
            continue;
        }
        let (start, end) = if office.span.start() < person.span.start() {
            (office.span.start(), person.span.end())
        } else {
            (person.span.start(), office.span.end())
        };
        let evidence = Some(Span::new(start, end));
        let inner = recognition.mentions.iter().skip(office_index + 1);
        let inner = inner.take_while(|inner| inner.span.start() < office.span.end());
        let organs =
            inner.filter(|inner| inner.kind == Kind::Organization && office.span.contains(inner.span));
        let held_by: Vec<EntityId> = organs.map(|organ| organ.entity).chain([office.entity]).collect();
        // 俄罗斯总统, 协和医院原副院长: said with whose office it is, where that stands beside it.
        let beside =
            recognition.mentions[..office_index].iter().rev().find(|mention| mention.parent.is_none());
        let beside = beside.filter(|beside| {
            matches!(beside.kind, Kind::Organization | Kind::Place)
                && matches!(between(chars, beside.span, office.span), [] | ['原'])
        });
        let whole = beside.map_or(office.span.start(), |beside| beside.span.start());
        let fact = Fact {
            relation: Relation::HoldsRole,
            value: text(chars, Span::new(whole, office.span.end())),
            target: Some(office.entity),
            evidence,
            inferred: false,
        };
        state(&mut recognition.entities[person.entity.index()], fact);
        for entity in held_by {
            add(recognition, entity, Relation::HeldBy, person.entity, evidence, false);
        }
    }
}

/// A stated fact about `of`, once.
fn add(
    recognition: &mut Recognition,
    of: EntityId,
    relation: Relation,
    target: EntityId,
    evidence: Option<Span>,
    inferred: bool,
) {
    let value = recognition.entities[target.index()].name.clone();
    let fact = Fact { relation, value, target: Some(target), evidence, inferred };
    state(&mut recognition.entities[of.index()], fact);
}

/// A fact about an entity, once.
fn state(entity: &mut Entity, fact: Fact) {
    let is_known =
        entity.facts.iter().any(|known| known.relation == fact.relation && known.value == fact.value);
    if entity.facts.len() < FACTS && !is_known && fact.value != entity.name {
        entity.facts.push(fact);
    }
}

/// 李书记 is another name of 李俊明: concluded, for the text does not say so.
fn addresses(chars: &[char], recognition: &mut Recognition, addressed: &[(usize, usize)]) {
    for &(index, person) in addressed {
        let Some(mention) = recognition.mentions.get(index) else { continue };
        let span = mention.span;
        let next = recognition.mentions.get(index + 1);
        let office = next.filter(|next| next.kind == Kind::Role && next.span.start() == span.end());
        let end = office.map_or_else(|| span.end(), |office| office.span.end());
        let span = Span::new(span.start(), end);
        let fact = Fact {
            relation: Relation::AlsoCalled,
            value: text(chars, span),
            target: None,
            evidence: Some(span),
            inferred: true,
        };
        state(&mut recognition.entities[person], fact);
    }
}

/// 省委办公厅省政府办公厅关于…的通知 was issued by the organs right before it.
fn documents(chars: &[char], recognition: &mut Recognition) {
    const VERBS: [&str; 6] = ["", "印发", "发布", "出台", "制定", "下发"];
    for index in 0..recognition.mentions.len() {
        if recognition.mentions[index].kind != Kind::Document {
            continue;
        }
        let mut next = recognition.mentions[index].clone();
        for before in (0..index).rev() {
            let organ = recognition.mentions[before].clone();
            if organ.parent.is_some() {
                continue;
            }
            let gap: String = between(chars, organ.span, next.span).iter().collect();
            let links = match next.kind {
                Kind::Document => VERBS.contains(&gap.as_str()),
                _ => matches!(gap.as_str(), "" | "、" | "和"),
            };
            if organ.kind != Kind::Organization || !links {
                break;
            }
            let (document, span) = (recognition.mentions[index].entity, recognition.mentions[index].span);
            let evidence = Some(Span::new(organ.span.start(), span.end()));
            add(recognition, document, Relation::IssuedBy, organ.entity, evidence, false);
            next = organ;
        }
    }
}

/// 省政府办公厅 is part of 省政府 where the article names that too.
fn inner_organs(recognition: &mut Recognition) {
    let organs = recognition.entities.iter().enumerate();
    let organs = organs.filter(|(_, entity)| entity.kind == Kind::Organization);
    let mut organs: Vec<(String, EntityId)> =
        organs.map(|(index, entity)| (entity.name.clone(), EntityId(index as u32))).collect();
    sort_by_key(&mut organs, |(name, _)| name.clone());
    for (name, inner) in &organs {
        let shorter: Vec<&str> = name.char_indices().skip(2).map(|(end, _)| &name[..end]).collect();
        let find = |outer: &str| organs.binary_search_by(|(name, _)| name.as_str().cmp(outer)).ok();
        if let Some(outer) = shorter.into_iter().rev().find_map(find) {
            add(recognition, *inner, Relation::PartOf, organs[outer].1, None, false);
        }
    }
}

/// What a pack says of its entries.
fn curated(recognition: &mut Recognition, curated: &CuratedEntities) {
    if curated.is_empty() {
        return;
    }
    for entity in &mut recognition.entities {
        let Some(entry) = curated.named(&entity.name.chars().collect::<Vec<_>>()) else { continue };
        if entry.kind != entity.kind {
            continue;
        }
        let says = |relation, value: &String| Fact {
            relation,
            value: value.clone(),
            target: None,
            evidence: None,
            inferred: false,
        };
        let facts = [
            says(Relation::HoldsRole, &entry.role),
            says(Relation::PartOf, &entry.within),
            says(Relation::DescribedAs, &entry.description),
            says(Relation::KnownFrom, &entry.pack),
        ];
        facts.into_iter().filter(|fact| !fact.value.is_empty()).for_each(|fact| state(entity, fact));
    }
}

/// The place that a text speaks of as “our” city or province: the one of that level that it names most.
fn own_place(recognition: &Recognition, gazetteer: &Gazetteer, level: &str) -> Option<usize> {
    let mut own: Option<(usize, usize)> = None;
    let mut tied = false;
    for entity in recognition.entities.iter().filter(|entity| entity.kind == Kind::Place) {
        // 区 is no 自治区.
        if !entity.name.ends_with(level) || level == "区" && entity.name.ends_with("自治区") {
            continue;
        }
        let Some(place) = division(gazetteer, &entity.name) else { continue };
        if gazetteer.divisions[place].name() != entity.name {
            continue;
        }
        let count = entity.mentions.len();
        match own {
            Some((_, most)) if most > count => {}
            Some((_, most)) if most == count => tied = true,
            _ => (own, tied) = (Some((place, count)), false),
        }
    }
    own.filter(|_| !tied).map(|(place, _)| place)
}

/// The levels of places, the lower first.
const LEVELS: [&str; 8] = ["县", "旗", "区", "市", "州", "盟", "自治区", "省"];

/// The own place of each level: 省 may be known from the city.
fn own_places(recognition: &Recognition, gazetteer: &Gazetteer) -> Vec<(&'static str, usize)> {
    let mut own: Vec<(&'static str, usize)> = Vec::new();
    for level in LEVELS {
        let named = own_place(recognition, gazetteer, level);
        let around = || {
            let mut place = own.iter().map(|(_, place)| *place).next_back()?;
            while let Some(parent) = gazetteer.divisions[place].parent {
                place = parent;
                if level != "区" && gazetteer.divisions[place].name().ends_with(level) {
                    return Some(place);
                }
            }
            None
        };
        own.extend(named.or_else(around).map(|place| (level, place)));
    }
    own
}

/// 市委 is 忻州市委 and 中共忻州市委, where the article's own city is known: they become one entity.
fn same_organs(recognition: &mut Recognition, gazetteer: &Gazetteer) {
    let own = own_places(recognition, gazetteer);
    let full = |name: &str| -> Option<(String, bool)> {
        let bare = name.strip_prefix("中共").unwrap_or(name);
        let level = own.iter().find(|(level, _)| {
            bare.strip_prefix(level).is_some_and(|rest| !rest.is_empty() && is_core(gazetteer, rest))
        });
        match level {
            Some((level, place)) => {
                let rest = bare.strip_prefix(level).unwrap_or_default();
                Some((gazetteer.divisions[*place].name() + rest, true))
            }
            None if bare.len() < name.len() && !bare.is_empty() => Some((bare.to_owned(), false)),
            None => None,
        }
    };
    let organs = recognition.entities.iter().enumerate();
    let organs = organs.filter(|(_, entity)| entity.kind == Kind::Organization);
    let mut by_name: Vec<(String, usize)> =
        organs.map(|(index, entity)| (entity.name.clone(), index)).collect();
    sort_by_key(&mut by_name, |(name, _)| name.clone());
    let mut into: Vec<Option<usize>> = vec![None; recognition.entities.len()];
    for (name, index) in &by_name {
        let Some((full, inferred)) = full(name) else { continue };
        // Committees of the Party, which their full name says.
        let organ = name.get("市".len()..).unwrap_or_default();
        let party = matches!(organ, "委" | "纪委" | "政法委");
        let known = by_name.binary_search_by(|(name, _)| name.cmp(&full)).ok().map(|at| by_name[at].1);
        let evidence = recognition.entities[*index].mentions.first().map(|&m| recognition.mentions[m].span);
        let called = |value: String, evidence| Fact {
            relation: Relation::AlsoCalled,
            value,
            target: None,
            evidence,
            inferred,
        };
        match known.filter(|known| known != index) {
            Some(known) => {
                into[*index] = Some(known);
                state(&mut recognition.entities[known], called(name.clone(), evidence));
            }
            None if inferred => {
                let full = if party { format!("中共{full}") } else { full };
                state(&mut recognition.entities[*index], called(full, None));
            }
            None => {}
        }
    }
    merge(recognition, &into);
}

/// Whether an organ of a level is called so: 委, 政府, 财政局 …
fn is_core(gazetteer: &Gazetteer, rest: &str) -> bool {
    let chars: Vec<char> = rest.chars().collect();
    rest.ends_with(['局', '厅', '委', '办'])
        || gazetteer.words_at(&chars).any(|(_, word)| gazetteer.word(word).is.meets(Class::CORE))
}

/// Puts the mentions of each entity that is another into that other.
fn merge(recognition: &mut Recognition, into: &[Option<usize>]) {
    if into.iter().all(Option::is_none) {
        return;
    }
    let Recognition { mentions, entities } = recognition;
    let mut kept = Vec::with_capacity(entities.len());
    let mut place = vec![0u32; entities.len()];
    for (index, mut entity) in std::mem::take(entities).into_iter().enumerate() {
        if into[index].is_none() {
            place[index] = kept.len() as u32;
            entity.mentions.clear();
            kept.push(entity);
        }
    }
    for (index, mention) in mentions.iter_mut().enumerate() {
        let entity = mention.entity.index();
        let target = into[entity].filter(|target| into[*target].is_none()).unwrap_or(entity);
        mention.entity = EntityId(place[target]);
        kept[place[target] as usize].mentions.push(index);
    }
    *entities = kept;
}

/// A place lies in its city and province; an organ in the place that its name begins with, or in the article's
/// own place, which is inferred; and 我市 is that place, which is inferred too.
fn places(chars: &[char], gazetteer: &Gazetteer, recognition: &mut Recognition) {
    let divisions = &gazetteer.divisions;
    let mut named: Vec<(String, EntityId)> = Vec::new();
    for (index, entity) in recognition.entities.iter().enumerate() {
        if entity.kind == Kind::Place {
            named.push((entity.name.clone(), EntityId(index as u32)));
        }
    }
    sort_by_key(&mut named, |(name, _)| name.clone());
    let find = |name: &str| {
        let at = named.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(named[at].1)
    };
    for (name, id) in &named {
        let Some(place) = told_apart(divisions, division(gazetteer, name), &|name| find(name).is_some())
        else {
            continue;
        };
        let mut parent = divisions[place].parent;
        while let Some(around) = parent {
            let outer = divisions[around].name();
            let fact = Fact { target: find(&outer), ..part_of(outer) };
            state(&mut recognition.entities[id.index()], fact);
            parent = divisions[around].parent;
        }
    }

    let own = own_places(recognition, gazetteer);
    for (level, place) in &own {
        let Some(id) = find(&divisions[*place].name()) else { continue };
        for before in ["我", "全", "本"] {
            let words: Vec<char> = before.chars().chain(level.chars()).collect();
            let Some(at) = chars.windows(words.len()).position(|window| window == words) else { continue };
            let fact = Fact {
                relation: Relation::AlsoCalled,
                value: words.iter().collect(),
                target: None,
                evidence: Some(Span::new(at, at + words.len())),
                inferred: true,
            };
            state(&mut recognition.entities[id.index()], fact);
        }
    }
    for index in 0..recognition.entities.len() {
        if recognition.entities[index].kind != Kind::Organization {
            continue;
        }
        let name = recognition.entities[index].name.clone();
        let level = own.iter().find(|(level, _)| {
            name.strip_prefix(level).is_some_and(|rest| !rest.is_empty() && is_core(gazetteer, rest))
        });
        if let Some((_, place)) = level {
            let outer = divisions[*place].name();
            let fact = Fact { inferred: true, target: find(&outer), ..part_of(outer) };
            state(&mut recognition.entities[index], fact);
        }
    }
    organs_in_places(gazetteer, recognition);
}

/// 忻州市公安局 is an organ of 忻州市.
fn organs_in_places(gazetteer: &Gazetteer, recognition: &mut Recognition) {
    for index in 0..recognition.mentions.len().saturating_sub(1) {
        let (organ, place) = (recognition.mentions[index].clone(), recognition.mentions[index + 1].clone());
        let begins_with = place.parent == Some(index) && place.span.start() == organ.span.start();
        if organ.kind != Kind::Organization || place.kind != Kind::Place || !begins_with {
            continue;
        }
        let name = &recognition.entities[place.entity.index()].name;
        // Of a country that is no news.
        let division = division(gazetteer, name).map(|place| &gazetteer.divisions[place]);
        if division.is_some_and(|division| !division.rest.is_empty() || division.parent.is_some()) {
            add(recognition, organ.entity, Relation::PartOf, place.entity, None, false);
        }
    }
}

/// Of several divisions of one name the one whose surroundings the text names; none where that leaves a choice.
fn told_apart(
    divisions: &[Division],
    first: Option<usize>,
    is_named: &dyn Fn(&str) -> bool,
) -> Option<usize> {
    let first = first?;
    let Some(_) = divisions[first].namesake else { return Some(first) };
    // 吉林 is the province, before it is the city of that name.
    let ranks_higher = divisions[first].parent.is_none();
    let mut place = Some(first);
    let mut fitting = None;
    while let Some(index) = place {
        let mut parent = divisions[index].parent;
        while let Some(around) = parent {
            if is_named(&divisions[around].name()) {
                if fitting.is_some_and(|fitting| fitting != index) {
                    return None;
                }
                fitting = Some(index);
            }
            parent = divisions[around].parent;
        }
        place = divisions[index].namesake;
    }
    fitting.or(ranks_higher.then_some(first))
}

/// A division lies within another: what everyone knows, so that no words of the article say it.
fn part_of(name: String) -> Fact {
    Fact { relation: Relation::PartOf, value: name, target: None, evidence: None, inferred: false }
}
