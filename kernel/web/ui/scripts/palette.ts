// The palette: what can be done on this page, and people and tickets found by
// the server under the same rules as everywhere. Results come as JSON (the
// shape is PaletteAnswer in frame.go); without an address for them, or without
// script, the search page answers.
import { icon, later, make, on } from "./dom";
import { go } from "./swap";

interface Result {
  text: string;
  meta: string;
  href: string;
  icon: string;
}

interface Group {
  heading: string;
  results: Result[];
}

interface Choice {
  result: Result;
  act: () => void;
}

/** Opens the palette; false when the page has none. */
export function openPalette(): boolean {
  const dialog = document.querySelector<HTMLDialogElement>("#palette");
  if (!dialog || dialog.open) return false;
  new Palette(dialog).open();
  return true;
}

on("click", "a[data-palette]", (_, event) => {
  if (openPalette()) event.preventDefault();
});

/** What can be pressed on this page: what can be done in it, then the views. */
function actions(query: string): Choice[] {
  const out: Choice[] = [];
  const all = [...document.querySelectorAll<HTMLElement>("main [data-key]"), ...document.querySelectorAll<HTMLElement>(":not(main *):is([data-key], .view)")];
  for (const element of all) {
    const value = element.querySelector(".button-text, span")?.textContent?.trim() ?? "";
    const of = element.closest("dd")?.previousElementSibling?.textContent?.trim(); // what a value is of, where it is one
    const text = of ? `${of}: ${value}` : value;
    if (!text || element instanceof HTMLInputElement || !element.checkVisibility()) continue;
    if (!text.toLowerCase().includes(query.toLowerCase())) continue;
    const name = element.querySelector("svg")?.getAttribute("data-icon") ?? "";
    out.push({
      result: { text, meta: element.dataset["key"] ?? "", href: "", icon: name },
      act: () => element.click(),
    });
  }
  return out.slice(0, 16);
}

class Palette {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #quiet = later(150, () => void this.#find().catch(() => undefined));
  readonly #gone = new AbortController();
  #choices: Choice[] = [];
  #found: Group[] = [];
  #at = 0;
  #asked = 0;

  constructor(private readonly dialog: HTMLDialogElement) {
    this.#input = dialog.querySelector("input") as HTMLInputElement;
    this.#list = dialog.querySelector("[role=listbox]") as HTMLElement;
  }

  open(): void {
    const { signal } = this.#gone;
    this.#input.value = "";
    this.#input.addEventListener("input", () => this.#changed(), { signal });
    this.#input.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.dialog.addEventListener("close", () => this.#gone.abort(), { signal });
    this.#draw();
    this.dialog.showModal();
    this.#input.focus();
  }

  #changed(): void {
    this.#found = [];
    this.#draw();
    if (this.dialog.dataset["results"]) this.#quiet.poke();
  }

  async #find(): Promise<void> {
    const query = this.#input.value.trim();
    if (query === "") return;
    const asked = ++this.#asked;
    const address = new URL(this.dialog.dataset["results"] ?? "", location.href);
    address.searchParams.set("q", query);
    const answer = await fetch(address, { signal: this.#gone.signal, headers: { Accept: "application/json" } });
    if (!answer.ok || asked !== this.#asked) return;
    this.#found = ((await answer.json()) as { groups: Group[] }).groups;
    this.#draw();
  }

  #draw(): void {
    const query = this.#input.value.trim();
    this.#choices = [];
    this.#list.replaceChildren();
    for (const group of this.#found) {
      this.#group(
        group.heading,
        group.results.map((result) => ({ result, act: () => void go(result.href) })),
      );
    }
    this.#group(this.dialog.dataset["actions"] ?? "", actions(query));
    if (query !== "") {
      const address = new URL(this.dialog.dataset["search"] ?? "", location.href);
      address.searchParams.set("q", query);
      const text = (this.dialog.dataset["more"] ?? "").replace("{query}", query);
      this.#group("", [
        { result: { text, meta: "", href: address.href, icon: "search" }, act: () => void go(address.href) },
      ]);
    }
    this.#mark(0);
  }

  #group(heading: string, choices: Choice[]): void {
    if (choices.length === 0) return;
    const group = make("div", { role: "group", class: "palette-group", "aria-label": heading });
    if (heading) group.append(make("p", { class: "palette-heading", "aria-hidden": "true" }, heading));
    for (const choice of choices) {
      const id = `option-${this.#choices.length}`;
      const option = make(
        "div",
        { role: "option", class: "option", id },
        icon(choice.result.icon),
        make("span", {}, choice.result.text),
      );
      if (choice.result.meta) option.append(make("span", { class: "meta push" }, choice.result.meta));
      option.addEventListener("click", () => this.#take(choice));
      this.#choices.push(choice);
      group.append(option);
    }
    this.#list.append(group);
  }

  #mark(at: number): void {
    const last = this.#choices.length - 1;
    this.#at = at > last ? 0 : at < 0 ? last : at;
    for (const [i, option] of this.#list.querySelectorAll(".option").entries()) {
      option.setAttribute("aria-selected", String(i === this.#at));
      if (i === this.#at) {
        this.#input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
  }

  #key(event: KeyboardEvent): void {
    const chosen = this.#choices[this.#at];
    if (event.key === "ArrowDown") this.#mark(this.#at + 1);
    else if (event.key === "ArrowUp") this.#mark(this.#at - 1);
    else if (event.key === "Enter" && chosen) this.#take(chosen);
    else if (event.key === "Escape")
      this.dialog.close(); // a search field would only empty itself
    else return;
    event.preventDefault();
  }

  #take(choice: Choice): void {
    this.dialog.close();
    choice.act();
  }
}
