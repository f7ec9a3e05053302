// A Vue 3 page with both ways in, written as render functions: a template needs `eval` or a compiler.
import { createApp, h, ref } from "vue";
import "bianzhu";

const SENTENCES = [
  "3月12日，云溪县召开全县机构改革动员会。",
  "县委书记周启明作动员讲话，县长陈文静主持会议。",
  "会议强调，要做到思想不乱、工作不断、队伍不散、干劲不减。",
];

const own = () => {
  const found = ref(0);
  const address = ref("articles/xinzhou-reform.json");
  window.readAt = (url) => (address.value = url);
  return () =>
    h("section", { id: "own", "data-found": found.value }, [
      h("bianzhu-article", {
        src: address.value,
        "article-key": "urn:test:own",
        storage: "memory",
        "onBianzhu:ready": (event) => (found.value = event.detail.mentions),
      }),
    ]);
};

const site = () => {
  const [count, day, shown] = [ref(2), ref(12), ref(true)];
  window.page = {
    setCount: (value) => (count.value = value),
    setDay: (value) => (day.value = value),
    setShown: (value) => (shown.value = value),
  };
  return () =>
    h("section", { id: "site" }, [
      shown.value &&
        h("bianzhu-article", { "article-key": "urn:test:site", storage: "memory" }, [
          h("article", [
            h("h1", ["云溪县机构改革（", day.value, "日）"]),
            SENTENCES.slice(0, count.value).map((sentence) => h("p", { key: sentence }, sentence)),
          ]),
        ]),
    ]);
};

const app = createApp({ setup: window.way === "own" ? own : site });
app.config.errorHandler = (error) => setTimeout(() => { throw error; });
app.mount("#app");
