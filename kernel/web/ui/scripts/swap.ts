// Opens a page of the desk in the place of another. A link marked data-swap is
// fetched, and what stands in the shell is exchanged: the browser need not throw
// its window away and build a new one, which takes it ten times as long as the
// server takes to make the page. Address, title, back and forward are those of
// the page. Whatever is not a page of the desk, made by the same release for the
// same reader, is opened as if this file did not exist.
import { keep, left } from "./draft";
import { elsewhere, later, on } from "./dom";
import { start, stop } from "./live";

interface Place {
  list: number; // how far the list was scrolled
  page: number; // and the window
}

const shellOf = (page: Document): HTMLElement | null => page.querySelector<HTMLElement>("heed-desk");
const address = (): string => location.pathname + location.search;

let shown = address();
let asked: AbortController | undefined;

/** Shows that a page is on its way, should it take long enough to wonder. */
const busy = later(200, () => shellOf(document)?.setAttribute("data-busy", ""));

function rest(): void {
  busy.stop();
  shellOf(document)?.removeAttribute("data-busy");
}

/** What a page was made with and for: release, language, reader. */
function made(page: Document): string {
  const files = page.querySelectorAll("link[rel=stylesheet], script[src]");
  return [
    page.documentElement.lang,
    page.querySelector(".rail-name")?.textContent,
    ...[...files].map((file) => file.getAttribute("href") ?? file.getAttribute("src")),
  ].join(" ");
}

/** The page at an address, or nothing where the browser has to go there itself. */
async function ask(href: string, signal: AbortSignal): Promise<Document | undefined> {
  const rows = document.querySelector<HTMLElement>(".rows[data-print]")?.dataset["print"] ?? "";
  const answer = await fetch(href, { signal, headers: { Accept: "text/html", ...(rows && { "Heed-Rows": rows }) } });
  if (!answer.ok || answer.redirected) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return shellOf(page) && made(page) === made(document) ? page : undefined;
}

function place(): Place {
  return { list: document.querySelector(".rows")?.scrollTop ?? 0, page: scrollY };
}

const listShown = (): string => document.querySelector(".rail [aria-current=page]")?.getAttribute("href") ?? "";

const words = (element: Element): string =>
  [...element.childNodes].map((node) => (node.nodeType === Node.TEXT_NODE ? node.nodeValue : "<>")).join("");

/** Moves the mark in rows that were not sent again to the row of an address, or off them. */
function mark(rows: Element, current: string): void {
  rows.querySelector("[aria-current]")?.removeAttribute("aria-current");
  if (current) rows.querySelector(`a[href="${CSS.escape(current)}"]`)?.setAttribute("aria-current", "true");
}

/**
 * Makes an element like its next state and keeps whatever of it is the same. Not
 * for what somebody types in: a text that was typed is no part of the comparison.
 */
function renew(old: Element, next: Element): void {
  if (next.hasAttribute("data-same") || old.isEqualNode(next)) return;
  if (old.tagName !== next.tagName || old.children.length === 0 || words(old) !== words(next)) {
    old.replaceWith(document.adoptNode(next));
    return;
  }
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const others = [...next.children];
  for (const [i, child] of [...old.children].entries()) {
    const other = others[i];
    if (other) renew(child, other);
  }
}

/** Files that were chosen and not yet sent go along to the page that is the same ticket. */
function takeFiles(old: Element, next: Element): void {
  for (const field of old.querySelectorAll<HTMLInputElement>("main input[type=file]")) {
    const other = next.querySelector<HTMLInputElement>(`input[type=file][name="${CSS.escape(field.name)}"]`);
    if (!other || !field.files?.length) continue;
    other.files = field.files;
    const folded = other.closest("details");
    if (folded) folded.open = true;
  }
}

/** Puts the page into the shell: what is read anew, what stands around it where it differs. */
function exchange(page: Document, at: Place | undefined, same: boolean): void {
  const shell = shellOf(document);
  const next = shellOf(page);
  if (!shell || !next) return;
  const before = listShown();
  left(); // whatever was typed since the page was asked for
  stop();
  const region = document.adoptNode(next.querySelector("main") as Element);
  if (same) takeFiles(shell, region);
  shell.querySelector("main")?.remove();
  const rows = shell.querySelector(".rows");
  const open = next.querySelector<HTMLElement>(".rows[data-same]")?.dataset["same"];
  if (rows && open !== undefined) mark(rows, open);
  renew(shell, next);
  if (rows) document.querySelector(".rows[data-same]")?.replaceWith(rows); // what stands around them was replaced
  shellOf(document)?.querySelector(".desk")?.append(region);
  document.getElementById("toasts")?.replaceChildren(...(page.getElementById("toasts")?.childNodes ?? []));
  document.title = page.title;
  const list = before === listShown();
  if (!list) document.querySelector<HTMLFormElement>("#bulk")?.reset();
  const scrolled = document.querySelector(".rows");
  if (scrolled && (at || !list)) scrolled.scrollTop = at?.list ?? 0;
  scrollTo(0, at?.page ?? 0);
}

/** Puts the focus where a reader goes on: on the row they come from, or the heading. */
function settle(from: string): void {
  const row = [...document.querySelectorAll<HTMLAnchorElement>("a.row-main")].find((link) => link.pathname === from);
  const ticket = document.querySelector<HTMLElement>(".ticket h1");
  const goal = row && !row.hasAttribute("aria-current") ? row : (ticket ?? document.querySelector<HTMLElement>("main h1, .queue h1"));
  if (!goal) return;
  if (goal !== row) goal.tabIndex = -1;
  goal.focus({ preventScroll: goal !== row });
  document.querySelector(".row-main[aria-current]")?.scrollIntoView({ block: "nearest" });
}

/** Shows the page at an address; at is where it was left, for one that comes back. */
async function show(href: string, back: boolean, at?: Place): Promise<void> {
  asked?.abort();
  const mine = (asked = new AbortController());
  busy.poke();
  try {
    await keep();
    const page = await ask(href, mine.signal);
    if (mine.signal.aborted) return;
    if (!page) throw new Error("not a page to exchange");
    const from = shown.split("?")[0] ?? "";
    if (!back) {
      history.scrollRestoration = "manual";
      history.replaceState(place(), "");
      history.pushState(null, "", href);
    }
    exchange(page, at, location.pathname === from);
    shown = address();
    settle(from);
    start();
  } catch {
    if (!mine.signal.aborted) location.assign(href);
  } finally {
    if (asked === mine) rest();
  }
}

/** Opens a page of the desk, here if that can be; resolves once it stands. */
export async function go(href: string): Promise<void> {
  if (shellOf(document)) await show(href, false);
  else location.assign(href);
}

on("click", "heed-desk a[data-swap]", (link, event) => {
  if (elsewhere(event) || event.defaultPrevented) return;
  event.preventDefault();
  void go((link as HTMLAnchorElement).href);
});

addEventListener("popstate", (event) => {
  if (shellOf(document) && address() !== shown) {
    void show(location.href, true, (event.state as Place | null) ?? undefined);
  }
});
