// The bar of the list says how many rows are ticked.
import { on } from "./dom";

function say(): void {
  const words = document.querySelector<HTMLElement>("[data-ticked]");
  const n = document.querySelectorAll(".row-check input:checked").length;
  if (words) words.textContent = (words.dataset["ticked"] ?? "").replace("{n}", () => String(n));
}

on("change", ".row-check input", say);
