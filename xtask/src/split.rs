//! The release build's core cut in two: a first part that a page needs to show its article, and a later one
//! that comes as the reader comes near.
//!
//! Both parts share memory, tables and the stack pointer, which the first exports. The later one imports the
//! first's functions that it calls, and writes its own into the table, where the first has left their places
//! empty. Whatever the first part calls by the table it asks for before (`asked`): where the place is still
//! empty, the later part is fetched there and then. So the cut decides what comes when, and never what happens.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest as _, Sha384};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Instruction, Module, TypeSection,
};
use wasmparser::{
    ConstExpr as Expression, DataKind, ElementItems, ElementKind, ExternalKind, FuncType, FunctionBody,
    KnownCustom, Name, Operator, Parser, Payload, TypeRef,
};

/// Where all functions of the first part that the later one imports come from, each by this same name: the glue
/// hands over another one each time it is asked, in the order in which they stand in the table. Names of their own
/// would be 1.5 KB after brotli.
const LENT: (&str, &str) = ("b", "f");
/// What the first part calls where a function of the later part is asked for that is not yet here.
pub const BRING: &str = "!";

/// Bytes of a function that is not worth a place in the table and asking for it.
const SMALL: usize = 60;
/// Bytes of a piece by which functions are alike.
const PIECE: usize = 4;
/// A piece that more functions have than this says nothing of any two.
const COMMON: usize = 200;

/// The two parts.
#[derive(Debug)]
pub struct Parts {
    /// What is loaded with the page.
    pub first: Vec<u8>,
    /// What comes later.
    pub later: Vec<u8>,
    /// What tells one build's parts from another's; the later part imports memory, tables and globals from a module of
    /// this name.
    pub stamp: String,
    /// What the first part's table is exported as.
    pub table: String,
    /// Where in the table the functions begin that the first part lends.
    pub lent: u32,
}

/// Which functions come later: a path for each line, of a module (`ui::panel`) or a function
/// (`ui::help::help`), with all that is inside; a line with `!` before it takes back what one before has said.
#[derive(Debug, Default)]
pub struct Cut<'a> {
    rules: Vec<(&'a str, bool)>,
}

impl<'a> Cut<'a> {
    /// Reads the table; `#` begins a comment.
    #[must_use]
    pub fn parse(table: &'a str) -> Self {
        let lines = table.lines().map(|line| line.split("# ").next().unwrap_or_default().trim());
        let rule = |line: &'a str| match line.strip_prefix('!') {
            Some(path) => (path.trim(), false),
            None => (line, true),
        };
        Self { rules: lines.filter(|line| !line.is_empty()).map(rule).collect() }
    }

    /// Whether a function of this name comes later. The last rule that fits is the one that counts.
    fn is_later(&self, name: &str) -> bool {
        let name = without_hashes(name);
        let fits = |path: &str| {
            name.match_indices(path).any(|(at, _)| {
                let (before, after) = (&name[..at], &name[at + path.len()..]);
                let is_word = |c: char| c.is_alphanumeric() || c == '_';
                !before.ends_with(is_word) && !after.starts_with(is_word)
            })
        };
        self.rules.iter().rfind(|(path, _)| fits(path)).is_some_and(|&(_, is_later)| is_later)
    }
}

