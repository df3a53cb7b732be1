// Whole days at the desk and in the portal without a pointer.
import { Hands, must } from './hands.mjs';
import { visit } from './tabs.mjs';

const password = 'heed demo password'; // of everybody in the demo

/** Signs in by the form, as on any other day. */
async function signIn(hands, user) {
  await hands.open('/sign-in');
  await hands.reach('#user');
  await hands.type(user);
  await hands.reach('#password', 3);
  await hands.type(password);
  await hands.go('Enter', (to) => !to.pathname.startsWith('/sign-in'));
}

async function signOut(hands) {
  await hands.reach('form[action="/sign-out"] button', 80);
  await hands.go('Enter', (to) => !to.pathname.startsWith('/desk') && !to.pathname.startsWith('/requests'));
  await hands.open('/desk');
  must(await hands.tab.locator('#password').isVisible(), 'after signing out the desk still opens');
}

/** Somebody with a keyboard in a window of their own. */
const withHands = ({ browser, base }, work) =>
  visit({ browser, base, page: { path: '/sign-in' } }, { viewport: { width: 1440, height: 900 } }, (tab) => work(new Hands(tab, base), tab));

const ticket = /\/desk\/tickets\/[A-Z]+-\d+/;

export const days = {
  'by keyboard alone an agent takes a call, answers, takes an answer back, hands over and signs out': (given) =>
    withHands(given, async (hands, tab) => {
      await signIn(hands, 'oachterberg');
      await hands.open('/desk');
      await hands.go('l', '**/desk/call');
      await hands.begins('#q', 'the page for a call does not begin where the caller is looked for');
      await hands.type('ruiz');
      await tab.locator('#callers .caller').first().waitFor();
      await hands.reach('#callers input[type=radio]', 3);
      await hands.press('Space');
      must(await tab.locator('#callers input[type=radio]').first().isChecked(), 'Space does not choose the caller');
      await hands.reach('#subject', 3);
      await hands.type('The lamp of the reading room flickers');
      await hands.reach('#body', 2);
      await hands.type('She says it began on Monday.');
      await hands.go('Control+Enter', ticket);
      must((await tab.locator('h1').last().textContent()).includes('flickers'), 'the call is not the ticket that opens');
      const ref = new URL(tab.url()).pathname.split('/').pop();

      await hands.go('u', /\/desk(\?|$)/);
      for (let i = 0; i < 30 && !(await hands.at(`.row-main[href*="${ref}"]`)); i++) await hands.press('j');
      must(await hands.at(`.row-main[href*="${ref}"]`), 'j does not lead to the new ticket in the list');
      await hands.go('Enter', new RegExp(ref));
      await hands.press('r');
      must(await hands.at('#body'), 'r does not put the caret in the answer');
      const answer = 'Hello Ana, somebody comes by at noon.';
      await hands.type(answer);
      await hands.go('Control+Enter', new RegExp(ref));
      await tab.locator('.entry', { hasText: answer }).waitFor();

      await hands.go('z', new RegExp(ref));
      must((await tab.locator('#body').inputValue()).includes(answer), 'what was taken back is not in the text again');
      must((await tab.locator('.entry', { hasText: answer }).count()) === 0, 'what was taken back still stands in the conversation');
      await hands.press('r');
      await hands.go('Control+Enter', new RegExp(ref));
      await tab.locator('.entry', { hasText: answer }).waitFor();

      await tab.keyboard.press('h');
      await tab.locator('dialog #team').waitFor();
      await hands.begins('#team', 'handing over does not begin at the team');
      await hands.type('Business');
      await hands.reach('#owner', 2);
      await hands.type('Nobody');
      await hands.reach('#note', 3);
      await hands.type('The lamp is theirs.');
      await hands.go('Control+Enter', /\/desk(\?|$)/);
      await hands.open(`/desk/tickets/${ref}`);
      must((await tab.locator('.facts').first().textContent()).includes('Business Support Team'), 'the ticket is not with the other team');
      await signOut(hands);
    }),

  'by keyboard alone a requester asks for help, answers and closes': (given) =>
    withHands(given, async (hands, tab) => {
      await signIn(hands, 'jwhitfield');
      await hands.open('/ask');
      await hands.reach('#subject', 40);
      await hands.type('My card does not open the library');
      await hands.reach('#body', 6);
      await hands.type('Since this morning the light stays red.');
      await hands.go('Control+Enter', /\/requests\/[A-Z]+-\d+/);
      const ref = new URL(tab.url()).pathname.split('/').pop();
      await hands.reach('#body', 60);
      await hands.type('It is the door at the back.');
      await hands.go('Control+Enter', new RegExp(ref));
      await tab.locator('.entry', { hasText: 'the door at the back' }).waitFor();
      await hands.reach(`a[href="/requests/${ref}/close"]`, 60);
      await tab.keyboard.press('Enter');
      await tab.locator('#confirm-title').waitFor();
      await hands.reach('[data-confirm-card] button[type=submit], dialog button[type=submit]', 20);
      await hands.go('Enter', new RegExp(`${ref}$`));
      await tab.locator('main', { hasText: /closed/i }).waitFor();
      await hands.reach('form[action="/sign-out"] button', 60);
      await hands.go('Enter', (to) => !to.pathname.startsWith('/requests'));
    }),

  'what looks like the number of a card is said while it is typed, and the form then goes at once': (given) =>
    withHands(given, async (hands, tab) => {
      await signIn(hands, 'jwhitfield');
      await hands.open('/ask');
      await hands.reach('#subject', 40);
      await hands.type('A door');
      await hands.reach('#body', 6);
      const hint = tab.locator('[role=status] [data-hint=card]');
      await hands.type('My card 4111 1111 1111 1111 opens no door.');
      await hint.waitFor({ state: 'visible' });
      must(await tab.locator('[data-hint=password]').isHidden(), 'a hint is shown that does not apply');
      must(await tab.locator('#body').evaluate((text) => text === document.activeElement), 'a hint takes the focus from what is typed');
      await hands.go('Control+Enter', /\/requests\/[A-Z]+-\d+/);
    }),
};
