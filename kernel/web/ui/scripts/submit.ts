// Ctrl Enter in a text sends its form, as the button would.
import { on } from "./dom";

on("keydown", "form textarea", (text, event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  text.closest("form")?.requestSubmit();
});
