// What every page must hold. A check throws an error whose text says what is
// wrong, where, and what to do. README.md says why each looks as far as it does.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { axe } from './axe.mjs';
import { fits, reachable, unclipped } from './room.mjs';

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

/** The page without script, in a tab of its own, offers what it does with it. */
async function plainly(tab, at) {
  const withScript = await actions(tab);
  const plain = await at.tabs.open(at.page, { script: false });
  const without = await actions(plain.tab);
  let lost = withScript.filter((line) => !without.includes(line));
  if (lost.length > 0) { // what a list that goes on growing has pushed out meanwhile is not lost
    await tab.reload({ waitUntil: 'load' });
    const still = await actions(tab);
    lost = lost.filter((line) => still.includes(line));
  }
  if (lost.length > 0) throw new Error(`only there with script:\n${lost.slice(0, 6).join('\n')}`);
  if (without.length === 0) throw new Error('the page is empty without script');
}

const narrow = { width: 320, height: 640 };
/** A window of 1280 by 1024 pixels at 400 %. */
const enlarged = { width: 320, height: 256 };

/**
 * All checks of one page, in one tab that is turned dark, made narrow and so
 * on, and one more without script. Returns a line per check; an empty problem
 * means that it passed.
 */
export async function look(at) {
  const lines = [];
  const check = async (name, run) => {
    const began = performance.now();
    let problem = '';
    try {
      await run();
    } catch (error) {
      problem = error.message;
    }
    lines.push({ name: `${at.page.name}, ${at.page.path}: ${name}`, problem, kind: name, ms: performance.now() - began });
  };
  let opened;
  await check('opens', async () => (opened = await at.tabs.open(at.page, { script: true })));
  if (!opened) return lines;
  const { tab, answer, said } = opened;
  await check('answers under a strict content policy and says nothing to the console', () => strict(answer, tab, said));
  await check('keeps its accessibility tree', () => tree(tab, at));
  await check('fits 1280 pixels', async () => {
    await fits(tab);
    await unclipped(tab);
  });
  await check('offers the same without JavaScript', () => plainly(tab, at));
  await check('passes axe in light', () => axe(tab, 'all'));
  await tab.emulateMedia({ colorScheme: 'dark' });
  await check('passes axe in dark', () => axe(tab, 'colours'));
  await check('is drawn in forced colours', () => forced(tab, at));
  await tab.setViewportSize(narrow);
  await check('fits 320 pixels', async () => {
    await fits(tab);
    await unclipped(tab);
  });
  await check('passes axe on a phone', () => axe(tab, 'room'));
  await tab.setViewportSize(enlarged);
  await check('shows all it holds at 400 %', async () => {
    await fits(tab);
    await reachable(tab);
  });
  return lines;
}

function firstDifference(want, got) {
  const [a, b] = [want.split('\n'), got.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  const at = line < 0 ? a.length : line;
  return `line ${at + 1}\n  want ${a[at] ?? '(end)'}\n  got  ${b[at] ?? '(end)'}`;
}
