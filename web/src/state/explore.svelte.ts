// One query, four views: asks the ledger whenever the address changes, and keeps the last answer while it waits.
import { api, ApiError, type Brief, type Explored } from "../api/client";
import { ASKED, here, SEEN } from "./address.svelte";
import { user } from "./session.svelte";

class Exploring {
  found = $state.raw<Explored | null>(null);
  rows = $state.raw<Brief[]>([]);
  next = $state<string | null>(null);
  waiting = $state(false);
  /** What went wrong with what is asked now, where nothing can be shown. */
  problem = $state.raw<ApiError | null>(null);
  private stop: AbortController | null = null;
  private asked: string | null = null;

  /** Ask what the address asks, unless it was asked already. */
  async refresh(force = false): Promise<void> {
    const query = here.asks([...ASKED, ...SEEN]);
    if (query === this.asked && !force) return;
    this.asked = query;
    this.stop?.abort();
    const stop = (this.stop = new AbortController());
    this.waiting = true;
    try {
      const found = await api.explore(query, stop.signal);
      this.found = found;
      this.problem = null;
      this.rows = found.rows;
      this.next = found.next;
      // The address names the revision, so that a copied link shows the same thing later.
      if (!here.current.params.has("revision") && here.current.page === "explore") {
        here.set({ revision: String(found.revision) }, true);
        this.asked = here.asks([...ASKED, ...SEEN]);
      }
    } catch (error) {
      this.asked = null;
      // What cannot be answered is said in its place, and not beside an endless "Loading".
      if (error instanceof ApiError && error.status !== 401) this.problem = error;
      else user.failed(error);
    } finally {
      if (this.stop === stop) this.waiting = false;
    }
  }

  async more(): Promise<void> {
    if (this.next === null) return;
    try {
      const page = await api.events(`${here.asks()}&after=${encodeURIComponent(this.next)}`);
      this.rows = [...this.rows, ...page.events];
      this.next = page.next;
    } catch (error) {
      user.failed(error);
    }
  }
}

export const exploring = new Exploring();
