// Shows under a text what it seems to hold beyond what is needed. The server
// judges, in its answer to a draft that it keeps.

/** Shows the hints of these kinds, separated by spaces, and hides the others. */
export function hint(form: HTMLFormElement, kinds: string): void {
  const shown = new Set(kinds.split(" "));
  for (const one of form.querySelectorAll<HTMLElement>("[data-hint]")) one.hidden = !shown.has(one.dataset["hint"] ?? "");
  const seen = form.querySelector<HTMLInputElement>("input[name=hinted]");
  if (seen) seen.value = [...new Set([...seen.value.split(" "), ...shown])].join(" ").trim();
}
