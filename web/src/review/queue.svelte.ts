// The review queue: the most doubtful event that was not looked at yet, under the page's own filters.
import { api } from "../api/client";
import { Loaded } from "../event/loaded.svelte";
import { ASKED, here, only } from "../state/address.svelte";
import { user } from "../state/session.svelte";

const OPEN = ["unreviewed", "unsure", "changed"];
const PAGE = 50;

export class Queue {
  /** Events that wait for a second opinion, as they were coded, instead of those of the filters. */
  readonly second: boolean;
  readonly loaded = new Loaded();
  current = $state<string | null>(null);
  done = $state(0);
  total = $state<number | null>(null);
  finished = $state(false);
  /** On the way to another event: what is shown is not what would be judged. */
  moving = $state(false);
  /** Numbers of one's own judgements, to be taken back the last one first, and of which event each was. */
  mine = $state<{ number: number; event: string }[]>([]);
  private passed = new Set<string>();

  constructor(second = false) {
    this.second = second;
  }

  private query(): string {
    const params = new URLSearchParams(only(here.current.params, ASKED));
    params.delete("revision");
    params.set("order", "doubt");
    if (!params.has("reviewed")) for (const state of OPEN) params.append("reviewed", state);
    return params.toString();
  }

  async next(): Promise<void> {
    this.moving = true;
    try {
      if (this.second) return await this.nextSecond();
      this.total ??= (await api.explore(`${this.query()}&limit=1`)).total;
      let after: string | null = null;
      do {
        const cursor: string = after === null ? "" : `&after=${encodeURIComponent(after)}`;
        const page = await api.events(`${this.query()}&limit=${PAGE}${cursor}`);
        const found = page.events.find((event) => !this.passed.has(event.id));
        if (found) return await this.show(found.id);
        after = page.next;
      } while (after !== null);
      this.current = null;
      this.finished = true;
    } catch (error) {
      user.failed(error);
    } finally {
      this.moving = false;
    }
  }

  private async nextSecond(): Promise<void> {
    const waiting = await api.second();
    this.total ??= waiting.length;
    const found = waiting.find((event) => !this.passed.has(event.id));
    if (found) return await this.show(found.id);
    this.current = null;
    this.finished = true;
  }

  private async show(id: string): Promise<void> {
    this.finished = false;
    this.current = id;
    await this.loaded.load(id, null, this.second);
  }

  /** Done with the event that is shown. */
  async pass(): Promise<void> {
    if (this.current !== null) this.passed.add(this.current);
    await this.next();
    this.done += 1;
  }

  async judged(revision: number, made?: { number: number; kind: string }): Promise<void> {
    user.reached(revision);
    if (made && this.current) this.mine = [...this.mine, { number: made.number, event: this.current }];
    if (made && ["accept", "reject", "unsure"].includes(made.kind)) await this.pass();
    else await this.again();
  }

  /** The event that is shown, as it is now; where it has joined another, that one. */
  private async again(): Promise<void> {
    if (this.current === null) return;
    await this.loaded.load(this.current, null, this.second);
    this.current = this.loaded.one?.event.id ?? this.current;
  }

  /** Take one's last judgement back and look at its event again; false where there is none. */
  async undo(): Promise<boolean> {
    const last = this.mine.at(-1);
    if (!last) return false;
    try {
      await api.withdraw(last.number, "undone");
      this.mine = this.mine.slice(0, -1);
      if (this.passed.delete(last.event)) this.done = Math.max(0, this.done - 1);
      await this.show(last.event);
    } catch (error) {
      user.failed(error);
    }
    return true;
  }
}
