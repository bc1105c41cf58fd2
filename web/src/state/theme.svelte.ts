// Light, dark, or as the system has it.
export type Theme = "auto" | "light" | "dark";

const KEY = "dateline-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

class Colours {
  chosen = $state<Theme>(stored());
  private system = $state(dark.matches);

  constructor() {
    dark.addEventListener("change", (event) => (this.system = event.matches));
  }

  get isDark(): boolean {
    return this.chosen === "dark" || (this.chosen === "auto" && this.system);
  }

  choose(theme: Theme): void {
    this.chosen = theme;
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // A browser that keeps nothing: the choice holds until the page is closed.
    }
  }
}

function stored(): Theme {
  try {
    const found = localStorage.getItem(KEY);
    return found === "light" || found === "dark" ? found : "auto";
  } catch {
    return "auto";
  }
}

export const theme = new Colours();
