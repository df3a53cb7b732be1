// A link marked data-confirm leads to a confirming page. Here the page's card
// is shown as a dialog over the page one is on. If anything goes wrong, the
// link is followed as if this file did not exist.
import { elsewhere, make, on } from "./dom";

async function card(href: string): Promise<Element | null> {
  const answer = await fetch(href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("[data-confirm-card]");
}

function show(content: Element): void {
  const dialog = make("dialog", { class: "float dialog", "aria-labelledby": "confirm-title" });
  content.removeAttribute("aria-labelledby");
  content.classList.remove("card");
  content.classList.add("stack");
  dialog.append(document.adoptNode(content));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

on("click", "a[data-confirm]", (link, event) => {
  const href = (link as HTMLAnchorElement).href;
  if (elsewhere(event)) return;
  event.preventDefault();
  card(href).then(
    (content) => (content ? show(content) : location.assign(href)),
    () => location.assign(href),
  );
});

on("click", "dialog [data-close]", (button, event) => {
  event.preventDefault();
  button.closest("dialog")?.close();
});
