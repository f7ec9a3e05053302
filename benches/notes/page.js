// What every contender is asked to do, and how it is timed. A contender is an object of
//   ready()      a promise: the article is there
//   load(notes)  shows these notes
//   shown()      how many places it has painted
//   add(note)    shows one more
//   isFree(note) whether a click on it can only mean it
//   opened()     whether a click has opened a note
//   untold()     how many notes the page is still to be told of, where it is told
// Not a contender's own: all of them have the same article, and the same notes on it.

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
/** The time after the next frame has been painted. */
export const painted = () =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    }),
  );

const COLORS = ["yellow", "green", "blue", "pink"];
/** Longer than this, and a contender is taken to have given up, in ms. */
const PATIENCE = 120_000;

export function compete(contender) {
  const paragraphs = [...document.querySelectorAll("article p")].map((block) => block.firstChild);
  // Where each begins: with the line breaks between them, and as one text of all nodes.
  const starts = [];
  let length = 0;
  for (const node of paragraphs) {
    starts.push(length);
    length += node.length + 1;
  }
  const ruler = new Range();
  const boxOf = ({ paragraph, from, to }) => {
    ruler.setStart(paragraphs[paragraph], from);
    ruler.setEnd(paragraphs[paragraph], to);
    return ruler.getBoundingClientRect();
  };
  const isInView = (note) => {
    const box = boxOf(note);
    return box.bottom > 0 && box.top < innerHeight;
  };

  /** A note on some characters near a place of the text. */
  function noteAt(place, number) {
    let paragraph = starts.findLastIndex((start) => start <= place);
    const size = 2 + (number % 8);
    const from = Math.max(0, Math.min(place - starts[paragraph], paragraphs[paragraph].length - size));
    const data = paragraphs[paragraph].data, to = Math.min(from + size, data.length);
    return {
      id: `urn:uuid:00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
      paragraph, from, to, node: paragraphs[paragraph], color: COLORS[number % 4],
      exact: data.slice(from, to), prefix: data.slice(Math.max(0, from - 32), from), suffix: data.slice(to, to + 32),
      comment: number % 3 === 0 ? `批注${number}` : "",
      // As blocks of an article, and in the text of all nodes, where nothing stands between two blocks.
      start: starts[paragraph] + from, end: starts[paragraph] + to, gaps: paragraph,
    };
  }

  let notes = [];
  const bench = {
    ready: () => contender.ready(),

    /** Makes the notes, so that making them is not timed. Answers how many can be seen. */
    prepare(count) {
      notes = Array.from({ length: count }, (_, number) => noteAt(Math.floor((number * length) / count), number));
      return notes.filter(isInView).length;
    },

    /** From being handed the notes to the frame that shows those in view. */
    async load(seen) {
      const start = performance.now();
      await contender.load(notes);
      for (;;) {
        const now = await painted();
        if (contender.shown() >= seen) return now - start;
        if (now - start > PATIENCE) return null;
      }
    },

    /** Until frames have come in time for a while, and the page has been told of every note. */
    async quiet() {
      while (contender.untold?.() > 0) await frame();
      let late = performance.now(), before = late;
      while (before - late < 300) {
        await frame();
        const now = performance.now();
        if (now - before > 40) late = now;
        before = now;
      }
    },

    async add() {
      const inView = notes.filter(isInView);
      const near = inView[Math.floor(inView.length / 2)];
      const note = noteAt(near.start + 1, notes.length);
      notes.push(note);
      const before = contender.shown(), start = performance.now();
      await contender.add(note);
      for (;;) {
        const now = await painted();
        if (contender.shown() > before) return now - start;
        if (now - start > PATIENCE) return null;
      }
    },

    /** A point on a note in view that nothing else is on. */
    aim() {
      const overlaps = (one, other) => one.start < other.end && other.start < one.end;
      const note = notes.find(
        (note) => isInView(note) && boxOf(note).top > 80 && contender.isFree(note) &&
          notes.every((other) => other === note || !overlaps(note, other)),
      );
      if (!note) return null;
      const box = boxOf({ ...note, to: note.from + 1 });
      return [box.left + box.width / 2, box.top + box.height / 2];
    },

    /** Whether a note is open, two frames after the click. */
    async opened() {
      const start = performance.now();
      while (!contender.opened() && performance.now() - start < 5_000) await frame();
      await frame();
      await frame();
      return contender.opened();
    },

    /** Scrolls up and down from the middle of the article; answers how long each frame took to its painting. */
    async scroll() {
      const times = [], most = document.documentElement.scrollHeight - innerHeight;
      let [top, by] = [Math.round(most / 3), 120];
      for (let step = 0; step < 120 && most > 240; step++) {
        if (top + by < 0 || top + by > most) by = -by;
        top += by;
        const moved = scrollY;
        const time = new Promise((resolve) => {
          const hear = () => {
            const start = performance.now(), { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - start);
            requestAnimationFrame(() => port2.postMessage(null));
          };
          addEventListener("scroll", hear, { capture: true, once: true });
        });
        // At once, whatever the page's style says.
        scrollTo({ top, behavior: "instant" });
        // The page may have become shorter.
        if (scrollY === moved) top = scrollY;
        else times.push(await time);
      }
      return times;
    },

    /** How many of the notes in view are painted, of how many, told by the page itself. */
    census() {
      const boxes = contender.boxes();
      const inView = notes.filter(isInView);
      const isPainted = (note) => {
        const { left, right, top, bottom } = boxOf({ ...note, to: note.from + 1 });
        const [x, y] = [(left + right) / 2, (top + bottom) / 2];
        return boxes.some((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
      };
      return [inView.filter(isPainted).length, inView.length];
    },

    /** How many pixels of two pictures of the page differ. */
    async differing(one, other) {
      const pixels = async (png) => {
        const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0));
        const picture = await createImageBitmap(new Blob([bytes]));
        const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
        canvas.drawImage(picture, 0, 0);
        return new Uint32Array(canvas.getImageData(0, 0, picture.width, picture.height).data.buffer);
      };
      const [before, after] = [await pixels(one), await pixels(other)];
      return after.reduce((count, pixel, at) => count + (pixel !== before[at]), 0);
    },
  };
  window.bench = bench;
}

/** The boxes of ranges that are in view. */
export function boxesOf(ranges) {
  const inView = (box) => box.bottom > 0 && box.top < innerHeight;
  return [...ranges].flatMap((range) => (inView(range.getBoundingClientRect()) ? [...range.getClientRects()] : []));
}

/** The note as a W3C annotation. `isPeers`: places are those in the text of all nodes, and its id can be a name in
 * CSS, since recogito names a highlight by it and paints nothing where it has a colon. */
export function annotationOf(note, isPeers) {
  const shift = isPeers ? note.gaps : 0;
  return {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    id: isPeers ? note.id.replaceAll(":", "-") : note.id, type: "Annotation", created: "2026-01-02T03:04:05Z", modified: "2026-01-02T03:04:05Z",
    body: note.comment ? [{ type: "TextualBody", purpose: "commenting", value: note.comment }] : [],
    target: {
      source: "urn:bench:article", styleClass: `bianzhu-${note.color}`,
      selector: [
        { type: "TextQuoteSelector", exact: note.exact, prefix: note.prefix, suffix: note.suffix },
        { type: "TextPositionSelector", start: note.start - shift, end: note.end - shift },
      ],
    },
  };
}
