// Defines <bianzhu-article>. The element is here at once; its WebAssembly core follows when the article is
// near or the page is idle, and a page where the core cannot run keeps its article as it was.

// Written as bundlers know them.
const WASM = new URL("bianzhu-core_bg.wasm", import.meta.url);
const GLOSSARY = new URL("bianzhu-glossary.txt", import.meta.url);

// The hashes of the core's files, which `cargo xtask package` writes for folders on other people's servers.
const INTEGRITY = typeof BIANZHU_INTEGRITY === "object" ? BIANZHU_INTEGRITY : {};

// `import()` takes no hash, but a preload does, and leaves the module that it checked in the page's module map.
// WebKit's looks at no hash: there, the request before it is what finds a changed file.
const preload = async (integrity) => {
  if (!integrity) return;
  const href = new URL("bianzhu-core.js", import.meta.url);
  await fetch(href, { integrity });
  const link = document.createElement("link");
  if (!link.relList.supports("modulepreload")) return;
  const loaded = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error("bianzhu-core.js cannot be had as it was published"));
  });
  Object.assign(link, { rel: "modulepreload", crossOrigin: "anonymous", integrity, href });
  document.head.append(link);
  // Not before: WebKit forgets a link that is taken out while it loads.
  await loaded.finally(() => link.remove());
};

const start = async () => {
  // Eight bytes tell whether the page allows WebAssembly; the core itself would be a quarter of a megabyte.
  new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const wasm = fetch(WASM, { integrity: INTEGRITY.wasm ?? "" });
  wasm.catch(() => {}); // It is waited for below.
  await preload(INTEGRITY.core);
  const module = await import("./bianzhu-core.js");
  await module.default({ module_or_path: wasm });
  module.check?.(INTEGRITY.later);
  return module;
};

let core; // One core for every element of the page.
const loadCore = () =>
  (core ??= start().catch((error) => {
    core = undefined; // The next element tries again.
    throw error;
  }));

// What stands in the element when the core cannot run. A panic in the core is a trap, and nothing of the core
// can be relied on after it: the article and the stored notes stay as they are.
const NOTICES = {
  "core-unavailable": {
    zh: "边注未能启动；文章不受影响。",
    en: "Bianzhu could not start; the article is not affected.",
  },
  crashed: {
    zh: "边注出错并已停止；文章和已保存的笔记不受影响。请重新载入本页。",
    en: "Bianzhu met an error and has stopped; the article and your saved notes are not affected. Reload the page.",
  },
};
let crashed = false;

const ATTRIBUTES = ["src", "article-key", "lang", "glossary", "entities", "layer", "storage", "library"];
const propertyOf = (name) => name.replace("-k", "K");

