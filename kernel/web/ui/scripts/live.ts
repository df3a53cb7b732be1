// Tells an open desk page that something changed. Counts change in place; all
// else waits behind a button, so nothing moves under a hand or an eye. What went
// out of the reader's reach is taken off the page at once. Without script the
// next page shows the same.
import { icon, make } from "./dom";

interface Words {
  text: string;
}
interface Fresh extends Words {
  n: number;
}
interface Changed extends Words {
  show: string;
}
interface Gone extends Words {
  title: string;
  typed: string;
}
interface Row extends Words {
  ref: string;
}

interface Face {
  short: string;
  state: string;
  text: string;
}
interface Faces {
  ref: string;
  faces: Face[];
}

const desk = (): HTMLElement | null => document.querySelector("heed-desk[data-live]");
let stream: EventSource | undefined;

/** Says news to who does not see them. */
function say(text: string): void {
  const said = document.getElementById("live-said");
  if (said && said.textContent !== text) said.textContent = text;
}

/** A quiet bar that lies over the end of a head and takes no room. */
function bar(head: Element | null | undefined, text: string, press: string): void {
  if (!head) return;
  let found = head.querySelector<HTMLAnchorElement>(".fresh[data-live]");
  if (!found) {
    // the same address again: what is new stands in the page that comes
    found = make("a", { class: "fresh", "data-live": "", "data-swap": "", href: location.pathname + location.search });
    head.append(found);
  }
  found.replaceChildren(icon("replay"), make("span", {}, text), ...(press ? [make("b", {}, press)] : []));
  say(press ? `${text} ${press}` : text);
}

/** Who else has the ticket open; stands where it covers nothing. */
function here(who: Words): void {
  const head = document.querySelector(".ticket-head");
  let found = head?.querySelector(".live-here");
  if (!who.text) {
    found?.remove();
    return;
  }
  if (!found) {
    found = make("p", { class: "live-here" });
    head?.append(found);
  }
  found.replaceChildren(icon("eye"), who.text);
  say(who.text);
}

/** The rows are not any more what the server made; the next page brings them whole. */
function unlike(): void {
  document.querySelector(".rows")?.removeAttribute("data-print");
}

/** Who has a row's ticket open; their place is kept free, so nothing moves. */
function faces(row: Faces): void {
  for (const main of document.querySelectorAll<HTMLAnchorElement>("a.row-main")) {
    if (refOf(main) !== row.ref) continue;
    const drawn = row.faces.flatMap((face) => [
      make("span", { class: "face", "data-state": face.state, "aria-hidden": "true" }, face.short),
      make("span", { class: "vh" }, face.text),
    ]);
    main.querySelector(".row-who")?.replaceChildren(...drawn);
    unlike();
  }
}

function counts(changed: Record<string, number>): void {
  for (const [address, n] of Object.entries(changed)) {
    for (const view of document.querySelectorAll<HTMLElement>(`.view[href="${CSS.escape(address)}"]`)) {
      const count = view.querySelector(".view-count");
      if (count) count.textContent = String(n);
      else view.append(make("span", { class: "view-count" }, String(n)));
    }
  }
}

/** The number beside the name of the list. */
function count(here: Words): void {
  const shown = document.querySelector(".queue-head .count");
  if (shown) shown.textContent = here.text;
}

/** Takes a row's words off the list; its place stays until the next page. */
function row(gone: Row): void {
  for (const main of document.querySelectorAll<HTMLAnchorElement>(".row-main")) {
    if (refOf(main) !== gone.ref) continue;
    const place = main.getBoundingClientRect().height;
    const rest = make("span", { class: "row-main row-gone" }, gone.text);
    main.replaceWith(rest);
    unlike();
    rest.closest<HTMLElement>(".row")?.removeAttribute("data-unread");
    rest.style.minBlockSize = `${String(place)}px`;
  }
}

/** Takes the open ticket off the page; what the reader typed is theirs and stays. */
function gone(words: Gone): void {
  const ticket = document.querySelector<HTMLElement>(".ticket");
  if (!ticket) return;
  const texts = document.querySelectorAll<HTMLTextAreaElement>(".ticket textarea, body > dialog textarea");
  const typed = [...texts].map((text) => text.value.trim()).join("\n\n").trim();
  for (const dialog of document.querySelectorAll("body > dialog")) dialog.remove(); // it names the ticket
  const body = make("div", { class: "empty" }, make("h2", { tabindex: "-1" }, words.title), make("p", {}, words.text));
  if (typed) {
    const kept = make("textarea", { class: "input", rows: "6", readonly: "", "aria-label": words.typed });
    kept.value = typed;
    body.append(make("p", { class: "meta" }, words.typed), kept);
  }
  const held = ticket.contains(document.activeElement);
  ticket.replaceChildren(body);
  document.title = words.title;
  if (held) body.querySelector("h2")?.focus();
  say(`${words.title}. ${words.text}`);
}

function refOf(main: HTMLAnchorElement): string {
  return decodeURIComponent(main.pathname.split("/").pop() ?? "");
}

function address(): string {
  const version = document.querySelector<HTMLInputElement>(".ticket input[name=version]")?.value ?? "";
  const rows = [...document.querySelectorAll<HTMLAnchorElement>("a.row-main")].map(refOf);
  const query = new URLSearchParams({ here: location.pathname + location.search, version, rows: rows.join(",") });
  return `${desk()?.dataset["live"] ?? ""}?${query.toString()}`;
}

function hear<T>(name: string, then: (what: T) => void): void {
  stream?.addEventListener(name, (event) => {
    then(JSON.parse((event as MessageEvent<string>).data) as T);
  });
}

/** Ends the stream of the page that is shown. */
export function stop(): void {
  stream?.close();
  stream = undefined;
}

/** Begins the stream of the page that is shown, if it has one. */
export function start(): void {
  if (stream || document.hidden || !desk()) return;
  stream = new EventSource(address());
  hear<Record<string, number>>("counts", counts);
  hear<Words>("count", count);
  hear<Words>("here", here);
  hear<Faces>("faces", faces);
  hear<Fresh>("fresh", (fresh) => bar(document.querySelector(".queue-head"), fresh.text, ""));
  hear<Changed>("changed", (changed) => bar(document.querySelector(".ticket-head"), changed.text, changed.show));
  hear<Row>("row", row);
  hear<Gone>("gone", gone);
  // The stream rests when nobody has touched the page for long: it would keep the session awake.
  hear<unknown>("rest", () => {
    stop();
    for (const touch of ["pointerdown", "keydown"] as const) addEventListener(touch, start, { once: true });
  });
}

start();
// A page in the background holds no connection; a browser has few of them.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) stop();
  else start();
});
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", start);
