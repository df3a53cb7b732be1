// Whether what a page holds has room: nothing sticks out, nothing is cut off,
// nothing that can be pressed lies under something else.

/** Everything wider than the window, the culprits first. */
export async function fits(tab) {
  const wide = await tab.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && !element.closest('.table-wrap, .vh, .skip, dialog, pre'))
      .slice(0, 4)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`);
  });
  if (wide.length > 0) throw new Error(`the page scrolls sideways because of\n${wide.join('\n')}`);
  await roomy(tab);
}

/** Words squeezed to a column of letters, and tables that became a list and still scroll sideways. */
async function roomy(tab) {
  const tight = await tab.evaluate(() => {
    const call = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`;
    const squeezed = (element) => {
      if (!element.checkVisibility() || element.getBoundingClientRect().width <= 1 || element.closest('.vh, svg, dialog')) return false;
      return [...element.childNodes].some((node) => {
        if (node.nodeType !== Node.TEXT_NODE) return false;
        const range = document.createRange();
        range.selectNodeContents(node);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
        return lines > 3 && node.data.trim().length / lines < 5;
      });
    };
    return [
      ...[...document.querySelectorAll('body *')].filter(squeezed),
      ...[...document.querySelectorAll('.table-wrap')].filter((wrap) => getComputedStyle(wrap.querySelector('table') ?? wrap).display === 'block' && wrap.scrollWidth > wrap.clientWidth + 1 && wrap.querySelector('table')),
    ].slice(0, 4).map(call);
  });
  if (tight.length > 0) throw new Error(`there is too little room for\n${tight.join('\n')}`);
}

/** Text that is cut off by its box without an ellipsis or a scrollbar. */
export async function unclipped(tab) {
  const cut = await tab.evaluate(() => {
    const out = [];
    for (const element of document.querySelectorAll('main *, nav *, aside *')) {
      const style = getComputedStyle(element);
      if (element.matches('input')) continue; // what is typed there moves under the caret
      if (element.closest('.vh, svg, dialog, [hidden]') || style.overflowX !== 'hidden' && style.overflowX !== 'clip') continue;
      if (style.textOverflow === 'ellipsis' || element.querySelector('*') && !element.textContent.trim()) continue;
      if (style.clipPath !== 'none' || element.clientWidth <= 1) continue;
      if (element.scrollWidth > element.clientWidth + 2) out.push(`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return out.slice(0, 4);
  });
  if (cut.length > 0) throw new Error(`text is cut off in\n${cut.join('\n')}`);
}

/**
 * Goes through everything that can be focused, as Tab would, and looks at its
 * middle: it must be in the window and on top. Then, half way down, what stays
 * in place must leave half of the window to what moves.
 */
export async function reachable(tab) {
  const found = await tab.evaluate(() => {
    const focusable = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]';
    const call = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} ${(element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 40)}`;
    const stays = (element) => {
      for (let e = element; e; e = e.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(e).position)) return e;
      return undefined;
    };
    // a box that is only there for assistive technology shows in its label
    const shown = (element) => {
      const box = element.getBoundingClientRect();
      return (box.width <= 1 || box.height <= 1 || getComputedStyle(element).opacity === '0') && element.labels?.length ? element.labels[0] : element;
    };
    const problems = [];
    for (const element of document.querySelectorAll(focusable)) {
      if (element.disabled || element.closest('dialog') || !element.checkVisibility({ visibilityProperty: true })) continue;
      element.focus();
      if (document.activeElement !== element) continue;
      const seen = shown(element);
      const box = [...seen.getClientRects()][0] ?? seen.getBoundingClientRect();
      const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
      const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
      if (right - left < Math.min(box.width, 8) || bottom - top < Math.min(box.height, 8)) {
        problems.push(`${call(element)} is out of the window when it has the focus (at ${Math.round(box.left)}, ${Math.round(box.top)})`);
        continue;
      }
      const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (!hit || seen.contains(hit) || hit.contains(seen) || element.contains(hit)) continue;
      problems.push(`${call(element)} lies under ${call(stays(hit) ?? hit)}`);
    }
    document.activeElement?.blur();
    scrollTo(0, document.documentElement.scrollHeight / 2);
    let covered = 0;
    const rows = 16;
    for (let i = 0; i < rows; i++) {
      const part = stays(document.elementFromPoint(innerWidth / 2, (i + 0.5) * innerHeight / rows));
      if (part && !part.contains(document.querySelector('main'))) covered++;
    }
    scrollTo(0, 0);
    if (covered > rows / 2) problems.push(`what stays in place covers ${covered} sixteenths of the window`);
    return problems;
  });
  if (found.length > 0) throw new Error(`${found.length} in trouble:\n${found.slice(0, 6).join('\n')}`);
}
