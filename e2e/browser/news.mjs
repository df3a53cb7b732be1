// News that arrive while somebody reads or writes: they are told, and nothing
// moves under their eyes or hands.
import { as } from './demo.mjs';
import { must } from './hands.mjs';

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
export const answer = (given, ref) =>
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

  'a count that gets another digit moves nothing': (given) =>
    as(given, 'mtan', '/desk', { viewport: { width: 1440, height: 700 } }, async (tab) => {
      const count = tab.locator('.view-count').first();
      const says = (n) => count.evaluate((element, text) => (element.textContent = text), String(n));
      await says(9);
      await watch(tab);
      const before = await stand(tab);
      for (const n of [10, 100]) {
        await says(n);
        await unmoved(tab, before, `the rail at ${n}`);
      }
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
};
