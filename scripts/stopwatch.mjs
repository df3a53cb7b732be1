// How long it takes from the press of Enter on a row of the list to the painted
// ticket, in Chromium, on a running demo. Beside it stands the same for a page
// of plain text of the same server, in turns, so that runs can be compared: the
// ticket takes the list's place, the text is a page that the browser opens anew.
//   node scripts/stopwatch.mjs http://127.0.0.1:8080
import { chromium } from '../e2e/browser/node_modules/playwright-core/index.mjs';
import { signIn } from '../e2e/browser/demo.mjs';

const [base, user = 'oachterberg'] = process.argv.slice(2);
const openings = 40;
const line = 100; // milliseconds, on an idle machine

/** Runs in every page before its own script: notes the press, and the picture after it. */
function watch() {
  const now = (ms) => performance.timeOrigin + ms;
  const seek = () => {
    if (location.pathname === sessionStorage.getItem('from')) return requestAnimationFrame(seek);
    // this frame draws what took the page's place; at the next it has been shown
    requestAnimationFrame((shown) => (window.took = now(shown) - Number(sessionStorage.getItem('pressed'))));
  };
  addEventListener('keydown', (event) => {
    sessionStorage.setItem('pressed', String(now(event.timeStamp)));
    sessionStorage.setItem('from', location.pathname);
    requestAnimationFrame(seek);
  }, { capture: true });
  addEventListener('DOMContentLoaded', () => {
    // the first frame draws what was parsed; at the second it has been shown
    requestAnimationFrame(() => requestAnimationFrame((shown) => {
      window.took = now(shown) - Number(sessionStorage.getItem('pressed'));
    }));
  });
}

/** Presses Enter on what is found n-th and returns how long the picture took. */
async function open(tab, selector, n) {
  await tab.goto(`${base}/desk?view=all`, { waitUntil: 'load' });
  const found = tab.locator(selector);
  await found.nth(n % (await found.count())).focus();
  const from = tab.url();
  await tab.keyboard.press('Enter');
  await tab.waitForURL((to) => to.href !== from);
  await tab.waitForFunction(() => window.took > 0);
  return tab.evaluate(() => window.took);
}

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const say = (sorted) => `p50 ${at(sorted, 0.5).toFixed(0)}, p95 ${at(sorted, 0.95).toFixed(0)} ms`;

const browser = await chromium.launch({ executablePath: process.env.HEED_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
await context.addInitScript(watch);
for (const pair of (await signIn(base, user)).split('; ')) {
  const [name, value] = pair.split(/=(.*)/s);
  await context.addCookies([{ name, value, url: base }]);
}
const tab = await context.newPage();
const tickets = [];
const texts = [];
for (let i = -2; i < openings; i++) { // the first two warm up
  const ticket = await open(tab, 'a.row-main', Math.max(i, 0));
  const text = await open(tab, '.rail-foot a', 0);
  if (i < 0) continue;
  tickets.push(ticket);
  texts.push(text);
}
await browser.close();

for (const list of [tickets, texts]) list.sort((a, b) => a - b);
const ratio = at(tickets, 0.95) / at(texts, 0.95);
console.log('| in Chromium | line | figure | beside a page of text |');
console.log('|---|---|---|---|');
console.log(`| from Enter to the painted ticket, ${openings} times | p95 < ${line} ms | ${say(tickets)} | ${ratio.toFixed(2)} of ${say(texts)} |`);
