// React's JSX knows the element.
import { useRef } from "react";
import type { BianzhuArticleElement } from "bianzhu";
import type {} from "bianzhu/react";

export function Reader({ address }: { address: string }) {
  const article = useRef<BianzhuArticleElement>(null);
  return (
    <>
      <button onClick={() => article.current?.openMention(0)}>First</button>
      <bianzhu-article
        ref={article}
        src={address}
        article-key="urn:example:reform"
        storage="memory"
        className="reader"
        onbianzhu:ready={(event) => console.log(event.detail.mentions)}
      >
        <p>Before it is there.</p>
      </bianzhu-article>
      {/* @ts-expect-error: there is no such store. */}
      <bianzhu-article storage="cloud" />
    </>
  );
}