/// A symbol's name as a path is written, without the hashes of its crates: `<a[0123]::B>::c` is `<a::B::c`.
fn without_hashes(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after.split_once(']') {
            Some((inside, after)) if !inside.is_empty() && inside.bytes().all(|b| b.is_ascii_hexdigit()) => {
                rest = after;
            }
            _ => {
                out.push('[');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.replace(">::", "::")
}

/// What a module consists of, as far as cutting it asks.
#[derive(Default)]
struct Whole<'a> {
    types: Vec<FuncType>,
    /// The functions that come from outside: module, name, type.
    imports: Vec<(&'a str, &'a str, u32)>,
    /// The type of each function, those from outside included.
    type_of: Vec<u32>,
    /// Each function's own code; their numbers begin after the imports'.
    bodies: Vec<FunctionBody<'a>>,
    names: BTreeMap<u32, &'a str>,
    exports: Vec<wasmparser::Export<'a>>,
    tables: Vec<wasmparser::TableType>,
    memories: Vec<wasmparser::MemoryType>,
    globals: Vec<wasmparser::Global<'a>>,
    start: Option<u32>,
    /// What the first table has at each place.
    slots: BTreeMap<u32, u32>,
    data: Vec<(i32, &'a [u8])>,
}

type Outcome<T> = Result<T, Error<String>>;

fn unfit<T>(why: &str) -> Outcome<T> {
    Err(Error::UserError(why.to_owned()))
}

/// The number in an expression such as `i32.const 7`.
fn number(expression: &Expression<'_>) -> Outcome<i32> {
    match expression.get_operators_reader().read()? {
        Operator::I32Const { value } => Ok(value),
        _ => unfit("a place is not a number"),
    }
}

impl<'a> Whole<'a> {
    fn read(module: &'a [u8]) -> Outcome<Self> {
        let mut whole = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::TypeSection(section) => {
                    for kind in section.into_iter_err_on_gc_types() {
                        whole.types.push(kind?);
                    }
                }
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        let import = import?;
                        let TypeRef::Func(kind) = import.ty else {
                            return unfit("what is imported is no function");
                        };
                        whole.imports.push((import.module, import.name, kind));
                        whole.type_of.push(kind);
                    }
                }
                Payload::FunctionSection(section) => {
                    for kind in section {
                        whole.type_of.push(kind?);
                    }
                }
                Payload::TableSection(section) => {
                    for table in section {
                        whole.tables.push(table?.ty);
                    }
                }
                Payload::MemorySection(section) => {
                    whole.memories = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::GlobalSection(section) => {
                    whole.globals = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::ExportSection(section) => {
                    whole.exports = section.into_iter().collect::<Result<_, _>>()?;
                }
                Payload::StartSection { func, .. } => whole.start = Some(func),
                Payload::ElementSection(section) => {
                    for element in section {
                        whole.read_element(element?)?;
                    }
                }
                Payload::DataSection(section) => {
                    for data in section {
                        let data = data?;
                        let DataKind::Active { memory_index: 0, offset_expr } = data.kind else {
                            return unfit("data are not placed at the start");
                        };
                        whole.data.push((number(&offset_expr)?, data.data));
                    }
                }
                Payload::CodeSectionEntry(body) => whole.bodies.push(body),
                Payload::CustomSection(section) => {
                    if let KnownCustom::Name(names) = section.as_known() {
                        for name in names {
                            if let Name::Function(map) = name? {
                                for naming in map {
                                    let naming = naming?;
                                    whole.names.insert(naming.index, naming.name);
                                }
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(whole)
    }

    fn read_element(&mut self, element: wasmparser::Element<'a>) -> Outcome<()> {
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind else {
            return unfit("a list of functions is not placed at the start");
        };
        let ElementItems::Functions(functions) = element.items else {
            return unfit("a list of functions is one of expressions");
        };
        for (place, function) in (number(&offset_expr)?.cast_unsigned()..).zip(functions) {
            self.slots.insert(place, function?);
        }
        Ok(())
    }

    fn exported(&self) -> impl Iterator<Item = u32> {
        let functions = self.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        functions.map(|export| export.index)
    }

    fn imported(&self) -> u32 {
        self.imports.len() as u32
    }

    fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported())? as usize)
    }

    /// The functions that one calls by their numbers.
    fn called(&self, function: u32) -> Outcome<Vec<u32>> {
        let Some(body) = self.body(function) else { return Ok(Vec::new()) };
        let mut called = Vec::new();
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => called.push(function_index),
                Operator::RefFunc { .. }
                | Operator::ReturnCall { .. }
                | Operator::ReturnCallIndirect { .. }
                | Operator::MemoryInit { .. }
                | Operator::DataDrop { .. }
                | Operator::TableInit { .. }
                | Operator::ElemDrop { .. } => return unfit("an instruction cannot be cut"),
                _ => {}
            }
        }
        Ok(called)
    }

    /// Which functions stay in the first part: whatever it can come to from outside and by the table without
    /// passing through what the table of the cut says comes later.
    fn first(&self, cut: &Cut<'_>) -> Outcome<BTreeSet<u32>> {
        let is_later = |function: &u32| {
            self.body(*function).is_some() && self.names.get(function).is_some_and(|name| cut.is_later(name))
        };
        let roots = self.exported().chain(self.start).chain(self.slots.values().copied());
        let mut waiting: Vec<u32> = roots.filter(|root| !is_later(root)).collect();
        let mut first = BTreeSet::new();
        while let Some(function) = waiting.pop() {
            if first.insert(function) {
                waiting.extend(self.called(function)?.into_iter().filter(|called| !is_later(called)));
            }
        }
        Ok(first)
    }
}

/// Cuts a module whose functions have their names in two.
///
/// # Errors
/// The module cannot be read, or has something in it that no module of wasm-bindgen's has.
pub fn in_two(module: &[u8], cut: &Cut<'_>) -> Outcome<Parts> {
    let whole = Whole::read(module)?;
    let mut first = whole.first(cut)?;
    whole.keep_small(&mut first)?;
    let all = whole.type_of.len() as u32;
    let (stays, comes): (Vec<u32>, Vec<u32>) =
        (whole.imported()..all).partition(|function| first.contains(function));
    let (stays, comes) = (whole.by_likeness(stays), whole.by_likeness(comes));
    let is_later: BTreeSet<u32> = comes.iter().copied().collect();

    // What the first part calls of the later one by number has a place in the table from now on.
    let mut slots = whole.slots.clone();
    let mut slot_of: BTreeMap<u32, u32> = slots.iter().map(|(&slot, &function)| (function, slot)).collect();
    let mut end = whole.tables.first().map_or(0, |table| table.initial as u32);
    let mut asked: Vec<u32> = Vec::new();
    for &function in &stays {
        asked.extend(whole.called(function)?);
    }
    for function in asked.into_iter().chain(whole.exported()) {
        if is_later.contains(&function) && !slot_of.contains_key(&function) {
            slot_of.insert(function, end);
            slots.insert(end, function);
            end += 1;
        }
    }
    let mut lent = BTreeSet::new();
    let mut used = BTreeSet::new();
    for &function in &comes {
        for called in whole.called(function)? {
            if called >= whole.imported() && !is_later.contains(&called) {
                lent.insert(called);
            } else if called < whole.imported() {
                used.insert(called);
            }
        }
    }
    let lent: Vec<u32> = stays.iter().copied().filter(|function| lent.contains(function)).collect();
    let lent_at = end;
    let shared =
        Shared { whole: &whole, slots, slot_of, end: end + lent.len() as u32, lent_at, lent, is_later };
    let (first, names) = shared.first(&stays)?;
    let digest = Sha384::digest(&first);
    let stamp: String = digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let later = shared.later(&comes, &used, &names, &stamp)?;
    let table = names.tables.first().cloned().unwrap_or_default();
    Ok(Parts { first, later, stamp, table, lent: lent_at })
}

impl Whole<'_> {
    /// What is smaller than asking for it stays in the first part, if that is all that it brings along.
    fn keep_small(&self, first: &mut BTreeSet<u32>) -> Outcome<()> {
        let mut waiting: Vec<u32> = first.iter().copied().collect();
        while let Some(function) = waiting.pop() {
            for called in self.called(function)? {
                let size = self.body(called).map_or(0, |body| body.as_bytes().len());
                if size <= SMALL
                    && !first.contains(&called)
                    && self.called(called)?.iter().all(|all| first.contains(all) || *all < self.imported())
                {
                    first.insert(called);
                    waiting.push(called);
                }
            }
        }
        Ok(())
    }

    /// Functions in an order in which brotli finds what is alike: among those about as large, each is followed by the
    /// one that has most in common with it. It takes 6 KB off the core.
    fn by_likeness(&self, functions: Vec<u32>) -> Vec<u32> {
        let bodies: Vec<&[u8]> =
            functions.iter().map(|&at| self.body(at).map_or(&[][..], FunctionBody::as_bytes)).collect();
        let pieces: Vec<BTreeSet<&[u8]>> = bodies.iter().map(|body| body.windows(PIECE).collect()).collect();
        let mut found_in: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
        for (at, pieces) in pieces.iter().enumerate() {
            for &piece in pieces {
                found_in.entry(piece).or_default().push(at);
            }
        }
        found_in.retain(|_, all| all.len() <= COMMON);
        let mut waiting: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
        for (at, body) in bodies.iter().enumerate() {
            // Nearly three times as large is another size.
            let size = ((body.len().max(1) as f64).log2() * 0.7) as u32;
            waiting.entry(size).or_default().insert(at);
        }
        let mut order: Vec<usize> = Vec::new();
        for mut waiting in waiting.into_values() {
            while !waiting.is_empty() {
                let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
                for piece in order.last().into_iter().flat_map(|&last| &pieces[last]) {
                    for &at in found_in.get(piece).into_iter().flatten().filter(|at| waiting.contains(at)) {
                        *shared.entry(at).or_default() += 1;
                    }
                }
                let last = order.last().map_or(0, |&last| pieces[last].len());
                let share = |at: usize, shared: usize| shared as f64 / (pieces[at].len() + last) as f64;
                let alike = shared.iter().max_by(|one, other| {
                    share(*one.0, *one.1).total_cmp(&share(*other.0, *other.1)).then(other.0.cmp(one.0))
                });
                let next = alike.map(|(&at, _)| at).or_else(|| {
                    waiting.iter().copied().min_by_key(|&at| (self.type_of[functions[at] as usize], at))
                });
                if let Some(next) = next {
                    waiting.remove(&next);
                    order.push(next);
                }
            }
        }
        order.into_iter().map(|at| functions[at]).collect()
    }
}

