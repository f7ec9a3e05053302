// The types of `<bianzhu-article>`. Importing "bianzhu" defines the element.

/** What a word or phrase of the article names. */
export type Kind =
  | "person"
  | "role"
  | "organization"
  | "place"
  | "date"
  | "quantity"
  | "meeting"
  | "document"
  | "term";

/** The colours of a highlight. */
export type Color = "yellow" | "green" | "blue" | "pink";

/** A span of the article that names something. Offsets count Unicode code points of `text`. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** The words as they stand. */
  readonly text: string;
  readonly kind: Kind;
  /** The same number for all mentions of one thing. */
  readonly entity: number;
  /** What the thing is called where its name is longest. */
  readonly name: string;
}

/** What `annotate()` takes: the words, or where they stand. */
export type AnnotateOptions = {
  /** The comment, in light Markdown. */
  note?: string;
  /** Yellow where it is left out. */
  color?: Color;
  tags?: readonly string[];
} & (
  | { /** Words of the article; the first occurrence is taken. */ exact: string; start?: undefined; end?: undefined }
  | { exact?: undefined; start: number; end: number }
);

/** A note, as a W3C Web Annotation. What other tools put into it is kept. */
export interface Annotation {
  readonly id: string;
  readonly type: "Annotation" | readonly string[];
  readonly created?: string;
  readonly modified?: string;
  readonly body?: unknown;
  readonly target: unknown;
  readonly [property: string]: unknown;
}

/** The reader's notes, as a W3C AnnotationCollection. */
export interface AnnotationCollection {
  readonly id: string;
  readonly type: "AnnotationCollection";
  readonly total: number;
  readonly items: readonly Annotation[];
  readonly [property: string]: unknown;
}

/** What an import did. */
export interface ImportReport {
  readonly imported: number;
  readonly duplicate: number;
  readonly failed: readonly { readonly index: number; readonly reason: string }[];
  /** The ids of notes that were imported and that the store did not keep. */
  readonly unsaved: readonly string[];
}

/** The `code` of `bianzhu:error`. More may come. */
export type ErrorCode =
  | "core-unavailable"
  | "crashed"
  | "article-empty"
  | "article-too-large"
  | "article-not-utf8"
  | "article-not-parsed"
  | "article-bad-json"
  | "article-is-notes"
  | "article-unreachable"
  | "glossary-unavailable"
  | "glossary-pack"
  | "entity-pack"
  | "layer"
  | "not-saved"
  | "note-set-aside"
  | "note-missing"
  | "note-newer"
  | "term-unreadable"
  | (string & {});

/** What happened to a note; of one that was removed only the id is left. */
export type ChangeDetail =
  | { readonly action: "add" | "edit"; readonly annotation: Annotation }
  | { readonly action: "remove"; readonly annotation: { readonly id: string } };

/** The events of the element. They bubble and leave shadow trees. */
export interface BianzhuEventMap {
  /** The article can be read and its notes are in place. */
  "bianzhu:ready": CustomEvent<{ readonly mentions: number }>;
  /** A note was added, edited or removed. */
  "bianzhu:change": CustomEvent<ChangeDetail>;
  /** Something is not as it should be; `message` is English and for developers. */
  "bianzhu:error": CustomEvent<{ readonly code: ErrorCode; readonly message: string }>;
}

/** `<bianzhu-article>`. Every attribute but `lang` and `library` has a property of its own, which is the attribute's text. */
export interface BianzhuArticleElement extends HTMLElement {
  /** The article: an address of plain text, JSON or HTML. Without it, the element's own content is read. */
  src: string;
  /** What notes are kept under; the page's canonical address where it is empty. */
  articleKey: string;
  /** Addresses of glossary packs, separated by spaces. */
  glossary: string;
  /** Addresses of entity packs, separated by spaces. */
  entities: string;
  /** The address of a read-only collection of annotations. */
  layer: string;
  /** Where notes are kept: `local` (the default) or `memory`. */
  storage: string;

  /** Settles once the article can be read and its notes are in place; asking for it fetches the core at once. */
  readonly ready: Promise<void>;
  /** The article's text; empty until `ready`. */
  readonly text: string;

  // The methods throw an InvalidStateError until `ready`.
  mentions(): Mention[];
  /** With `library`, `null` while no text is open. */
  annotations(): AnnotationCollection;
  /** Writes a note and answers its id. Throws a TypeError where an option does not fit. */
  annotate(options: AnnotateOptions): string;
  /** Answers whether there was such a note. */
  removeAnnotation(id: string): boolean;
  /** Takes over annotations, a collection, or an export of Hypothesis, as text or as an object. */
  importAnnotations(json: string | object): ImportReport;
  /** Opens the card of a mention, by its index in `mentions()`; answers whether it could. */
  openMention(index: number): boolean;
  /** Shows a note; answers whether there is one. */
  openNote(id: string): boolean;

  addEventListener<Name extends keyof BianzhuEventMap>(
    type: Name,
    listener: (this: BianzhuArticleElement, event: BianzhuEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: BianzhuArticleElement, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof BianzhuEventMap>(
    type: Name,
    listener: (this: BianzhuArticleElement, event: BianzhuEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<Name extends keyof HTMLElementEventMap>(
    type: Name,
    listener: (this: BianzhuArticleElement, event: HTMLElementEventMap[Name]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

/** The attributes of the element in markup. */
export interface BianzhuArticleAttributes {
  src?: string;
  "article-key"?: string;
  lang?: string;
  glossary?: string;
  entities?: string;
  layer?: string;
  storage?: "local" | "memory";
  /** The reader pastes or opens texts of their own; `src` and `article-key` do not count. */
  library?: boolean | "";
}

declare global {
  interface HTMLElementTagNameMap {
    "bianzhu-article": BianzhuArticleElement;
  }
  interface DocumentEventMap extends BianzhuEventMap {}
  interface WindowEventMap extends BianzhuEventMap {}
}
