// Fetches a page when a pointer or the focus rests on its link, so that it is
// there when it is pressed. Only links marked data-prefetch: a page that shows
// somebody else's data is never fetched before it is asked for, because every
// such read stands in the ledger.
import { later, on } from "./dom";

const rest = 65;
const seen = new Set<string>();
let wanted = "";

const fetchIt = later(rest, () => {
  if (wanted === "" || seen.has(wanted)) return;
  seen.add(wanted);
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = wanted;
  document.head.append(hint);
});

function want(link: HTMLElement): void {
  const { href, origin } = link as HTMLAnchorElement;
  if (origin !== location.origin || href === location.href) return;
  wanted = href;
  fetchIt.poke();
}

on("mouseover", "a[data-prefetch]", want, { passive: true });
on("focusin", "a[data-prefetch]", want, { passive: true });
on("mouseout", "a[data-prefetch]", () => fetchIt.stop(), { passive: true });
