// `<bianzhu-article>` in JSX, for React 19: `import type {} from "bianzhu/react"`.
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { BianzhuArticleAttributes, BianzhuArticleElement, BianzhuEventMap } from "./bianzhu.js";

type Listeners = { [Name in keyof BianzhuEventMap as `on${Name}`]?: (event: BianzhuEventMap[Name]) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "bianzhu-article": DetailedHTMLProps<HTMLAttributes<BianzhuArticleElement>, BianzhuArticleElement> &
        BianzhuArticleAttributes &
        Listeners;
    }
  }
}