/// What both parts go by.
struct Shared<'a> {
    whole: &'a Whole<'a>,
    slots: BTreeMap<u32, u32>,
    slot_of: BTreeMap<u32, u32>,
    /// How long the table is.
    end: u32,
    /// Where in it the functions begin that the first part lends, and which they are.
    lent_at: u32,
    lent: Vec<u32>,
    is_later: BTreeSet<u32>,
}

/// What the later part finds in the first: the names of exports.
#[derive(Default)]
struct Names {
    memory: String,
    tables: Vec<String>,
    globals: Vec<String>,
}

/// One of the parts while it is written: what has which number in it.
struct Part<'a> {
    functions: BTreeMap<u32, u32>,
    types: BTreeMap<u32, u32>,
    tables: BTreeMap<u32, u32>,
    globals: BTreeMap<u32, u32>,
    /// In the first part: how a function of the later one is called.
    asks: Option<Asks<'a>>,
}

/// The number of `asked`, and what it has to be asked before.
struct Asks<'a> {
    asked: u32,
    slot_of: &'a BTreeMap<u32, u32>,
    is_later: &'a BTreeSet<u32>,
    type_of: &'a [u32],
    /// The types that functions in empty places have.
    types: BTreeSet<u32>,
}

impl Reencode for Part<'_> {
    type Error = String;

    fn function_index(&mut self, function: u32) -> Outcome<u32> {
        found(&self.functions, function, "function")
    }

    fn type_index(&mut self, kind: u32) -> Outcome<u32> {
        found(&self.types, kind, "type")
    }

    fn table_index(&mut self, table: u32) -> Outcome<u32> {
        found(&self.tables, table, "table")
    }

    fn global_index(&mut self, global: u32) -> Outcome<u32> {
        found(&self.globals, global, "global")
    }
}

