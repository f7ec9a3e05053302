// A page that uses everything: `tsc` checks it against bianzhu.d.ts.
import "bianzhu";
import type { Annotation, BianzhuArticleElement, ErrorCode, ImportReport, Kind, Mention } from "bianzhu";

const article: BianzhuArticleElement | null = document.querySelector("bianzhu-article");
if (!article) throw new Error("no article");
article.src = "/articles/reform.txt";
article.articleKey = "urn:example:reform";
article.storage = "memory";
article.setAttribute("layer", "/layers/class-3.json");

await article.ready;
const text: string = article.text;
const people: Mention[] = article.mentions().filter(({ kind }) => kind === "person");
const kind: Kind | undefined = people[0]?.kind;
const id: string = article.annotate({ exact: "忻州", note: "地级市", color: "blue", tags: ["地名"] });
article.annotate({ start: 0, end: 2 });
const items: readonly Annotation[] = article.annotations().items;
const report: ImportReport = article.importAnnotations(JSON.stringify(items));
const done: boolean = article.openMention(0) && article.openNote(id) && article.removeAnnotation(id);

article.addEventListener("bianzhu:ready", (event) => console.log(event.detail.mentions + 1));
article.addEventListener("bianzhu:change", ({ detail }) => {
  if (detail.action !== "remove") console.log(detail.annotation.target);
});
document.addEventListener("bianzhu:error", ({ detail }) => {
  const code: ErrorCode = detail.code;
  console.error(code, detail.message);
});
article.addEventListener("click", (event) => console.log(event.clientX));
const made: BianzhuArticleElement = document.createElement("bianzhu-article");

// @ts-expect-error: there is no such colour.
article.annotate({ exact: "忻州", color: "mauve" });
// @ts-expect-error: words or a place, not neither.
article.annotate({ note: "?" });
// @ts-expect-error: an end is missing.
article.annotate({ start: 1 });
// @ts-expect-error: a number, not text.
article.openMention("0");
// @ts-expect-error: it is only read.
article.text = "";

export { text, kind, report, done, made };
