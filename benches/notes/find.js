// The notes of an article that was edited since, found again: by the element, and beside it, on the same page, by
// Hypothesis's algorithm as we have rebuilt it.
import { matchQuote } from "../anchoring/hypothesis.mjs";

const article = document.querySelector("bianzhu-article");
const turn = () => new Promise((resolve) => setTimeout(resolve));
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

/** Where a DOM position is in the article: its blocks, and a line break between two. */
function placer() {
  const starts = new Map();
  let length = 0;
  for (const block of article.querySelectorAll("[data-block]")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      starts.set(walker.currentNode, length);
      length += walker.currentNode.length;
    }
    length += 1;
  }
  return (node, offset) => starts.get(node) + offset;
}

let longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: "longtask" });

async function quiet() {
  let late = performance.now(), before = late;
  while (before - late < 500) {
    await frame();
    const now = performance.now();
    if (now - before > 40) late = now;
    before = now;
  }
}

const annotationOf = ({ exact, prefix, suffix, start }, number) => ({
  "@context": "http://www.w3.org/ns/anno.jsonld",
  id: `urn:bench:${number}`, type: "Annotation", created: "2026-01-02T03:04:05Z", modified: "2026-01-02T03:04:05Z",
  target: {
    source: "urn:bench:article",
    selector: [
      { type: "TextQuoteSelector", exact, prefix, suffix },
      { type: "TextPositionSelector", start, end: start + exact.length },
    ],
  },
});
const verdicts = (notes, found) => {
  const count = { right: 0, lost: 0, wrong: 0 };
  notes.forEach(({ wanted }, at) => {
    const place = found[at];
    const isRight = wanted ? place && place[0] === wanted[0] && place[1] === wanted[1] : !place;
    count[isRight ? "right" : place ? "wrong" : "lost"]++;
  });
  return count;
};

window.bench = {
  /** What is wanted is a place of the text as it was written; the page has it without empty lines and the like.
   * Answers whether that is all the difference. */
  settle(notes) {
    const places = [], shown = article.text;
    let at = 0;
    for (const char of notes[0].text) {
      places.push(at);
      if (char === shown[at]) at++;
      else if (/\S/.test(char)) return false;
    }
    for (const note of notes) note.wanted &&= [places[note.wanted[0]], places[note.wanted[1] - 1] + 1];
    return at === shown.length;
  },

  async ours(notes) {
    await customElements.whenDefined("bianzhu-article");
    await article.ready;
    await quiet();
    article.importAnnotations(notes.map(annotationOf));
    await quiet();
    // Opened anew: all are read from the browser's storage, and looked for.
    let last = null;
    // The cards that are there say of how many they are; those out of view, which come later, are not waited for.
    const watch = new MutationObserver((changes) => {
      if (changes.some(({ oldValue }) => oldValue !== null)) last = performance.now();
    });
    watch.observe(article.shadowRoot, { subtree: true, attributeOldValue: true, attributeFilter: ["aria-setsize"] });
    longest = 0;
    const start = performance.now();
    dispatchEvent(new StorageEvent("storage", { key: null }));
    await quiet();
    watch.disconnect();
    const [time, task] = [last - start, longest];
    const place = placer(), found = [];
    for (const number of notes.keys()) {
      article.openNote(`urn:bench:${number}`);
      await turn();
      const [range] = CSS.highlights.get("bianzhu-active") ?? [];
      found.push(range && [place(range.startContainer, range.startOffset), place(range.endContainer, range.endOffset)]);
    }
    return { time, longest: task, ...verdicts(notes, found) };
  },

  async theirs(notes) {
    const { text } = article;
    let most = 0;
    const found = [];
    let time = 0;
    for (const { exact, prefix, suffix, start: hint } of notes) {
      // Each in a task of its own, and the turns between are not counted.
      await turn();
      const began = performance.now();
      const match = matchQuote(text, exact, { prefix, suffix, hint });
      found.push(match && [match.start, match.end]);
      time += performance.now() - began;
      most = Math.max(most, performance.now() - began);
    }
    return { time, longest: most, ...verdicts(notes, found) };
  },
};
