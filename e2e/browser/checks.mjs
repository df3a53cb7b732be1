// What every page must hold. A check throws an error whose text says what is
// wrong, where, and what to do.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';

/** Opens a page in a context of its own; closes it when the work is done. */
export async function visit({ browser, page, base }, settings, work) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB', colorScheme: 'light', ...settings });
  try {
    if (page.cookie) await context.setExtraHTTPHeaders({ Cookie: page.cookie });
    const tab = await context.newPage();
    const said = [];
    tab.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) said.push(message.text());
    });
    tab.on('pageerror', (error) => said.push(error.message));
    const answer = await tab.goto(new URL(page.path, base).href, { waitUntil: 'load' });
    return await work(tab, answer, said);
  } finally {
    await context.close();
  }
}

/** axe on the open page, by the letter of the rules. */
async function axe(tab) {
  const { violations } = await new AxeBuilder({ page: tab }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
  if (violations.length === 0) return;
  throw new Error(violations.map((rule) => `${rule.id}: ${rule.help}\n${rule.nodes.slice(0, 4).map((node) => `  ${node.target.join(' ')}\n    ${node.failureSummary.split('\n').slice(1).join('; ').trim()}`).join('\n')}`).join('\n'));
}

/** Everything wider than the window, the culprits first. */
async function fits(tab) {
  const wide = await tab.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > room + 1 && !element.closest('.table-wrap, .vh, .skip, dialog, pre'))
      .slice(0, 4)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`);
  });
  if (wide.length > 0) throw new Error(`the page scrolls sideways because of\n${wide.join('\n')}`);
}

/** Text that is cut off by its box without an ellipsis or a scrollbar. */
async function unclipped(tab) {
  const cut = await tab.evaluate(() => {
    const out = [];
    for (const element of document.querySelectorAll('main *, nav *, aside *')) {
      const style = getComputedStyle(element);
      if (element.closest('.vh, svg, dialog, [hidden]') || style.overflowX !== 'hidden' && style.overflowX !== 'clip') continue;
      if (style.textOverflow === 'ellipsis' || element.querySelector('*') && !element.textContent.trim()) continue;
      if (style.clipPath !== 'none' || element.clientWidth <= 1) continue;
      if (element.scrollWidth > element.clientWidth + 2) out.push(`${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return out.slice(0, 4);
  });
  if (cut.length > 0) throw new Error(`text is cut off in\n${cut.join('\n')}`);
}

/** What a reader can act on: the same with and without script. */
async function actions(tab) {
  return tab.evaluate(() =>
    [...document.querySelectorAll('h1, h2, h3, a[href], button, input:not([type=hidden]), textarea, select, form')]
      .filter((element) => !element.closest('heed-passkey, dialog'))
      .map((element) => `${element.tagName} ${element.getAttribute('name') ?? element.getAttribute('href') ?? element.getAttribute('action') ?? ''} ${(element.getAttribute('aria-label') ?? element.textContent).trim().replace(/\s+/g, ' ').slice(0, 60)}`)
      .filter((line) => !/Change to (dark|light)/.test(line))
      // a list that grows while it is looked at goes on from another row
      .map((line) => line.replace(/\b(before=)\d+/, '$1')));
}

/** Status, policy, inline code and console. */
async function strict(answer, tab, said) {
  if (answer.status() >= 500) throw new Error(`the answer is ${answer.status()}`);
  const policy = answer.headers()['content-security-policy'] ?? '';
  for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'"]) {
    if (!policy.includes(part)) throw new Error(`the content policy lacks ${part}; it is: ${policy || 'missing'}`);
  }
  const inline = await tab.evaluate(() => [...document.querySelectorAll('[style], style, script:not([src])')].map((element) => element.outerHTML.slice(0, 80)));
  if (inline.length > 0) throw new Error(`inline style or script:\n${inline.join('\n')}`);
  if (said.length > 0) throw new Error(`the console says:\n${said.join('\n')}`);
}

/** Compares what assistive technology is told with the golden file. */
async function tree(tab, { page, update }) {
  if (page.tree === false) return;
  const now = `${await tab.locator('body').ariaSnapshot()}\n`;
  const file = `testdata/trees/${page.name}.yml`;
  if (update) {
    await mkdir('testdata/trees', { recursive: true });
    await writeFile(file, now);
    return;
  }
  const golden = await readFile(file, 'utf8').catch(() => '');
  if (golden === '') throw new Error(`${file} is missing: look at the page, then run with --update`);
  if (golden !== now) throw new Error(`differs from ${file}: ${firstDifference(golden, now)}\nlook at the page; if it is right, run with --update`);
}

/** Draws the page in forced colours and finds controls that lost their edge. */
async function forced(tab, { page }) {
  await tab.emulateMedia({ forcedColors: 'active' });
  await tab.screenshot({ path: `out/${page.name}-forced.png` });
  const lost = await tab.evaluate(() =>
    [...document.querySelectorAll('.button:not([data-kind="quiet"]), .input, .chip')]
      .filter((element) => element.checkVisibility() && getComputedStyle(element).borderTopStyle === 'none')
      .map((element) => element.textContent.trim().slice(0, 40)));
  await tab.emulateMedia({ forcedColors: 'none' });
  if (lost.length > 0) throw new Error(`no edge is left around: ${lost.join(', ')}`);
}

/**
 * All checks of one page, in one tab that is turned dark, made narrow and so
 * on, and one more without script. Returns a line per check; an empty problem
 * means that it passed.
 */
export async function look(at) {
  const lines = [];
  const check = async (name, run) => {
    try {
      await run();
      lines.push({ name: `${at.page.path}: ${name}`, problem: '' });
    } catch (error) {
      lines.push({ name: `${at.page.path}: ${name}`, problem: error.message });
    }
  };
  await visit(at, { reducedMotion: 'reduce' }, async (tab, answer, said) => {
    await check('answers under a strict content policy and says nothing to the console', () => strict(answer, tab, said));
    await check('keeps its accessibility tree', () => tree(tab, at));
    await check('fits 1280 pixels', async () => {
      await fits(tab);
      await unclipped(tab);
    });
    const withScript = await actions(tab);
    await check('offers the same without JavaScript', () =>
      visit(at, { javaScriptEnabled: false }, async (plain) => {
        const without = await actions(plain);
        let lost = withScript.filter((line) => !without.includes(line));
        if (lost.length > 0) { // what a list that goes on growing has pushed out meanwhile is not lost
          await tab.reload({ waitUntil: 'load' });
          const still = await actions(tab);
          lost = lost.filter((line) => still.includes(line));
        }
        if (lost.length > 0) throw new Error(`only there with script:\n${lost.slice(0, 6).join('\n')}`);
        if (without.length === 0) throw new Error('the page is empty without script');
      }));
    await check('passes axe in light', () => axe(tab));
    await tab.emulateMedia({ colorScheme: 'dark' });
    await check('passes axe in dark', () => axe(tab));
    await check('is drawn in forced colours', () => forced(tab, at));
    await tab.setViewportSize({ width: 320, height: 640 });
    await check('fits 320 pixels', async () => {
      await fits(tab);
      await unclipped(tab);
    });
    await check('passes axe on a phone', () => axe(tab));
  });
  return lines;
}

function firstDifference(want, got) {
  const [a, b] = [want.split('\n'), got.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  const at = line < 0 ? a.length : line;
  return `line ${at + 1}\n  want ${a[at] ?? '(end)'}\n  got  ${b[at] ?? '(end)'}`;
}
