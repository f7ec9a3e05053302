// How the Hypothesis client finds a quotation: our own re-implementation of the scoring it publishes,
// on the same npm package `approx-string-match`. Not their code. Offsets are UTF-16 code units.

import search from "approx-string-match";

/** Exact matches where there are any, else approximate ones. */
function matches(text, pattern, maxErrors) {
  const found = [];
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + 1)) {
    found.push({ start: at, end: at + pattern.length, errors: 0 });
  }
  return found.length > 0 ? found : search(text, pattern, maxErrors);
}

/** Likeness of a stretch of text to a context, 0 to 1. */
function likeness(text, context) {
  if (context.length === 0 || text.length === 0) return 0;
  const found = matches(text, context, context.length);
  return 1 - found[0].errors / context.length;
}

/** The best match, however poor: there is no least score. */
export function matchQuote(text, quote, { prefix, suffix, hint }) {
  if (quote.length === 0) return null;
  const found = matches(text, quote, Math.min(256, quote.length / 2));
  const score = ({ start, end, errors }) => {
    const words = 1 - errors / quote.length;
    const before = prefix ? likeness(text.slice(Math.max(0, start - prefix.length), start), prefix) : 1;
    const after = suffix ? likeness(text.slice(end, end + suffix.length), suffix) : 1;
    const position = typeof hint === "number" ? 1 - Math.abs(start - hint) / text.length : 1;
    return (50 * words + 20 * before + 20 * after + 2 * position) / 92;
  };
  let best = null;
  for (const match of found) {
    const scored = { start: match.start, end: match.end, score: score(match) };
    if (!best || scored.score > best.score) best = scored;
  }
  return best;
}
