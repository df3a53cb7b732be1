// A ticket that is opened from a list takes the place of the page before it. To
// its reader that is a page like any other, only sooner.
import { as } from './demo.mjs';
import { must } from './hands.mjs';
import { answer } from './news.mjs';

const wide = { viewport: { width: 1440, height: 700 } };
const ticket = /^\/desk\/tickets\/[A-Z]+-\d+$/;
const path = (tab) => new URL(tab.url()).pathname;

/** Adds up how far the parts of every page move, from its first picture on. */
function addShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shifted += value))).observe({ type: 'layout-shift', buffered: true });
}

async function still(tab, what) {
  await tab.waitForTimeout(500);
  const shifted = await tab.evaluate(() => window.shifted);
  must(shifted < 0.001, `parts of the ticket ${what} moved by ${shifted.toFixed(4)} of the window`); // a thousandth is less than a pixel of a line
}

/** Marks the window, so that one which was thrown away is told from one that stayed. */
const mark = (tab) => tab.evaluate(() => (window.mine = true));
const stayed = (tab) => tab.evaluate(() => window.mine === true);

/** Opens the n-th row of the list with Enter; returns the ticket's path. */
async function open(tab, n) {
  const row = tab.locator('a.row-main').nth(n);
  const goal = new URL(await row.evaluate((link) => link.href)).pathname;
  await row.focus();
  await tab.keyboard.press('Enter');
  await tab.waitForURL((to) => to.pathname === goal);
  await tab.locator(`.ticket form[action^="${goal}?"]`).first().waitFor();
  return goal;
}

const focused = (tab) => tab.evaluate(() => document.activeElement?.closest('a.row-main')?.getAttribute('href')?.split('?')[0] ?? document.activeElement?.tagName);

