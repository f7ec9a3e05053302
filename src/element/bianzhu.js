// Defines <bianzhu-article>. The element is here at once; its WebAssembly core follows, and a page where
// the core cannot run keeps its article as it was.
const at = (file) => new URL(file, import.meta.url);

let core; // One core for every element of the page.
const loadCore = () =>
  (core ??= import(at("bianzhu-core.js").href).then(async (module) => {
    await module.default({ module_or_path: at("bianzhu-core_bg.wasm") });
    return module;
  }));

// A panic in the core is a trap, and nothing of the core can be relied on after it. The article and the
// stored notes stay as they are; the reader and the page are told.
const CRASHED = {
  zh: "边注出错并已停止；文章和已保存的笔记不受影响。请重新载入本页。",
  en: "Bianzhu met an error and has stopped; the article and your saved notes are not affected. Reload the page.",
};
let crashed = false;

class BianzhuArticle extends HTMLElement {
  static observedAttributes = ["src", "article-key", "lang", "glossary", "entities", "layer", "storage"];

  static #inPage = new Set(); // The elements that the core is attached to.
  static {
    addEventListener("error", (event) => this.#onTrap(event.error));
    addEventListener("unhandledrejection", (event) => this.#onTrap(event.reason));
  }

  static #onTrap(error) {
    // Other modules of the page may trap too: the core is known by its file.
    if (crashed || !(error instanceof WebAssembly.RuntimeError) || !error.stack?.includes("bianzhu-core")) return;
    crashed = true;
    for (const element of this.#inPage) element.#tellOfCrash(String(error.message));
  }

  #attached; // The core's side of this element, while it is in a page.
  #ready;
  #settle;
  #scheduled = false;

  constructor() {
    super();
    this.#renew();
  }

  #renew() {
    this.#ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#ready.catch(() => {}); // Nobody has to wait for it.
  }

  connectedCallback() {
    this.#schedule();
  }

  disconnectedCallback() {
    this.#schedule();
  }

  attributeChangedCallback(name, before, now) {
    if (this.#attached && before !== now) {
      if (name === "lang") return this.#attached.setLang(now ?? "");
      this.#detach();
      this.#schedule();
    }
  }

  // A move is a removal and an insertion in one task: only where the element ends up counts.
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.isConnected) this.#detach();
      else if (!this.#attached) this.#attach();
    });
  }

  async #attach() {
    const settle = this.#settle;
    try {
      const { Attached } = await loadCore();
      if (!this.isConnected || this.#attached || settle !== this.#settle) return;
      this.#attached = new Attached(this, at("bianzhu-glossary.txt").href);
      BianzhuArticle.#inPage.add(this);
      settle.resolve(this.#attached.load());
    } catch (error) {
      settle.reject(error);
      const detail = { code: "core-unavailable", message: String(error?.message ?? error) };
      this.dispatchEvent(new CustomEvent("bianzhu:error", { bubbles: true, composed: true, detail }));
    }
  }

  #detach() {
    if (!this.#attached) return;
    BianzhuArticle.#inPage.delete(this);
    if (!crashed) {
      this.#attached.detach();
      this.#attached.free();
    }
    this.#attached = undefined;
    this.#renew();
  }

  // Plain DOM: nothing of the core runs any more.
  #tellOfCrash(message) {
    const notice = document.createElement("p");
    const lang = this.shadowRoot?.querySelector("[lang]")?.lang.startsWith("zh") ? "zh" : "en";
    notice.lang = lang;
    notice.part = "status";
    notice.role = "alert";
    notice.className = "failed";
    notice.textContent = CRASHED[lang];
    this.shadowRoot?.prepend(notice);
    this.dispatchEvent(
      new CustomEvent("bianzhu:error", { bubbles: true, composed: true, detail: { code: "crashed", message } }),
    );
  }

  #need() {
    if (crashed) throw new DOMException("the core has crashed: reload the page", "InvalidStateError");
    if (!this.#attached) throw new DOMException("wait for the element's `ready` first", "InvalidStateError");
    return this.#attached;
  }

  /** Settles once the article can be read and its notes are in place. */
  get ready() {
    return this.#ready;
  }
  /** The article's text; offsets count its code points. */
  get text() {
    return this.#attached?.text ?? "";
  }
  mentions() {
    return this.#need().mentions();
  }
  annotations() {
    return this.#need().annotations();
  }
  annotate(options) {
    return this.#need().annotate(options);
  }
  removeAnnotation(id) {
    return this.#need().removeAnnotation(id);
  }
  importAnnotations(json) {
    return this.#need().importAnnotations(json);
  }
  openMention(index) {
    return this.#need().openMention(index);
  }
  openNote(id) {
    return this.#need().openNote(id);
  }
}

// A second copy of this file is harmless: the first one stays.
if (!customElements.get("bianzhu-article")) customElements.define("bianzhu-article", BianzhuArticle);
