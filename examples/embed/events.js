const article = document.querySelector("bianzhu-article");
const log = document.querySelector("#log");
const say = (line) => log.append(`${line}\n`);
const when = (id, action) => document.getElementById(id).addEventListener("click", action);

article.addEventListener("bianzhu:ready", ({ detail }) => say(`bianzhu:ready，${detail.mentions} 处实体`));
article.addEventListener("bianzhu:change", ({ detail }) => say(`bianzhu:change，${detail.action} ${detail.annotation.id}`));
article.addEventListener("bianzhu:error", ({ detail }) => say(`bianzhu:error，${detail.code}：${detail.message}`));

await article.ready;
say(`全文 ${[...article.text].length} 字`);
when("first", () => article.openMention(0));
when("note", () => article.openNote(article.annotate({ exact: "干劲不减", note: "四个“不”之一。", tags: ["修辞"] })));
when("export", () => say(JSON.stringify(article.annotations(), null, 2)));