export const opening = {
  'opening a ticket asks for one page, and nothing in it moves once it is drawn': (given) =>
    as(given, 'mtan', '/desk', wide, async (tab) => {
      const asked = [];
      tab.on('request', (request) => asked.push(new URL(request.url()).pathname));
      await tab.context().addInitScript(addShifts);
      await tab.evaluate(addShifts);
      await open(tab, 0);
      await still(tab, 'that took the place of the list');
      const pages = asked.filter((asking) => !asking.startsWith('/assets/'));
      while (pages[0] === '/desk/live') pages.shift(); // the list's own news, asked for just now
      must(pages.length === 2 && ticket.test(pages[0]) && pages[1] === '/desk/live', `opening a ticket asked for ${pages.join(', ')}; wanted are the ticket and its news`);
      const files = asked.filter((asking) => asking.startsWith('/assets/') && !asking.includes('favicon'));
      must(files.length <= 3, `a page needs one style sheet, one script and one file of icons, and this one took ${files.join(', ')}`);
      await tab.reload();
      await still(tab, 'opened by its address');
    }),

  'the rows of a list that stayed the same are not sent again, and stand as the server would draw them': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const rows = () => tab.locator('.rows').evaluate((list) => [...list.querySelectorAll('.row')].map((row) => row.innerHTML).join('\n'));
      const first = await tab.locator('.row').first().elementHandle();
      const sizes = [];
      tab.on('response', async (answer) => {
        if (ticket.test(new URL(answer.url()).pathname)) sizes.push((await answer.body()).toString().split('row-main').length - 1);
      });
      await tab.locator('.row-check input').nth(2).check();
      await open(tab, 1);
      await open(tab, 3);
      must((await tab.locator('.row').first().evaluate((row, was) => row === was, first)), 'the rows were made anew');
      must(await tab.locator('.row-check input').nth(2).isChecked(), 'a tick was lost');
      must(sizes.join() === '0,0', `pages of tickets brought ${sizes.join(' and ')} rows of a list that was there`);
      const kept = await rows();
      await tab.reload();
      must(kept === (await rows()), 'the rows that stayed are not what the server draws');
    }),

  'an opened ticket is a page: it has an address, a title and a heading, and back leads to the row': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      await mark(tab);
      const list = await tab.title();
      const goal = await open(tab, 12);
      must((await tab.title()).startsWith(goal.split('/').pop()), `the title says ${await tab.title()}`);
      must((await focused(tab)) === 'H1', `the focus is on ${await focused(tab)} and not on the ticket's heading`);
      must((await tab.locator('a.row-main[aria-current]').evaluate((row) => new URL(row.href).pathname)) === goal, 'the list does not mark the open ticket');
      const scrolled = await tab.locator('.rows').evaluate((rows) => rows.scrollTop);
      must(scrolled > 0, 'the list has gone back to its beginning');
      await tab.goBack();
      await tab.waitForURL(/\/desk\?view=all$/);
      await tab.locator('.ticket-none').waitFor();
      must((await tab.title()) === list, `back on the list, the title says ${await tab.title()}`);
      must((await focused(tab)) === goal, `back on the list, the focus is on ${await focused(tab)} and not on the row`);
      await tab.goForward();
      await tab.waitForURL((to) => to.pathname === goal);
      await tab.locator('.talk').waitFor();
      await tab.keyboard.press('u');
      await tab.waitForURL(/\/desk\?view=all$/);
      must(await stayed(tab), 'a page was opened in a new window of the browser');
    }),

  'back to a form that came back once shows the form, with what was typed, and not whether to send it again': (given) =>
    as(given, 'jwhitfield', '/ask', wide, async (tab) => {
      await tab.locator('#subject').fill('A door');
      await tab.locator('#body').fill('My password is numbat12');
      await tab.locator('#body').press('Control+Enter');
      await tab.locator('[data-hint=password]').waitFor({ state: 'visible' });
      must((await tab.locator('#subject').inputValue()) === 'A door', 'the form did not come back with what was typed');
      await tab.goto(new URL('/requests', tab.url()).href);
      await tab.goBack();
      must((await tab.locator('#body').inputValue()).includes('numbat12'), 'back on the form, the words are gone');
      const asked = tab.waitForRequest((request) => request.isNavigationRequest());
      await tab.reload();
      must((await asked).method() === 'GET', 'loading the page again sends the form once more');
    }),

  'what is typed about one ticket in two windows is kept of both': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const goal = await open(tab, 5);
      const other = await tab.context().newPage();
      await other.goto(new URL(goal, tab.url()).href);
      const write = async (window, words) => {
        const saved = window.waitForResponse((answer) => answer.url().includes('/drafts?'));
        await window.locator('#body').pressSequentially(words);
        await saved;
      };
      await write(tab, 'The lamp of the first window. ');
      await write(other, 'The door of the second window.');
      await write(tab, 'And its switch.');
      await other.reload();
      const kept = await other.locator('#body').inputValue();
      must(['first window', 'its switch', 'second window'].every((words) => kept.includes(words)), `of both windows is kept: ${kept}`);
      await other.locator('#body').fill('');
      await other.waitForResponse((answer) => answer.url().includes('/drafts?'));
    }),

  'half a sentence waits on its ticket while another one is read': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const words = 'The key hangs in the office of the porter';
      const first = await open(tab, 3);
      await tab.keyboard.press('r');
      await tab.locator('#body').fill(''); // what somebody left there
      await tab.keyboard.type(words);
      await open(tab, 4);
      must((await tab.locator('#body').inputValue()) !== words, 'the words stand on another ticket');
      await tab.goBack();
      await tab.waitForURL((to) => to.pathname === first);
      await tab.locator(`.ticket form[action^="${first}?"]`).first().waitFor();
      must((await tab.locator('#body').inputValue()) === words, `the ticket holds ${await tab.locator('#body').inputValue()}`);
      await tab.locator('#body').fill(''); // for who comes next
      await tab.waitForResponse((answer) => answer.url().includes('/drafts'));
    }),

  'rows stay ticked beside the ticket that is read, and not on another list': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const ticks = () => tab.locator('.row-check input:checked').count();
      await tab.locator('.row-check input').nth(1).check();
      await open(tab, 2);
      must((await ticks()) === 1, `${await ticks()} rows are ticked after a ticket was opened`);
      await tab.keyboard.press('g');
      await tab.keyboard.press('w');
      await tab.waitForURL(/view=waiting/);
      await tab.locator('.rail [aria-current=page][href$=waiting]').waitFor();
      must((await ticks()) === 0, `${await ticks()} rows are ticked on another list`);
    }),

  'whoever is signed out meanwhile comes to the page to sign in': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      await tab.context().clearCookies();
      await tab.locator('a.row-main').first().click();
      await tab.locator('form[action*="/sign-in"]').first().waitFor();
      must((await tab.locator('heed-desk').count()) === 0, 'the desk is still there');
    }),

  'a ticket that is not there any more opens the page that says so': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      await tab.locator('a.row-main').first().evaluate((row) => (row.href = '/desk/tickets/CHI-999999'));
      await tab.locator('a.row-main').first().click();
      await tab.waitForURL(/CHI-999999/);
      await tab.locator('h1').first().waitFor();
      must((await path(tab)) === '/desk/tickets/CHI-999999' && (await tab.locator('.talk').count()) === 0, 'a ticket is shown that is not there');
    }),

  'a file that was chosen is still there after the ticket was shown again': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const goal = await open(tab, 6);
      await tab.locator('.composer input[type=file]').setInputFiles({ name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('on') });
      await answer(given, goal.split('/').pop());
      await tab.locator('.ticket-head .fresh[data-live]').click({ timeout: 20_000 });
      await tab.locator('.entry', { hasText: 'hangs in the office' }).last().waitFor();
      const files = await tab.locator('.composer input[type=file]').evaluate((field) => [...field.files].map(({ name }) => name).join());
      must(files === 'lamp.txt', `the composer holds “${files}”`);
    }),

  'a key on a row opens its ticket and does there what it does': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const row = tab.locator('a.row-main').nth(7);
      const goal = new URL(await row.evaluate((link) => link.href)).pathname;
      await row.focus();
      await tab.keyboard.press('h');
      await tab.waitForURL((at) => at.pathname === goal);
      await tab.locator('dialog #team').waitFor();
    }),

  'what narrows a list folds away by Escape and by a press beside it': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const fold = tab.locator('.narrow details');
      const shut = async () => !(await fold.evaluate((details) => details.open));
      await fold.locator('summary').click();
      await tab.locator('#narrow-owner').focus();
      await tab.keyboard.press('Escape');
      must(await shut(), 'Escape does not fold it away');
      must(await tab.evaluate(() => document.activeElement?.tagName === 'SUMMARY'), 'after Escape the focus is lost');
      await fold.locator('summary').click();
      await tab.locator('#queue-title').click();
      must(await shut(), 'a press beside it does not fold it away');
      await fold.locator('summary').click();
      await tab.locator('#narrow-owner').selectOption('none');
      await tab.locator('.narrow button[type=submit]').click();
      await tab.waitForURL(/owner=none/);
      must((await tab.locator('.narrow-now .tag').allTextContents()).join().includes('Nobody yet'), 'the list does not say what narrows it');
    }),

  'the bar says how many rows are ticked, and its keys mean them': (given) =>
    as(given, 'mtan', '/desk?view=all', wide, async (tab) => {
      const ticks = tab.locator('.row-check input');
      const says = () => tab.locator('#bulk strong').textContent();
      await ticks.nth(0).check();
      await ticks.nth(2).check();
      must((await says()) === '2 ticked:', `with two ticked the bar says “${await says()}”`);
      await ticks.nth(0).uncheck();
      must((await says()) === '1 ticked:', `with one ticked the bar says “${await says()}”`);
      await tab.locator('#queue-title').click();
      await tab.keyboard.press('p');
      await tab.locator('h1', { hasText: 'Sort 1 ticket' }).waitFor();
    }),

  'a subject is put right over its ticket, and taking it needs one press': (given) =>
    as(given, 'mtan', '/desk?view=unassigned', wide, async (tab) => {
      const goal = await open(tab, 0);
      await tab.keyboard.press('m');
      await tab.locator('.facts', { hasText: 'Mei-Ling Tan' }).first().waitFor();
      await tab.locator('.subject a').click();
      await tab.locator('dialog #subject').fill('The lamp in the lift hums');
      await tab.locator('dialog:has(#subject) button[type=submit]').click();
      await tab.locator('.ticket h1', { hasText: 'The lamp in the lift hums' }).waitFor();
      must((await path(tab)) === goal, `the page is ${await path(tab)}`);
    }),

  'the palette shows what can be done here, also when a word is in no ticket': (given) =>
    as(given, 'oachterberg', '/desk?view=all', wide, async (tab) => {
      await open(tab, 0);
      await tab.keyboard.press('Control+k');
      const options = tab.locator('#palette .option');
      must((await options.first().textContent()).includes('Hand over'), `the first thing offered is ${await options.first().textContent()}`);
      const answered = tab.waitForResponse((response) => new URL(response.url()).pathname === '/desk/find');
      await tab.keyboard.type('Hand ove');
      await answered;
      await tab.waitForTimeout(200); // until the answer is drawn
      must((await options.allTextContents()).some((text) => text.includes('Hand over')), `the palette holds ${await options.allTextContents()}`);
    }),
};
