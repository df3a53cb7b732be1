// What is folded out over the page is folded away by Escape, or by a press beside it.
import { on } from "./dom";

const folds = "details.row-says[open]";

document.addEventListener("click", (event) => {
  for (const fold of document.querySelectorAll<HTMLDetailsElement>(folds)) {
    if (!(event.target instanceof Node && fold.contains(event.target))) fold.open = false;
  }
});

on("keydown", folds, (fold, event) => {
  if (event.key !== "Escape") return;
  (fold as HTMLDetailsElement).open = false;
  fold.querySelector("summary")?.focus();
});
