// Which key does what when somebody judges. Everybody may choose their own; the browser keeps them.

/** What has a key, and the key it has until somebody chooses another. */
export const DEFAULTS = {
  accept: "a",
  reject: "r",
  unsure: "u",
  correct: "c",
  missing: "w",
  same: "m",
  different: "d",
  split: "x",
  comment: "o",
  nextValue: "j",
  previousValue: "k",
  skip: "s",
  undo: "z",
  blind: "b",
  quit: "q",
  help: "?",
} as const;
export type Action = keyof typeof DEFAULTS;
export const ACTIONS = Object.keys(DEFAULTS) as Action[];
const KEPT = "dateline-keys";

/** Keys as somebody chose them: what is no key, or is there twice, is left as it comes. */
export function keysFrom(kept: string | null): Record<Action, string> {
  const keys: Record<Action, string> = { ...DEFAULTS };
  let chosen: unknown;
  try {
    chosen = JSON.parse(kept ?? "{}");
  } catch {
    return keys;
  }
  if (typeof chosen !== "object" || chosen === null) return keys;
  for (const action of ACTIONS) {
    const key = (chosen as Record<string, unknown>)[action];
    if (typeof key === "string" && isKey(key)) keys[action] = key;
  }
  return new Set(Object.values(keys)).size === ACTIONS.length ? keys : { ...DEFAULTS };
}

/** One character that stands for itself: no space, no Enter, no arrow. */
export const isKey = (key: string): boolean => [...key].length === 1 && key.trim() !== "";

class Keys {
  of = $state.raw<Record<Action, string>>(keysFrom(stored()));

  action(key: string): Action | null {
    return ACTIONS.find((action) => this.of[action] === key) ?? null;
  }

  /** Give an action another key; tells the action that has it already, and then changes nothing. */
  choose(action: Action, key: string): Action | null {
    const other = this.action(key);
    if (other !== null && other !== action) return other;
    this.keep({ ...this.of, [action]: key });
    return null;
  }

  reset(): void {
    this.keep({ ...DEFAULTS });
  }

  private keep(keys: Record<Action, string>): void {
    this.of = keys;
    try {
      localStorage.setItem(KEPT, JSON.stringify(keys));
    } catch {
      // A browser that keeps nothing: the keys hold until the page is closed.
    }
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

export const keys = new Keys();

/** The action of a key that was pressed; null while somebody writes, or a dialog is open. */
export function actionOf(event: KeyboardEvent): Action | null {
  const writing = (event.target as Element).closest("input, textarea, select, dialog") !== null;
  // A click on the words of a dialog leaves the focus with the page behind it.
  const covered = document.querySelector("dialog[open]") !== null;
  if (writing || covered || event.ctrlKey || event.metaKey || event.altKey) return null;
  return keys.action(event.key);
}
