// A note to look at.
const article = document.querySelector("bianzhu-article");
await article.ready;
if (article.annotations().total === 0) article.annotate({ exact: "干劲不减", note: "四个“不”之一。" });