fn found(numbers: &BTreeMap<u32, u32>, old: u32, what: &str) -> Outcome<u32> {
    numbers.get(&old).copied().ok_or_else(|| Error::UserError(format!("there is no {what} {old}")))
}

impl Part<'_> {
    fn code(&mut self, code: &mut CodeSection, body: &FunctionBody<'_>) -> Outcome<()> {
        let mut function = utils::new_function_with_parsed_locals(self, body)?;
        for operator in body.get_operators_reader()? {
            let operator = operator?;
            match (&self.asks, &operator) {
                (Some(asks), &Operator::Call { function_index })
                    if asks.is_later.contains(&function_index) =>
                {
                    let slot = found(asks.slot_of, function_index, "place")?;
                    let kind = asks.type_of[function_index as usize];
                    function.instruction(&Instruction::I32Const(slot.cast_signed()));
                    function.instruction(&Instruction::Call(asks.asked));
                    let type_index = self.type_index(kind)?;
                    function.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                (Some(asks), Operator::CallIndirect { type_index, table_index: 0 })
                    if asks.types.contains(type_index) =>
                {
                    function.instruction(&Instruction::Call(asks.asked));
                    function.instruction(&self.instruction(operator)?);
                }
                _ => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }

    fn elements(&mut self, elements: &mut ElementSection, slots: &[(u32, u32)]) -> Outcome<()> {
        for run in slots.chunk_by(|one, next| one.0 + 1 == next.0) {
            let functions: Vec<u32> =
                run.iter().map(|&(_, function)| self.function_index(function)).collect::<Result<_, _>>()?;
            let place = ConstExpr::i32_const(run[0].0.cast_signed());
            elements.active(None, &place, Elements::Functions(functions.into()));
        }
        Ok(())
    }
}

impl Shared<'_> {
    /// The types that these functions are of and name.
    fn types(&self, functions: &[u32], imports: &BTreeSet<u32>) -> Outcome<BTreeSet<u32>> {
        let mut types: BTreeSet<u32> =
            functions.iter().chain(imports).map(|&function| self.whole.type_of[function as usize]).collect();
        for &function in functions {
            let Some(body) = self.whole.body(function) else { continue };
            for operator in body.get_operators_reader()? {
                match operator? {
                    Operator::CallIndirect { type_index, .. } => types.insert(type_index),
                    Operator::Call { function_index } => {
                        types.insert(self.whole.type_of[function_index as usize])
                    }
                    Operator::Block { blockty: wasmparser::BlockType::FuncType(kind) }
                    | Operator::Loop { blockty: wasmparser::BlockType::FuncType(kind) }
                    | Operator::If { blockty: wasmparser::BlockType::FuncType(kind) } => types.insert(kind),
                    _ => false,
                };
            }
        }
        Ok(types)
    }

    /// The imports that these functions call.
    fn imports(&self, functions: &[u32]) -> Outcome<BTreeSet<u32>> {
        let mut imports = BTreeSet::new();
        for &function in functions {
            imports.extend(
                self.whole.called(function)?.into_iter().filter(|&called| called < self.whole.imported()),
            );
        }
        Ok(imports)
    }

    fn first(&self, stays: &[u32]) -> Outcome<(Vec<u8>, Names)> {
        let whole = self.whole;
        let imports = self.imports(stays)?;
        let own: Vec<(u32, u32)> = self
            .slots
            .iter()
            .map(|(&slot, &function)| (slot, function))
            .filter(|(_, function)| !self.is_later.contains(function))
            .chain((self.lent_at..).zip(self.lent.iter().copied()))
            .collect();
        let empty = self.slots.values().filter(|function| self.is_later.contains(function));
        let empty: BTreeSet<u32> = empty.map(|&function| whole.type_of[function as usize]).collect();

        let from: Vec<u32> = stays.iter().copied().chain(whole.exported()).collect();
        let mut module = Module::new();
        let mut part = Part {
            functions: BTreeMap::new(),
            types: (0..).zip(self.types(&from, &imports)?).map(|(new, old)| (old, new)).collect(),
            tables: (0..whole.tables.len() as u32).map(|table| (table, table)).collect(),
            globals: (0..whole.globals.len() as u32).map(|global| (global, global)).collect(),
            asks: None,
        };
        let mut types = TypeSection::new();
        for &old in part.types.clone().keys() {
            types.ty().func_type(&part.func_type(whole.types[old as usize].clone())?);
        }
        // Of `bring` and of `asked`.
        let bring_type = types.len();
        types.ty().function([], []);
        types.ty().function([wasm_encoder::ValType::I32], [wasm_encoder::ValType::I32]);
        module.section(&types);

        let mut section = ImportSection::new();
        let mut number = 0;
        for &import in &imports {
            let (from, name, kind) = whole.imports[import as usize];
            section.import(from, name, EntityType::Function(part.type_index(kind)?));
            part.functions.insert(import, number);
            number += 1;
        }
        let outside = whole.imports.first().map_or("", |import| import.0);
        section.import(outside, BRING, EntityType::Function(bring_type));
        let (bring, asked) = (number, number + 1);
        module.section(&section);

        let mut functions = FunctionSection::new();
        functions.function(bring_type + 1);
        number += 2;
        for &function in stays {
            functions.function(part.type_index(whole.type_of[function as usize])?);
            part.functions.insert(function, number);
            number += 1;
        }
        // An export of the later part is called from outside like any function of the first.
        let exported: BTreeSet<u32> =
            whole.exported().filter(|function| self.is_later.contains(function)).collect();
        for &function in &exported {
            functions.function(part.type_index(whole.type_of[function as usize])?);
            part.functions.insert(function, number);
            number += 1;
        }
        module.section(&functions);

        let mut tables = wasm_encoder::TableSection::new();
        for (at, table) in whole.tables.iter().enumerate() {
            let mut table = part.table_type(*table)?;
            if at == 0 {
                table.minimum = u64::from(self.end);
                table.maximum = table.maximum.map(|_| table.minimum);
            }
            tables.table(table);
        }
        module.section(&tables);
        let mut memories = wasm_encoder::MemorySection::new();
        for memory in &whole.memories {
            memories.memory(part.memory_type(*memory)?);
        }
        module.section(&memories);
        let mut globals = wasm_encoder::GlobalSection::new();
        for global in &whole.globals {
            part.parse_global(&mut globals, global.clone())?;
        }
        module.section(&globals);

        let mut exports = ExportSection::new();
        let mut taken = ShortNames::besides(whole.exports.iter().map(|export| export.name));
        let mut names = Names::default();
        let named = |kind: ExternalKind, index: u32| {
            whole
                .exports
                .iter()
                .find(|export| (export.kind, export.index) == (kind, index))
                .map(|export| export.name.to_owned())
        };
        for export in &whole.exports {
            part.parse_export(&mut exports, *export)?;
        }
        let mut give =
            |exports: &mut ExportSection, kind: ExternalKind, as_kind: ExportKind, old: u32, new: u32| {
                named(kind, old).unwrap_or_else(|| {
                    let name = taken.next();
                    exports.export(&name, as_kind, new);
                    name
                })
            };
        names.memory = give(&mut exports, ExternalKind::Memory, ExportKind::Memory, 0, 0);
        for at in 0..whole.tables.len() as u32 {
            names.tables.push(give(&mut exports, ExternalKind::Table, ExportKind::Table, at, at));
        }
        for at in 0..whole.globals.len() as u32 {
            names.globals.push(give(&mut exports, ExternalKind::Global, ExportKind::Global, at, at));
        }
        module.section(&exports);
        if let Some(start) = whole.start {
            module.section(&wasm_encoder::StartSection { function_index: part.function_index(start)? });
        }

        let mut elements = ElementSection::new();
        part.elements(&mut elements, &own)?;
        module.section(&elements);

        part.asks = Some(Asks {
            asked,
            slot_of: &self.slot_of,
            is_later: &self.is_later,
            type_of: &whole.type_of,
            types: empty,
        });
        let mut code = CodeSection::new();
        let mut ask = Function::new([]);
        ask.instructions()
            .local_get(0)
            .table_get(0)
            .ref_is_null()
            .if_(wasm_encoder::BlockType::Empty)
            .call(bring)
            .end()
            .local_get(0)
            .end();
        code.function(&ask);
        for &function in stays {
            if let Some(body) = whole.body(function) {
                part.code(&mut code, body)?;
            }
        }
        for &function in &exported {
            let kind = whole.type_of[function as usize];
            let mut call = Function::new([]);
            for parameter in 0..whole.types[kind as usize].params().len() as u32 {
                call.instructions().local_get(parameter);
            }
            let slot = found(&self.slot_of, function, "place")?.cast_signed();
            call.instructions().i32_const(slot).call(asked).call_indirect(0, part.type_index(kind)?).end();
            code.function(&call);
        }
        module.section(&code);

        let mut data = wasm_encoder::DataSection::new();
        for &(place, bytes) in &whole.data {
            data.active(0, &ConstExpr::i32_const(place), bytes.iter().copied());
        }
        module.section(&data);
        Ok((module.finish(), names))
    }

    fn later(&self, comes: &[u32], used: &BTreeSet<u32>, names: &Names, stamp: &str) -> Outcome<Vec<u8>> {
        let whole = self.whole;
        let mut module = Module::new();
        let lent: BTreeSet<u32> = self.lent.iter().chain(used).copied().collect();
        let mut part = Part {
            functions: BTreeMap::new(),
            types: (0..).zip(self.types(comes, &lent)?).map(|(new, old)| (old, new)).collect(),
            tables: BTreeMap::new(),
            globals: BTreeMap::new(),
            asks: None,
        };
        let mut types = TypeSection::new();
        for &old in part.types.clone().keys() {
            types.ty().func_type(&part.func_type(whole.types[old as usize].clone())?);
        }
        module.section(&types);

        let mut section = ImportSection::new();
        let mut number = 0;
        for &import in used {
            let (from, name, kind) = whole.imports[import as usize];
            section.import(from, name, EntityType::Function(part.type_index(kind)?));
            part.functions.insert(import, number);
            number += 1;
        }
        for &function in &self.lent {
            let kind = part.type_index(whole.type_of[function as usize])?;
            section.import(LENT.0, LENT.1, EntityType::Function(kind));
            part.functions.insert(function, number);
            number += 1;
        }
        if let Some(memory) = whole.memories.first() {
            section.import(stamp, &names.memory, part.memory_type(*memory)?);
        }
        for (at, (table, name)) in whole.tables.iter().zip(&names.tables).enumerate() {
            let mut table = part.table_type(*table)?;
            if at == 0 {
                table.minimum = u64::from(self.end);
                table.maximum = table.maximum.map(|_| table.minimum);
            }
            section.import(stamp, name, table);
            part.tables.insert(at as u32, at as u32);
        }
        for (at, (global, name)) in whole.globals.iter().zip(&names.globals).enumerate() {
            section.import(stamp, name, part.global_type(global.ty)?);
            part.globals.insert(at as u32, at as u32);
        }
        module.section(&section);

        let mut functions = FunctionSection::new();
        for &function in comes {
            functions.function(part.type_index(whole.type_of[function as usize])?);
            part.functions.insert(function, number);
            number += 1;
        }
        module.section(&functions);

        let own: Vec<(u32, u32)> = self
            .slots
            .iter()
            .map(|(&slot, &function)| (slot, function))
            .filter(|(_, function)| self.is_later.contains(function))
            .collect();
        let mut elements = ElementSection::new();
        part.elements(&mut elements, &own)?;
        module.section(&elements);

        let mut code = CodeSection::new();
        for &function in comes {
            if let Some(body) = whole.body(function) {
                part.code(&mut code, body)?;
            }
        }
        module.section(&code);
        Ok(module.finish())
    }
}

/// Names of one or two letters that nothing has yet.
struct ShortNames {
    taken: BTreeSet<String>,
    number: usize,
}

impl ShortNames {
    fn besides<'a>(taken: impl Iterator<Item = &'a str>) -> Self {
        Self { taken: taken.map(str::to_owned).collect(), number: 0 }
    }

    fn next(&mut self) -> String {
        const LETTERS: &[u8; 64] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$";
        loop {
            let mut number = self.number;
            self.number += 1;
            let mut name = String::new();
            loop {
                name.push(char::from(LETTERS[number % 64]));
                number /= 64;
                if number == 0 {
                    break;
                }
                number -= 1;
            }
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;
    use wasm_encoder::{
        MemorySection, MemoryType, NameMap, NameSection, RefType, TableSection, TableType, ValType,
    };
    use wasmparser::Validator;

    /// `run(n)` and `by_table(n)` add one to what `twice(n)` answers, called by its number and by the table; `twice`
    /// tells the outside and adds with `sum`.
    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([ValType::I32], [ValType::I32]);
        types.ty().function([ValType::I32, ValType::I32], [ValType::I32]);
        types.ty().function([ValType::I32], []);
        let mut imports = ImportSection::new();
        imports.import("a", "tell", EntityType::Function(2));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0).function(0).function(1);
        let mut tables = TableSection::new();
        let element_type = RefType::FUNCREF;
        tables.table(TableType { element_type, table64: false, minimum: 3, maximum: Some(3), shared: false });
        let mut memories = MemorySection::new();
        memories.memory(MemoryType {
            minimum: 1,
            maximum: None,
            memory64: false,
            shared: false,
            page_size_log2: None,
        });
        let mut exports = ExportSection::new();
        exports.export("a", ExportKind::Func, 1).export("b", ExportKind::Func, 2);
        exports.export("c", ExportKind::Func, 3);
        let mut elements = ElementSection::new();
        elements.active(None, &ConstExpr::i32_const(1), Elements::Functions([3, 1][..].into()));
        let mut code = CodeSection::new();
        let mut run = Function::new([]);
        run.instructions().local_get(0).call(3).i32_const(1).i32_add().end();
        let mut by_table = Function::new([]);
        by_table.instructions().local_get(0).i32_const(1).call_indirect(0, 0).i32_const(1).i32_add().end();
        let mut twice = Function::new([]);
        twice.instructions().local_get(0).call(0);
        // Long enough to be worth a place of its own.
        for _ in 0..SMALL {
            twice.instructions().nop();
        }
        twice.instructions().local_get(0).local_get(0).call(4).end();
        let mut sum = Function::new([]);
        sum.instructions().local_get(0).local_get(1).i32_add().end();
        code.function(&run).function(&by_table).function(&twice).function(&sum);
        let mut names = NameMap::new();
        let all = ["run", "by_table", "<app[0123456789abcdef]::View>::twice", "sum"];
        for (at, name) in (1..).zip(all) {
            names.append(at, name);
        }
        let mut name_section = NameSection::new();
        name_section.functions(&names);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables).section(&memories);
        module.section(&exports).section(&elements).section(&code).section(&name_section);
        module.finish()
    }

    fn cut(table: &str) -> Parts {
        in_two(&module(), &Cut::parse(table)).expect("two parts")
    }

    #[test]
    fn the_last_line_that_fits_a_name_counts() {
        let cut =
            Cut::parse("# What is opened.\nui::card\n!ui::card::opener\n\nui::session::Session::undo\n");
        for later in [
            "ui::card::card::{closure#3}",
            "core::ptr::drop_in_place::<bianzhu[fc42bf474bede27a]::ui::card::Card>",
            "<bianzhu[fc42bf474bede27a]::ui::session::Session>::undo",
        ] {
            assert!(cut.is_later(later), "{later}");
        }
        for first in
            ["ui::card::opener", "ui::cards::place", "gui::card", "ui::session::Session::undo_all", ""]
        {
            assert!(!cut.is_later(first), "{first}");
        }
    }

    #[test]
    fn both_parts_are_modules_and_the_later_ones_code_is_in_the_later_one() {
        let (whole, parts) = (cut("nothing"), cut("app::View::twice"));
        for part in [&whole.first, &whole.later, &parts.first, &parts.later] {
            Validator::new().validate_all(part).expect("valid");
        }
        assert!(parts.first.len() + SMALL / 2 < whole.first.len(), "{}", parts.first.len());
        assert!(parts.later.len() > whole.later.len() + SMALL, "{}", parts.later.len());
    }

    #[test]
    fn what_hangs_on_the_later_part_alone_comes_with_it() {
        // `sum` is called by `twice` only.
        let parts = cut("app");
        let bodies = Parser::new(0).parse_all(&parts.later).filter_map(Result::ok);
        let bodies = bodies.filter(|payload| matches!(payload, Payload::CodeSectionEntry(_)));
        assert_eq!(bodies.count(), 2);
    }

    #[test]
    fn a_build_has_a_stamp_of_its_own() {
        assert_eq!(cut("app").stamp, cut("app").stamp);
        assert_ne!(cut("app").stamp, cut("nothing").stamp);
    }

    /// The glue in little: what is fetched there and then is at hand.
    const GLUE: &str = "
        const [first, later, stamp, table, lent] = process.argv.slice(1);
        const bytes = (hex) => Buffer.from(hex, 'hex');
        let brought = 0, told = 0;
        const a = { tell: () => { told += 1; }, '!': () => {
            if (brought++) return;
            let at = Number(lent);
            const b = { get f() { return wasm[table].get(at++); } };
            new WebAssembly.Instance(new WebAssembly.Module(bytes(later)), { a, b, [stamp]: wasm });
        } };
        const wasm = new WebAssembly.Instance(new WebAssembly.Module(bytes(first)), { a }).exports;
        console.log(...['b', 'a', 'c', 'a'].map((name) => wasm[name](20)), brought, told);
    ";

    #[test]
    fn what_is_called_before_it_is_here_is_fetched_once_and_then_called() {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        // By the table, by its number, from outside, and by its number once more.
        for (table, brought) in
            [("nothing", 0), ("app::View::twice", 1), ("app", 1), ("twice\nby_table\nrun", 1)]
        {
            let parts = cut(table);
            let arguments =
                [hex(&parts.first), hex(&parts.later), parts.stamp, parts.table, parts.lent.to_string()];
            let Ok(node) = Command::new("node").args(["-e", GLUE]).args(arguments).output() else {
                return eprintln!("SKIPPED: there is no Node.js to run modules.");
            };
            let said = String::from_utf8_lossy(&node.stdout).trim().to_owned();
            let errors = String::from_utf8_lossy(&node.stderr);
            assert_eq!(said, format!("41 41 40 41 {brought} 4"), "{table}: {errors}");
        }
    }

    #[test]
    fn what_is_no_module_is_refused() {
        let whole = module();
        for bytes in [b"<!doctype html>", &whole[..whole.len() / 2]] {
            assert!(in_two(bytes, &Cut::parse("app")).is_err());
        }
    }
}
