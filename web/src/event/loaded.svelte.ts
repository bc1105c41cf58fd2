// An event and all that its page shows; the newest request wins.
import {
  api,
  ApiError,
  type Brief,
  type Evidence,
  type Near,
  type OneEvent,
  type Version,
} from "../api/client";
import { user } from "../state/session.svelte";

export class Loaded {
  one = $state.raw<OneEvent | null>(null);
  evidence = $state.raw<Evidence[] | null>(null);
  history = $state.raw<Version[]>([]);
  /** The other events of its case, in order of day. */
  stages = $state.raw<Brief[]>([]);
  near = $state.raw<Near[]>([]);
  /** Why there is nothing to show: an event that is not there. */
  problem = $state.raw<ApiError | null>(null);
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
      this.problem = null;
      this.evidence = evidence;
      this.history = history;
      this.stages = stages;
      this.near = near;
    } catch (error) {
      if (turn !== this.turn) return;
      if (error instanceof ApiError && [404, 422].includes(error.status)) this.problem = error;
      else user.failed(error);
    }
  }
}
