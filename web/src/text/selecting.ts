// What is selected of a report's text on the page, in UTF-16 units of the text.

/** The ends of the selection within an element that holds the text and nothing else; null where it lies elsewhere. */
export function selectedIn(within: HTMLElement, text: string): { start: number; end: number } | null {
  const selection = document.getSelection();
  if (!selection?.rangeCount || !within.contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  const start = within.contains(range.startContainer)
    ? before(within, range.startContainer, range.startOffset)
    : 0;
  const end = within.contains(range.endContainer)
    ? before(within, range.endContainer, range.endOffset)
    : text.length;
  return { start, end };
}

/** How much of the text stands before a place in the page. */
function before(within: HTMLElement, node: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(within, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** Arrow keys move through a text word by word, with Shift they select: for who has no mouse. */
export function moveByKey(event: KeyboardEvent, within: HTMLElement): void {
  const way = { ArrowRight: "forward", ArrowLeft: "backward" }[event.key];
  const selection = document.getSelection();
  if (!way || !selection || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  if (!within.contains(selection.anchorNode)) selection.collapse(within, 0);
  selection.modify(event.shiftKey ? "extend" : "move", way, "word");
}
