// Times two ways of finding the notes of an edited article again, in one run:
//   node time.mjs NOTES.jsonl PATH/TO/reanchor
// NOTES.jsonl is what `edited_cases --article` wrote. Ours is the native example, which times its own
// search; theirs is our own re-implementation of what the Hypothesis client does (hypothesis.mjs).

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { matchQuote } from "./hypothesis.mjs";

const [path, reanchor] = process.argv.slice(2);
const notes = readFileSync(path, "utf8").trim().split("\n").map((line) => JSON.parse(line));
const { text } = notes[0];
const runs = 3;
const median = (numbers) => numbers.sort((one, other) => one - other)[Math.floor(numbers.length / 2)];

const ours = [];
const theirs = [];
for (let run = 0; run < runs; run++) {
  const { stderr } = spawnSync(reanchor, ["--time", path], { encoding: "utf8", maxBuffer: 1 << 28 });
  ours.push(Number(stderr.trim().split("\n").pop()));
  const start = performance.now();
  for (const { exact, prefix, suffix, start: hint } of notes) matchQuote(text, exact, { prefix, suffix, hint });
  theirs.push(performance.now() - start);
}
const [one, other] = [median(ours), median(theirs)];
console.log(`${notes.length} notes, ${text.length} characters, median of ${runs}:`);
console.log(`ours ${one.toFixed(0)} ms, theirs ${other.toFixed(0)} ms, ${(other / one).toFixed(1)} times as long`);
