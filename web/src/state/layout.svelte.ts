// How the views are laid out: which are folded, how dense the table is. Kept by the browser, for it is the reader's taste and
// no part of the question.
export type Panel = "map" | "timeline" | "filters";
export type Density = "compact" | "roomy";

const KEY = "dateline-layout";

interface Kept {
  folded: Panel[];
  density: Density;
}

class Layout {
  private kept = $state<Kept>(stored());

  get density(): Density {
    return this.kept.density;
  }

  isOpen(panel: Panel): boolean {
    return !this.kept.folded.includes(panel);
  }

  fold(panel: Panel): void {
    const folded = this.kept.folded.filter((one) => one !== panel);
    if (this.isOpen(panel)) folded.push(panel);
    this.keep({ ...this.kept, folded });
  }

  choose(density: Density): void {
    this.keep({ ...this.kept, density });
  }

  private keep(kept: Kept): void {
    this.kept = kept;
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing: the choice holds until the page is closed.
    }
  }
}

function stored(): Kept {
  // On a phone filters and timeline stand above the table, so they begin folded.
  const begin: Kept = {
    folded: matchMedia("(max-width: 900px)").matches ? ["filters", "timeline"] : [],
    density: "compact",
  };
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>;
    return { folded: found.folded ?? begin.folded, density: found.density === "roomy" ? "roomy" : "compact" };
  } catch {
    return begin;
  }
}

export const layout = new Layout();
