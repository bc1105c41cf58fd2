// Comments that mention whoever is here, and up to which they were seen (kept in this browser, by name).
import { api, type Comment } from "../api/client";

const KEPT = "dateline-mentions";

class Mentions {
  private all = $state.raw<Comment[]>([]);
  private upTo = $state(0);
  private name = "";

  /** How many came since they were last looked at. */
  get fresh(): number {
    return this.all.filter((one) => one.num > this.upTo).length;
  }

  async look(name: string): Promise<void> {
    this.name = name;
    try {
      this.upTo = Number(localStorage.getItem(`${KEPT}:${name}`) ?? 0) || 0;
    } catch {
      this.upTo = 0;
    }
    try {
      this.all = await api.mentions();
    } catch {
      // Whoever may not ask has none; the views say what else goes wrong.
    }
  }

  seen(found: Comment[]): void {
    this.all = found;
    this.upTo = Math.max(this.upTo, ...found.map((one) => one.num));
    try {
      localStorage.setItem(`${KEPT}:${this.name}`, String(this.upTo));
    } catch {
      // A browser that keeps nothing: they are fresh again next time.
    }
  }
}

export const mentions = new Mentions();
