// An event and all that its page shows; the newest request wins.
import {
  api,
  ApiError,
  type Brief,
  type Evidence,
  type Near,
  type OneEvent,
  type Version,
  type Views,
} from "../api/client";
import { user } from "../state/session.svelte";

export class Loaded {
  one = $state.raw<OneEvent | null>(null);
  evidence = $state.raw<Evidence[] | null>(null);
  history = $state.raw<Version[]>([]);
  /** The other events of its case, in order of day. */
  stages = $state.raw<Brief[]>([]);
  near = $state.raw<Near[]>([]);
  views = $state.raw<Views | null>(null);
  /** Why there is nothing to show: an event that is not there. */
  problem = $state.raw<ApiError | null>(null);
  private turn = 0;

  /** With `coded` its values are those that were coded, whatever people made of them. */
  async load(id: string, revision: number | null, coded = false): Promise<void> {
    const turn = (this.turn += 1);
    const isNow = revision === null && !coded;
    try {
      const [one, evidence, history, stages, near, views] = await Promise.all([
        coded ? api.coded(id) : api.event(id, revision),
        api.evidence(id, revision),
        coded ? Promise.resolve([]) : api.history(id),
        api.caseOf(id, revision),
        isNow ? api.near(id) : Promise.resolve([]),
        isNow ? api.views(id) : Promise.resolve(null),
      ]);
      if (turn !== this.turn) return;
      this.one = one;
      this.problem = null;
      this.evidence = evidence;
      this.history = history;
      this.stages = stages;
      this.near = near;
      this.views = views;
    } catch (error) {
      if (turn !== this.turn) return;
      if (error instanceof ApiError && [404, 422].includes(error.status)) this.problem = error;
      else user.failed(error);
    }
  }
}
