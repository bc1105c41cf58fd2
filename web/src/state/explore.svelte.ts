// One query, four views: asks the ledger whenever the address changes, and keeps the last answer while it waits.
import { api, type Brief, type Explored } from "../api/client";
import { ASKED, here, only, SEEN } from "./address.svelte";
import { user } from "./session.svelte";

class Exploring {
  found = $state.raw<Explored | null>(null);
  rows = $state.raw<Brief[]>([]);
  next = $state<string | null>(null);
  waiting = $state(false);
  private stop: AbortController | null = null;
  private asked: string | null = null;

  /** Ask what the address asks, unless it was asked already. */
  async refresh(force = false): Promise<void> {
    const query = only(here.current.params, [...ASKED, ...SEEN]);
    if (query === this.asked && !force) return;
    this.asked = query;
    this.stop?.abort();
    const stop = (this.stop = new AbortController());
    this.waiting = true;
    try {
      const found = await api.explore(query, stop.signal);
      this.found = found;
      this.rows = found.rows;
      this.next = found.next;
      // The address names the revision, so that a copied link shows the same thing later.
      if (!here.current.params.has("revision") && here.current.page === "explore") {
        here.set({ revision: String(found.revision) }, true);
        this.asked = only(here.current.params, [...ASKED, ...SEEN]);
      }
    } catch (error) {
      this.asked = null;
      user.failed(error);
    } finally {
      if (this.stop === stop) this.waiting = false;
    }
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    try {
      const page = await api.events(
        `${only(here.current.params, ASKED)}&after=${encodeURIComponent(this.next)}`,
      );
      this.rows = [...this.rows, ...page.events];
      this.next = page.next;
    } catch (error) {
      user.failed(error);
    }
  }
}

export const exploring = new Exploring();
