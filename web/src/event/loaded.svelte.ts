// An event and all that its page shows; the newest request wins.
import { api, type Brief, type Evidence, type Near, type OneEvent, type Version } from "../api/client";
import { user } from "../state/session.svelte";

export class Loaded {
  one = $state.raw<OneEvent | null>(null);
  evidence = $state.raw<Evidence[] | null>(null);
  history = $state.raw<Version[]>([]);
  /** The other events of its case, in order of day. */
  stages = $state.raw<Brief[]>([]);
  near = $state.raw<Near[]>([]);
  private turn = 0;

  async load(id: string, revision: number | null): Promise<void> {
    const turn = (this.turn += 1);
    try {
      const [one, evidence, history, stages, near] = await Promise.all([
        api.event(id, revision),
        api.evidence(id, revision),
        api.history(id),
        api.caseOf(id, revision),
        revision === null ? api.near(id) : Promise.resolve([]),
      ]);
      if (turn !== this.turn) return;
      this.one = one;
      this.evidence = evidence;
      this.history = history;
      this.stages = stages;
      this.near = near;
    } catch (error) {
      if (turn === this.turn) user.failed(error);
    }
  }
}
