// Who is here, and what the server last said of the ledger.
import { api, ApiError, type Session, type Vocabulary } from "../api/client";

class Here {
  session = $state.raw<Session | null>(null);
  vocabulary = $state.raw<Vocabulary | null>(null);
  needsLogin = $state(false);
  problem = $state.raw<ApiError | null>(null);

  async begin(): Promise<void> {
    try {
      this.session = await api.session();
      this.needsLogin = false;
      this.vocabulary = await api.vocabulary();
    } catch (error) {
      this.failed(error);
    }
  }

  async logIn(name: string, password: string): Promise<void> {
    this.session = await api.logIn(name, password);
    this.needsLogin = false;
    this.vocabulary ??= await api.vocabulary();
  }

  async logOut(): Promise<void> {
    await api.logOut();
    this.session = null;
    this.needsLogin = true;
  }

  /** The ledger has come to a revision. */
  reached(revision: number): void {
    if (this.session) this.session = { ...this.session, revision };
  }

  /** Show an error that a view cannot handle itself. */
  failed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) this.needsLogin = true;
    else if (error instanceof ApiError) this.problem = error;
    else if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
  }

  get mayReview(): boolean {
    return this.session !== null && this.session.role !== "reader";
  }
}

export const user = new Here();
