// @recogito/text-annotator, with the renderer that the address asks for.
import { createTextAnnotator, W3CTextFormat } from "@recogito/text-annotator";
import { annotationOf, boxesOf, compete } from "./page.js";

const article = document.querySelector("article");
const renderer = new URLSearchParams(location.search).get("renderer");
const annotator = createTextAnnotator(article, { adapter: W3CTextFormat(location.href, article), renderer });
const spans = () => document.querySelectorAll(".r6o-annotation");
const highlights = () => [...CSS.highlights.values()];
const isSpans = renderer === "SPANS";

compete({
  ready: async () => {},
  load: (notes) => annotator.setAnnotations(notes.map((note) => annotationOf(note, true))),
  shown: () => (isSpans ? spans().length : highlights().reduce((count, highlight) => count + highlight.size, 0)),
  boxes: () =>
    isSpans ? [...spans()].map((span) => span.getBoundingClientRect()) : highlights().flatMap((highlight) => boxesOf(highlight)),
  add: (note) => annotator.addAnnotation(annotationOf(note, true)),
  isFree: () => true,
  opened: () => annotator.getSelected().length > 0,
});
