/* Characters of the article and what is selected of it.

   Offsets count code points, as the database does; a string of JavaScript counts halves of
   them for 😀. The text on the page is the article's, character for character. */

const points = (string) => [...string].length;

/** Start and end of the selection as offsets of the article, or null. */
export function selectedSpan(text) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = Number(text.dataset.offset) + points(before.toString());
  return { start, end: start + points(range.toString()) };
}

/** The ends of a quotation, moved word by word or character by character with the arrows. */
export class SpanEditor {
  constructor(text, start, end) {
    this.text = text;
    this.offset = Number(text.dataset.offset);
    this.characters = [...text.textContent];
    this.start = start - this.offset;
    this.end = end - this.offset;
    this.show();
  }

  get span() {
    return { start: this.start + this.offset, end: this.end + this.offset };
  }

  /** Move the end, or with `beginning` the start, to where the next word begins or ends. */
  move(direction, beginning, byCharacter) {
    const at = beginning ? this.start : this.end;
    const to = byCharacter ? at + direction : this.edge(at, direction, beginning);
    const kept = Math.max(0, Math.min(this.characters.length, to));
    if (beginning && kept < this.end) this.start = kept;
    if (!beginning && kept > this.start) this.end = kept;
    this.show();
  }

  edge(at, direction, beginning) {
    const blank = (index) => /\s/.test(this.characters[index] ?? " ");
    const within = (index) => index > 0 && index < this.characters.length;
    // An end stands behind a word, a beginning before one.
    const stands = (index) => (beginning ? blank(index - 1) && !blank(index) : !blank(index - 1) && blank(index));
    let index = at + direction;
    while (within(index) && !stands(index)) index += direction;
    return index;
  }

  /** Show it as the selection of the page, which needs no mark of its own. */
  show() {
    const range = document.createRange();
    range.setStart(...this.place(this.start));
    range.setEnd(...this.place(this.end));
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  place(index) {
    let left = this.characters.slice(0, index).join("").length;
    const walker = document.createTreeWalker(this.text, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    let last = node;
    while (node && left > node.length) {
      left -= node.length;
      last = node;
      node = walker.nextNode();
    }
    return node ? [node, left] : [last, last.length];
  }
}
