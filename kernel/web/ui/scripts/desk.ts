// The keys of the desk. Which element a key presses is written on the element
// (data-key, data-go), so this file knows no ticket. Single keys rest while
// somebody types or a dialog is open, and can be switched off.
import { openPalette } from "./palette";
import { go } from "./swap";

const typing = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

class Desk extends HTMLElement {
  #goUntil = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", this.#press);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#press);
  }

  #press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      if (openPalette()) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || this.#rests(event.target)) return;
    if (this.#do(event.key)) event.preventDefault();
  };

  #rests(target: EventTarget | null): boolean {
    if (document.documentElement.dataset["keys"] === "off") return true;
    if (document.querySelector("dialog[open]")) return true;
    return target instanceof Element && target.closest(typing) !== null;
  }

  #do(key: string): boolean {
    if (performance.now() < this.#goUntil) {
      this.#goUntil = 0;
      return this.#press1(`[data-go="${CSS.escape(key)}"]`);
    }
    switch (key) {
      case "j":
        return this.#move(1);
      case "k":
        return this.#move(-1);
      case "u":
        return this.#back();
      case "x":
        return this.#tick();
      case "/": // the page's own search before the one that is everywhere
        return this.#press1("input[data-key='/']") || this.#press1("[data-palette]");
      case "g":
        this.#goUntil = performance.now() + 1500;
        return true;
      case "?":
        this.querySelector<HTMLDialogElement>("#keysheet")?.showModal();
        return true;
      default:
        return key.length === 1 && (this.#press1(`[data-key="${CSS.escape(key)}"]`) || this.#onRow(key));
    }
  }

  /** Presses the first element in view that matches: follows, chooses or focuses it. */
  #press1(selector: string): boolean {
    for (const element of this.querySelectorAll<HTMLElement>(selector)) {
      if (!element.checkVisibility()) continue;
      if (element instanceof HTMLInputElement) {
        element.focus();
        element.select();
      } else {
        element.click();
      }
      if (element.matches(".mode")) this.#write();
      return true;
    }
    return false;
  }

  /** On a row: opens it, and presses the key there. */
  #onRow(key: string): boolean {
    const row = document.activeElement?.closest<HTMLElement>(".row[data-keys]");
    const way = row?.querySelector<HTMLAnchorElement>("a.row-main");
    if (!way || !row?.dataset["keys"]?.split(" ").includes(key)) return false;
    void go(way.href).then(() => this.#press1(`[data-key="${CSS.escape(key)}"]`));
    return true;
  }

  /** Goes to the list, also where that stands beside the ticket and its button is not shown. */
  #back(): boolean {
    const way = this.querySelector<HTMLElement>("[data-key='u']");
    way?.click();
    return way !== null;
  }

  /** Puts the caret behind what is already written. */
  #write(): void {
    const body = this.querySelector<HTMLTextAreaElement>("#body");
    body?.focus();
    body?.setSelectionRange(body.value.length, body.value.length);
  }

  #move(step: number): boolean {
    const rows = [...this.querySelectorAll<HTMLElement>(".row-main")];
    if (rows.length === 0) return false;
    const here = rows.findIndex((row) => row.closest(".row")?.contains(document.activeElement));
    const from = here >= 0 ? here : rows.findIndex((row) => row.hasAttribute("aria-current"));
    const next = rows[Math.min(Math.max(from + step, 0), rows.length - 1)];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return true;
  }

  #tick(): boolean {
    const row = document.activeElement?.closest(".row") ?? this.querySelector(".row:has([aria-current])");
    const box = row?.querySelector<HTMLInputElement>(".row-check input");
    box?.click();
    return box !== null && box !== undefined;
  }
}

customElements.define("heed-desk", Desk);