// The reader's own text that is open is in the page's address, as `text=` and its name. The rest of the fragment is the
// page's, and so is any other value of `text`.
const NAMED = /([#&])text=(\d+)(&|$)/;
const named = () => NAMED.exec(location.hash)?.[2] ?? "";
const unnamed = (url) => new URL(url).hash.replace(NAMED, (_, before, id, after) => after && before);

// Where there is no page, as on a server that renders one, the module can be imported all the same.
class BianzhuArticle extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ATTRIBUTES;

  static #inPage = new Set(); // The elements that the core is attached to.

  static #onTrap = (event) => {
    const error = event.error ?? event.reason;
    // Other modules of the page may trap too: the core is known by its file.
    if (crashed || !(error instanceof WebAssembly.RuntimeError) || !error.stack?.includes("bianzhu-core")) return;
    crashed = true;
    for (const element of this.#inPage) element.#tell("crashed", error);
  };

  // Only while there is something to listen for.
  static #listen(how) {
    for (const name of ["error", "unhandledrejection"]) window[how](name, this.#onTrap);
  }

  #attached; // The core's side of this element, while it is in a page.
  #ready;
  #settle;
  #scheduled = false;
  #waiting; // For a good moment to attach: what to call when it is there, or in vain.
  #asked = false; // Somebody wants it now.
  #failed = false;
  #come; // Brings the rest of the core, once attached,
  #comeNow; // and there and then: whether it is here.
  #approach;

  constructor() {
    super();
    this.#renew();
    // What was set before the element was one.
    for (const name of ATTRIBUTES.map(propertyOf)) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  #renew() {
    this.#failed = false;
    this.#ready = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#ready.catch(() => {}); // Nobody has to wait for it.
  }

  connectedCallback() {
    addEventListener("hashchange", this.#onAddress);
    this.#schedule();
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this.#onAddress);
    this.#schedule();
  }

  // Of several elements with the reader's own texts, the first is in the address.
  get #hasAddress() {
    return document.querySelector("bianzhu-article[library]") === this;
  }

  #onAddress = ({ oldURL, newURL }) => {
    // A link of the page to a part of itself closes nothing.
    if (this.#hasAddress && (named() || unnamed(oldURL) === unnamed(newURL))) this.setAttribute("library", named());
  };

  attributeChangedCallback(name, before, now) {
    if (before === now || !(this.#attached || this.#failed)) return;
    if (name === "lang" && this.#attached) return this.#attached.setLang(now ?? "");
    this.#detach();
    this.#schedule();
    if (name === "library" && this.#hasAddress && named() !== now) {
      const rest = unnamed(location.href);
      const hash = now ? `${rest ? `${rest}&` : "#"}text=${now}` : rest;
      // Before a `<base>` of the page's can be meant.
      history.pushState(history.state, "", location.href.split("#")[0] + hash);
    }
  }

  // A move is a removal and an insertion in one task: only where the element ends up counts.
  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (!this.isConnected) this.#detach();
      else if (this.#attached) this.#attached.moved();
      else if (!this.#waiting) this.#wait();
    });
  }

  // Attaches when the article is a screen away, when the page has loaded and is idle, or when somebody asks.
  #wait() {
    if (crashed && this.shadowRoot) return; // It shows what it can.
    if (this.#failed) this.#renew();
    const done = new AbortController();
    const { signal } = done;
    const near = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#waiting?.(true), {
      rootMargin: "100%",
    });
    this.#waiting = (isTime) => {
      this.#waiting = undefined;
      done.abort();
      near.disconnect();
      if (isTime) this.#attach();
    };
    if (this.#asked) return this.#waiting(true);
    near.observe(this);
    const idle = () => (window.requestIdleCallback ?? setTimeout)(() => signal.aborted || this.#waiting(true));
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle, { signal });
  }

  async #attach() {
    const settle = this.#settle;
    try {
      if (crashed) throw new Error("the core has crashed: reload the page");
      const core = await loadCore();
      if (!this.isConnected || this.#attached || settle !== this.#settle) return;
      // What an earlier failure left, and what a copy of a living element has of it.
      this.shadowRoot?.replaceChildren();
      for (const child of [...this.children]) if (child.matches(".bianzhu-text[slot]")) child.remove();
      if (named() && this.#hasAddress) this.setAttribute("library", named());
      this.#expect(core);
      this.#attached = new core.Attached(this, GLOSSARY.href);
      if (!BianzhuArticle.#inPage.size) BianzhuArticle.#listen("addEventListener");
      BianzhuArticle.#inPage.add(this);
      settle.resolve(this.#attached.load());
    } catch (error) {
      settle.reject(error);
      if (!this.#attached) this.#approach?.abort();
      if (this.isConnected && !this.#failed) this.#tell("core-unavailable", error);
      this.#failed = true;
    }
  }

  // What a reader opens is in the core's later part, which comes when they come near. A build that is in one has
  // no `bring`.
  #expect(core) {
    const approach = (this.#approach = new AbortController());
    const { signal } = approach;
    const tell = (isHere) => {
      if (signal.aborted || crashed) return;
      if (isHere) approach.abort();
      this.#attached.setWhole(isHere);
    };
    let isReported = false;
    const lacks = (event, error) => {
      if (!isReported) this.#report("core-unavailable", error);
      isReported = true;
      // Whoever only points has not asked for anything that could be missing.
      if (event && event.type !== "pointerenter") tell(false);
    };
    this.#come = (event) =>
      Promise.resolve(signal.aborted || core.bring?.()).then(
        () => tell(true),
        (error) => lacks(event, error),
      );
    for (const name of ["pointerenter", "pointerdown", "click", "focusin", "dragenter"])
      this.addEventListener(name, this.#come, { signal });
    // A key that may be a shortcut, or selects; those that scroll have longer names.
    const isMeant = ({ key, shiftKey, target }) =>
      (shiftKey || key.trim().length === 1) && !target.isContentEditable && !target.matches?.("input,textarea,select");
    document.addEventListener("keydown", (event) => isMeant(event) && this.#come(event), { signal });
    // Paper does not wait. The core, which listens from its beginning on, hears of it after this.
    this.#comeNow = () => core.bringNow?.() !== false;
    addEventListener("beforeprint", () => this.#comeNow() && tell(true), { signal });
    // What it also reads, and the list of the reader's texts, which is such a view.
    if (this.matches("[glossary],[entities],[layer],[library]")) this.#come();
  }

  #detach() {
    this.#waiting?.(false);
    if (!this.#attached) return;
    this.#approach.abort();
    BianzhuArticle.#inPage.delete(this);
    if (!BianzhuArticle.#inPage.size) BianzhuArticle.#listen("removeEventListener");
    if (!crashed) {
      this.#attached.detach();
      this.#attached.free();
    }
    this.#attached = undefined;
    this.#renew();
  }

  // Plain DOM: nothing of the core runs here.
  #tell(code, error) {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const tag =
      root.querySelector("[lang]")?.lang ||
      this.lang ||
      this.parentElement?.closest("[lang]")?.lang ||
      navigator.language;
    const lang = /^zh\b/i.test(tag) ? "zh" : "en";
    if (!root.querySelector("slot")) root.append(document.createElement("slot"));
    const notice = document.createElement("p");
    notice.lang = lang;
    notice.part = "status";
    notice.textContent = NOTICES[code][lang];
    if (code === "crashed") {
      notice.role = "alert";
      notice.className = "failed";
      root.prepend(notice);
    } else {
      // Below the article, where it moves nothing of it.
      notice.role = "status";
      notice.className = "unavailable";
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(":host{display:block}.unavailable{margin:.5em 0;font:.8125rem/1.6 system-ui;opacity:.8}");
      root.adoptedStyleSheets = [sheet];
      root.append(notice);
    }
    this.#report(code, error);
  }

  #report(code, error) {
    const detail = { code, message: String(error?.message ?? error) };
    this.dispatchEvent(new CustomEvent("bianzhu:error", { bubbles: true, composed: true, detail }));
  }

  // The core, and all of it where it is asked for more than what it shows.
  #need(isWhole) {
    if (crashed) throw new DOMException("the core has crashed: reload the page", "InvalidStateError");
    if (this.#attached) {
      this.#come();
      if (!isWhole || this.#comeNow()) return this.#attached;
    }
    this.#hurry();
    throw new DOMException("wait for the element's `ready` first", "InvalidStateError");
  }

  #hurry() {
    this.#asked = true;
    this.#waiting?.(true);
  }

  /** Settles once the article can be read and its notes are in place. */
  get ready() {
    this.#hurry();
    const ready = this.#ready.then(() => this.#come?.());
    ready.catch(() => {});
    return ready;
  }
  /** The article's text; offsets count its code points. */
  get text() {
    return this.#attached?.text ?? "";
  }
  mentions() {
    return this.#need().mentions();
  }
  annotations() {
    return this.#need(true).annotations();
  }
  annotate(options) {
    return this.#need(true).annotate(options);
  }
  removeAnnotation(id) {
    return this.#need(true).removeAnnotation(id);
  }
  importAnnotations(json) {
    return this.#need(true).importAnnotations(json);
  }
  openMention(index) {
    return this.#need().openMention(index);
  }
  openNote(id) {
    return this.#need().openNote(id);
  }
}

for (const name of ATTRIBUTES) {
  const property = propertyOf(name);
  // `lang` is every element's, and `library` is there or it is not.
  if (property in BianzhuArticle.prototype || name === "library") continue;
  Object.defineProperty(BianzhuArticle.prototype, property, {
    configurable: true,
    enumerable: true,
    get() {
      return this.getAttribute(name) ?? "";
    },
    set(value) {
      if (value == null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

// A second copy of this file is harmless, and so is another version: the first one stays.
if (globalThis.customElements && !customElements.get("bianzhu-article"))
  customElements.define("bianzhu-article", BianzhuArticle);
