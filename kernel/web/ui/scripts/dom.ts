// Small words for the document that the other parts share.

/** Listens on the whole document for an event inside elements that match. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  then: (element: HTMLElement, event: DocumentEventMap[K]) => void,
  options?: AddEventListenerOptions,
): void {
  document.addEventListener(
    type,
    (event) => {
      const target = event.target;
      if (!(target instanceof Element)) return;
      const found = target.closest<HTMLElement>(selector);
      if (found) then(found, event);
    },
    options,
  );
}

/** Whether a press of the mouse or of Enter would open a new tab or window. */
export function elsewhere(event: MouseEvent): boolean {
  return event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
}

/** Makes an element with text; text never becomes markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, string> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Draws an icon of the sprite that the page already uses. */
export function icon(name: string): SVGSVGElement | string {
  const href = document.querySelector(".icon use")?.getAttribute("href");
  if (!href || !name) return "";
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `${href.split("#")[0]}#${name}`);
  svg.append(use);
  return svg;
}

/** Calls back once things have been quiet for so many milliseconds. */
export function later(ms: number, then: () => void): { poke(): void; stop(): void } {
  let timer = 0;
  const stop = (): void => window.clearTimeout(timer);
  return {
    stop,
    poke(): void {
      stop();
      timer = window.setTimeout(then, ms);
    },
  };
}
