// The annotator around the same article, with the same notes: `window.notes` is what is quoted.
import { createTextAnnotator, W3CTextFormat } from "@recogito/text-annotator";

const article = document.querySelector("article");
const annotator = createTextAnnotator(article, { adapter: W3CTextFormat(location.href, article) });
const text = article.textContent;
annotator.setAnnotations(
  window.notes.map((exact, index) => {
    const start = text.indexOf(exact);
    return {
      "@context": "http://www.w3.org/ns/anno.jsonld",
      id: `urn:note:${index}`,
      type: "Annotation",
      body: [{ type: "TextualBody", value: exact, purpose: "commenting" }],
      target: {
        source: location.href,
        selector: [
          { type: "TextQuoteSelector", exact },
          { type: "TextPositionSelector", start, end: start + exact.length },
        ],
      },
    };
  }),
);
