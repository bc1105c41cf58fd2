// Additions and what came of them. They are watched wherever one is on the page, and kept in this browser.
import { api, ApiError, type Job } from "../api/client";
import { user } from "./session.svelte";

export interface Added {
  label: string;
  job: Job;
}

const KEPT = "dateline-jobs";
const POLL_MS = 500;
/** Additions that are kept, and reasons of rejection of each. */
const MOST = 30;
const REASONS = 200;

const isOver = (job: Job): boolean => job.state === "done" || job.state === "failed";

class Jobs {
  all = $state.raw<Added[]>([]);
  private key = "";
  private watched = new Set<string>();

  /** Whose they are: those of this ledger and user that were kept, those under way watched again. */
  of(ledger: string, name: string): void {
    const key = `${KEPT}:${ledger}:${name}`;
    if (key === this.key) return;
    this.key = key;
    this.all = kept(key);
    for (const { job } of this.all) if (!isOver(job)) void this.watch(job.id);
  }

  async begin(label: string, made: Promise<Job>): Promise<boolean> {
    try {
      const job = await made;
      this.keep([{ label, job }, ...this.all]);
      void this.watch(job.id);
      return true;
    } catch (error) {
      user.failed(error);
      return false;
    }
  }

  forget(): void {
    this.keep(this.all.filter(({ job }) => !isOver(job)));
  }

  private async watch(id: string): Promise<void> {
    if (this.watched.has(id)) return;
    this.watched.add(id);
    for (;;) {
      await new Promise((done) => setTimeout(done, POLL_MS));
      try {
        const job = await api.job(id);
        this.keep(this.all.map((one) => (one.job.id === id ? { ...one, job } : one)));
        if (!isOver(job)) continue;
        if (job.revision !== null) user.reached(job.revision);
      } catch (error) {
        // A server that was started again knows nothing of it: what it had done is in the ledger.
        if (error instanceof ApiError && error.status === 404)
          this.keep(this.all.map((one) => (one.job.id === id ? { ...one, job: lost(one.job, error) } : one)));
        else user.failed(error);
      }
      this.watched.delete(id);
      return;
    }
  }

  private keep(all: Added[]): void {
    this.all = all.slice(0, MOST);
    const small = this.all.map(({ label, job }) => ({
      label,
      job: { ...job, rejected: job.rejected.slice(0, REASONS) },
    }));
    try {
      localStorage.setItem(this.key, JSON.stringify(small));
    } catch {
      // A browser that keeps nothing: they are there until the page is closed.
    }
  }
}

const lost = (job: Job, error: ApiError): Job => ({ ...job, state: "failed", error: error.problem });

function kept(key: string): Added[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? (found as Added[]).filter((one) => one?.job?.id) : [];
  } catch {
    return [];
  }
}

export const jobs = new Jobs();
