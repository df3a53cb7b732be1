// Keeps what is being typed. A form with data-draft-url posts its texts there
// when the typing pauses and when the page is left; the server answers 204,
// and says in a header which hints to show.
import { later, on } from "./dom";
import { hint } from "./hint";

const pause = 1200;

interface Draft {
  quiet: ReturnType<typeof later>;
  dirty: boolean;
}

const drafts = new Map<HTMLFormElement, Draft>();

/** The texts of the form; files are not part of a draft. */
function texts(form: HTMLFormElement): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") out.append(name, value);
  }
  return out;
}

async function save(form: HTMLFormElement, draft: Draft): Promise<void> {
  draft.dirty = false;
  const answer = await fetch(form.dataset["draftUrl"] ?? "", { method: "POST", body: texts(form) });
  const said = form.querySelector("[data-draft-state]");
  if (!answer.ok) {
    draft.dirty = true;
    if (said) said.textContent = ""; // it is not kept
    return;
  }
  hint(form, answer.headers.get("Heed-Hint") ?? "");
  const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  if (said) said.textContent = (form.dataset["draftKept"] ?? "").replace("{time}", time);
}

function of(form: HTMLFormElement): Draft {
  let draft = drafts.get(form);
  if (!draft) {
    const made: Draft = {
      dirty: false,
      // Offline or signed out: the text stays in the form and is tried again at the next pause.
      quiet: later(pause, () => void save(form, made).catch(() => (made.dirty = true))),
    };
    drafts.set(form, made);
    draft = made;
  }
  return draft;
}

on("input", "form[data-draft-url]", (form) => {
  const draft = of(form as HTMLFormElement);
  draft.dirty = true;
  draft.quiet.poke();
});

let sent = false;

on("submit", "form[data-draft-url]", (form) => {
  sent = true;
  const draft = of(form as HTMLFormElement);
  draft.dirty = false;
  draft.quiet.stop();
});

/** Saves what is not saved yet. */
export async function keep(): Promise<void> {
  for (const [form, draft] of drafts) {
    draft.quiet.stop();
    if (draft.dirty) await save(form, draft);
  }
}

/** Sends what is not saved yet on its way, as the page goes. */
export function left(): void {
  for (const [form, draft] of drafts) {
    draft.quiet.stop();
    if (draft.dirty) navigator.sendBeacon(form.dataset["draftUrl"] ?? "", texts(form));
  }
  drafts.clear();
}

window.addEventListener("pagehide", left);

// Back on a page whose form was sent, the browser would put the words into the form
// once more, and a press would send them twice. What waits to be sent is the server's
// to say: it stands in the page already.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && sent) location.reload();
  const [way] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (way?.type !== "back_forward") return;
  const typed = "form[data-draft-url] :is(textarea, input[type=text], input:not([type]))";
  for (const text of document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>(typed)) text.value = text.defaultValue;
});
