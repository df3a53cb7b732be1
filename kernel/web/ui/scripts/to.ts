// Says who gets a reply while somebody ticks: on the button that sends it, and in the
// line below the text. Without script both speak of those who were ticked at first.
import { on } from "./dom";

on("change", "fieldset.to input[name=to]", (box) => {
  const to = box.closest<HTMLElement>("fieldset.to");
  const form = box.closest("form");
  if (!to?.dataset["one"] || !form) return;
  const ticked = [...to.querySelectorAll<HTMLInputElement>("input[name=to]:checked")];
  const name = (one: HTMLInputElement): string => one.parentElement?.textContent?.trim() ?? "";
  const words = ["none", "one", "two"][ticked.length] ?? "more";
  const first = ticked[0];
  const button = form.querySelector("[data-send]");
  if (button) {
    button.textContent = (to.dataset[words] ?? "").replace("{n}", String(ticked.length - 1)).replace("{name}", () => (first ? name(first) : ""));
  }
  const reached = ticked.filter((one) => "mail" in one.dataset).map(name);
  const line = form.querySelector(".seen-by[data-for=reply] [data-seen]");
  const said = reached.length > 0 ? "mail" : first ? "nomail" : "nobody";
  if (line) line.textContent = (to.dataset[said] ?? "").replace("{names}", () => reached.join(", "));
});
