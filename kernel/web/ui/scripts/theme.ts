// The light and dark switch without a reload. The form still goes to the
// server, which remembers the choice in a cookie.
class Theme extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    const button = this.querySelector("button");
    if (!form || !button) return;
    const chosen = document.documentElement.dataset["theme"];
    if (!chosen && matchMedia("(prefers-color-scheme: dark)").matches) this.#offer(button, "light");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const theme = button.value;
      const body = new URLSearchParams({ theme, back: location.pathname + location.search });
      document.documentElement.dataset["theme"] = theme;
      this.#offer(button, theme === "dark" ? "light" : "dark");
      // Should this fail, the page keeps the choice and the next one forgets it.
      void fetch(form.action, { method: "POST", body, redirect: "manual" }).catch(() => undefined);
    });
  }

  #offer(button: HTMLButtonElement, theme: "light" | "dark"): void {
    button.value = theme;
    button.setAttribute("aria-label", button.dataset[theme] ?? theme);
  }
}

customElements.define("heed-theme", Theme);
