// Scores two ways of finding quotations on the cases of `edited_cases`:
//   node compare.mjs CASES.jsonl ANSWERS.jsonl
// ANSWERS.jsonl is what `cargo run --release --example reanchor -- CASES.jsonl` wrote. The other way is
// our own re-implementation of the scoring that the Hypothesis client publishes (see hypothesis.mjs).
//
// right: the very words that became of the quote, or no place where they were deleted.
// near: the right place with other bounds. lost: no place where there is one.
// wrong: a place that is not the quote's.

import { readFileSync } from "node:fs";
import { matchQuote } from "./hypothesis.mjs";

const lines = (path) => readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const [cases, answers] = process.argv.slice(2, 4).map(lines);
const failed = process.argv.includes("--failed");
const onlyOurs = process.argv.includes("--ours");

function verdict(wanted, found) {
  if (!found) return wanted ? "lost" : "right";
  if (!wanted) return "wrong";
  if (found[0] === wanted[0] && found[1] === wanted[1]) return "right";
  return Math.min(found[1], wanted[1]) > Math.max(found[0], wanted[0]) ? "near" : "wrong";
}

/** Their offsets are UTF-16 code units, the cases' are code points. */
function theirs({ text, exact, prefix, suffix, start }) {
  const codePoints = (units) => [...text.slice(0, units)].length;
  const hint = [...text].slice(0, start).join("").length;
  const match = matchQuote(text, exact, { prefix, suffix, hint });
  return match && [codePoints(match.start), codePoints(match.end)];
}

const names = ["right", "near", "lost", "wrong"];
const table = new Map();
const count = (kind, who, name) => {
  if (!table.has(kind)) table.set(kind, { ours: {}, theirs: {} });
  const counts = table.get(kind)[who];
  counts[name] = (counts[name] ?? 0) + 1;
};
for (const [at, one] of cases.entries()) {
  // A line without a text is about the text of the line before.
  one.text ??= cases[at - 1].text;
  const answer = answers[at];
  const ours = verdict(one.wanted, answer.start === null ? null : [answer.start, answer.end]);
  const other = onlyOurs ? "lost" : verdict(one.wanted, theirs(one));
  for (const kind of [one.kind, "all"]) {
    count(kind, "ours", ours);
    count(kind, "theirs", other);
  }
  if (failed && ours !== "right") {
    const chars = [...one.text];
    const around = (place) =>
      place && [chars.slice(Math.max(0, place[0] - 24), place[0]), chars.slice(place[0], place[1]), chars.slice(place[1], place[1] + 24)].map((part) => part.join("")).join("【】");
    console.log(`#${at} ${one.kind}: ${ours} (${answer.status} ${answer.score.toFixed(2)})
  quote  ${one.prefix}【${one.exact}】${one.suffix}
  wanted ${around(one.wanted)}
  found  ${around(answer.start === null ? null : [answer.start, answer.end])}`.replaceAll("\n", "⏎").replaceAll("⏎  ", "\n  "));
  }
}
const share = (counts, name) => {
  const total = names.reduce((sum, each) => sum + (counts[each] ?? 0), 0);
  return ((100 * (counts[name] ?? 0)) / total).toFixed(1);
};
console.log("| edit | cases | ours: right | near | lost | wrong | theirs: right | near | lost | wrong |");
console.log("|---|---|---|---|---|---|---|---|---|---|");
for (const [kind, { ours, theirs }] of table) {
  const total = names.reduce((sum, name) => sum + (ours[name] ?? 0), 0);
  const cells = [ours, theirs].flatMap((counts) => names.map((name) => share(counts, name)));
  console.log(`| ${[kind, total, ...cells].join(" | ")} |`);
}
