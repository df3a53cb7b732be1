// News that arrive while somebody reads or writes: they are told, and nothing
// moves under their eyes or hands.
import { signIn } from './demo.mjs';
import { must } from './hands.mjs';
import { visit } from './tabs.mjs';

const ticket = /^\/desk\/tickets\/[A-Z]+-\d+$/;

/** Opens a page of the demo as somebody, in a window of their own. */
async function as({ browser, base }, user, path, settings, work) {
  const pairs = (await signIn(base, user)).split('; ').map((pair) => pair.split(/=(.*)/s));
  return visit({ browser, base, page: { path: '/notices' } }, settings, async (tab) => {
    await tab.context().addCookies(pairs.map(([name, value]) => ({ name, value, url: base })));
    await tab.goto(base + path, { waitUntil: 'load' });
    return work(tab);
  });
}

/** Adds up every shift of the page's parts from here on. */
async function watch(tab) {
  await tab.waitForTimeout(300); // for fonts and the first picture
  await tab.evaluate(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const shift of list.getEntries()) window.shifts.push(`${shift.value.toFixed(4)} of ${shift.sources.map(({ node }) => node?.className || node?.nodeName).join(', ')}`);
    }).observe({ type: 'layout-shift' });
  });
}

/** What must not change by news. */
const stand = (tab) =>
  tab.evaluate(() => ({
    focus: document.activeElement?.id || document.activeElement?.getAttribute('href') || document.activeElement?.tagName,
    caret: document.activeElement?.selectionStart ?? -1,
    scrolled: [document.documentElement, ...document.querySelectorAll('.rows, .talk-scroll, .side')].map((element) => Math.round(element.scrollTop)).join(' '),
  }));

async function unmoved(tab, before, where) {
  await tab.waitForTimeout(200); // until what came is drawn
  const after = await stand(tab);
  must(JSON.stringify(after) === JSON.stringify(before), `news moved ${where}: before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
  const shifts = await tab.evaluate(() => window.shifts);
  must(shifts.length === 0, `news shifted ${where}:\n${shifts.join('\n')}`);
}

/** Writes to a ticket as a colleague, by its form. */
const answer = (given, ref) =>
  as(given, 'hsorensen', `/desk/tickets/${ref}`, { javaScriptEnabled: false }, async (tab) => {
    await tab.locator('.mode[data-mode=note]').click();
    await tab.locator('#body').fill('The key hangs in the office.');
    await tab.locator('.act[data-kind=note]').click();
    await tab.waitForLoadState();
  });

/** Asks for help as a student. */
const ask = (given) =>
  as(given, 'ceze', '/ask', { javaScriptEnabled: false }, async (tab) => {
    await tab.locator('#subject').fill('The practice room is locked');
    await tab.locator('#body').fill('The door of room 3 does not open with my card.');
    await tab.locator('form:has(#subject) button[type=submit]').last().click();
    await tab.waitForURL(/\/requests\/[A-Z]+-\d+/);
  });

export const news = {
  'news move nothing on the list': (given) =>
    as(given, 'mtan', '/desk', { viewport: { width: 1440, height: 700 } }, async (tab) => {
      for (const key of ['j', 'j', 'j', 'j', 'j', 'j', 'j', 'j', 'j', 'j']) await tab.keyboard.press(key);
      await watch(tab);
      const before = await stand(tab);
      await ask(given);
      await tab.locator('.queue-head .fresh[data-live]').waitFor({ timeout: 20_000 });
      await unmoved(tab, before, 'the list');
    }),

  'news move nothing on the open ticket, and what is being typed stays': (given) =>
    as(given, 'mtan', '/desk', { viewport: { width: 1440, height: 700 } }, async (tab) => {
      await tab.locator('a.row-main').nth(2).click();
      await tab.locator('#body').waitFor();
      await tab.keyboard.press('r');
      await tab.keyboard.type('Half a sentence');
      await watch(tab);
      const before = await stand(tab);
      await answer(given, new URL(tab.url()).pathname.split('/').pop());
      await tab.locator('.ticket-head .fresh[data-live]').waitFor({ timeout: 20_000 });
      must((await tab.locator('#body').inputValue()) === 'Half a sentence', 'what was being typed is gone');
      await unmoved(tab, before, 'the ticket');
    }),

  'opening a ticket asks for one page, and nothing in it moves once it is drawn': (given) =>
    as(given, 'mtan', '/desk', { viewport: { width: 1440, height: 900 } }, async (tab) => {
      const asked = [];
      tab.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await tab.context().addInitScript(() => {
        window.shifted = 0;
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifted += value))).observe({ type: 'layout-shift', buffered: true });
      });
      await tab.locator('a.row-main').first().focus();
      await tab.keyboard.press('Enter');
      await tab.locator('#body').waitFor();
      await tab.waitForTimeout(500);
      const pages = asked.filter((path) => !path.startsWith('/assets/'));
      while (pages[0] === '/desk/live') pages.shift(); // the list's own news, asked for just now
      must(pages.length === 2 && ticket.test(pages[0]) && pages[1] === '/desk/live', `opening a ticket asked for ${pages.join(', ')}; wanted are the ticket and its news`);
      const files = asked.filter((path) => path.startsWith('/assets/') && !path.includes('favicon'));
      must(files.length <= 3, `a page needs one style sheet, one script and one file of icons, and this one took ${files.join(', ')}`);
      const shifted = await tab.evaluate(() => window.shifted);
      must(shifted < 0.001, `parts of the ticket moved by ${shifted.toFixed(4)} of the window while it was drawn`); // a thousandth is less than a pixel of a line
    }),
};
