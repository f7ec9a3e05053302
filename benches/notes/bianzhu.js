// The element around the article. Notes come in as a file of the reader's does; each is kept, in memory.
import { annotationOf, boxesOf, compete } from "./page.js";

const article = document.querySelector("bianzhu-article");
const highlights = () => ["yellow", "green", "blue", "pink"].flatMap((color) => CSS.highlights.get(`bianzhu-${color}`) ?? []);
let mentions;
let untold = 0;
article.addEventListener("bianzhu:change", () => untold--);

compete({
  async ready() {
    await customElements.whenDefined("bianzhu-article");
    await article.ready;
    mentions = article.mentions();
  },
  load(notes) {
    untold += notes.length;
    article.importAnnotations(notes.map((note) => annotationOf(note, false)));
  },
  untold: () => untold,
  shown: () => highlights().reduce((count, highlight) => count + highlight.size, 0),
  boxes: () => highlights().flatMap((highlight) => boxesOf(highlight)),
  add({ start, end }) {
    untold++;
    article.annotate({ start, end });
  },
  isFree: (note) => mentions.every(({ start, end }) => end <= note.start || note.end <= start),
  opened: () => Boolean(article.shadowRoot.querySelector("[data-note][data-active]")),
});
