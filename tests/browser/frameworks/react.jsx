// A React 19 page with both ways in. The buttons are the test's.
import { StrictMode, useEffect, useRef, useState } from "react";
import { createRoot } from "react-dom/client";
import "bianzhu";

const SENTENCES = [
  "3月12日，云溪县召开全县机构改革动员会。",
  "县委书记周启明作动员讲话，县长陈文静主持会议。",
  "会议强调，要做到思想不乱、工作不断、队伍不散、干劲不减。",
];

function Own({ address }) {
  const article = useRef(null);
  const [found, setFound] = useState(0);
  return (
    <section id="own" data-found={found}>
      <bianzhu-article
        ref={article}
        src={address}
        article-key="urn:test:own"
        storage="memory"
        onbianzhu:ready={(event) => setFound(event.detail.mentions)}
      />
    </section>
  );
}

function Site() {
  const [count, setCount] = useState(2);
  const [day, setDay] = useState(12);
  const [shown, setShown] = useState(true);
  useEffect(() => {
    window.page = { setCount, setDay, setShown };
  }, []);
  return (
    <section id="site">
      {shown && (
        <bianzhu-article article-key="urn:test:site" storage="memory">
          <article>
            <h1>云溪县机构改革（{day}日）</h1>
            {SENTENCES.slice(0, count).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </article>
        </bianzhu-article>
      )}
    </section>
  );
}

function App() {
  const [address, setAddress] = useState("articles/xinzhou-reform.json");
  useEffect(() => {
    window.readAt = setAddress;
  }, []);
  return window.way === "own" ? <Own address={address} /> : <Site />;
}

createRoot(document.querySelector("#app")).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
