// What script adds, and what must stay without it. These run on the gallery,
// whose pages and words are known.
import { must } from './hands.mjs';
import { visit } from './tabs.mjs';

const at = (given, path) => ({ ...given, page: { path } });

export const behaviours = {
  'a note and a reply swap without script and keep the text': (given) =>
    visit(at(given, '/desk/ticket'), { javaScriptEnabled: false }, async (tab) => {
      await tab.locator('#body').fill('half a sentence');
      must(await tab.locator('.act[data-kind=reply]').isVisible(), 'the reply button is not there at first');
      await tab.locator('.mode[data-mode=note]').click();
      must(await tab.locator('.act[data-kind=note]').isVisible(), 'the note button does not appear');
      must(!(await tab.locator('.act[data-kind=reply]').isVisible()), 'the reply button stays');
      must(!(await tab.locator('input[name=to]').first().isVisible()), 'a note still shows recipients');
      must((await tab.locator('#body').inputValue()) === 'half a sentence', 'the text is lost');
    }),

  'the conversation opens at its newest entry without script, wide and at 1,100 pixels': async (given) => {
    for (const width of [1440, 1100]) {
      await visit(at(given, '/desk/ticket'), { javaScriptEnabled: false, viewport: { width, height: 800 } }, async (tab) => {
        const last = await tab.locator('.timeline > :last-child').boundingBox();
        must(last && last.y > 0 && last.y < 800, `at ${width} pixels the newest entry is out of view`);
        const composer = await tab.locator('.composer').boundingBox();
        must(composer && composer.y + composer.height <= 801, `at ${width} pixels the composer is out of view`);
      });
    }
  },

  'single keys move, open the sheet and rest while typing': (given) =>
    visit(at(given, '/desk/ticket'), {}, async (tab) => {
      await tab.keyboard.press('j');
      must(await tab.evaluate(() => document.activeElement.matches('.row-main')), 'j does not move to a row');
      await tab.keyboard.press('x');
      must((await tab.locator('.row-check input:checked').count()) === 1, 'x does not tick the row');
      must(await tab.locator('.bulk').isVisible(), 'the bar of actions does not appear');
      await tab.keyboard.press('n');
      must(await tab.locator('.mode[data-mode=note] input').isChecked(), 'n does not switch to a note');
      must(await tab.evaluate(() => document.activeElement.id === 'body'), 'n does not put the caret in the text');
      await tab.keyboard.type(' jx?r');
      must((await tab.locator('#body').inputValue()).endsWith(' jx?r'), 'keys act while typing');
      must(await tab.locator('.mode[data-mode=note] input').isChecked(), 'r switched while typing');
      await tab.evaluate(() => document.activeElement.blur());
      await tab.keyboard.press('?');
      must(await tab.locator('#keysheet').isVisible(), '? does not open the sheet of keys');
      await tab.keyboard.press('Escape');
    }),

  'g and a letter go to a view': (given) =>
    visit(at(given, '/desk/ticket'), {}, async (tab) => {
      await tab.keyboard.press('g');
      await tab.keyboard.press('p');
      await tab.waitForURL('**/desk/people');
    }),

  'the palette finds people, tickets and what can be done here': (given) =>
    visit(at(given, '/desk/ticket'), {}, async (tab) => {
      await tab.locator('#body').click();
      await tab.keyboard.press('Control+k');
      must(await tab.locator('#palette').isVisible(), 'Ctrl K does not open the palette while typing');
      await tab.keyboard.type('hand');
      await tab.locator('#palette .option', { hasText: 'Hand over' }).first().waitFor();
      await tab.locator('#palette input').fill('ana');
      await tab.locator('#palette .option', { hasText: 'Chemistry' }).first().waitFor();
      await tab.keyboard.press('Enter');
      await tab.waitForURL('**/desk/person');
    }),

  'a confirming page becomes a dialog and stays a page without script': async (given) => {
    await visit(at(given, '/desk/ticket'), {}, async (tab) => {
      await tab.locator('a[data-confirm]').first().click();
      await tab.locator('dialog[open] #confirm-title').waitFor();
      await tab.locator('dialog[open] [data-close]').click();
      must((await tab.locator('dialog[open]').count()) === 0, 'the dialog does not close');
    });
    await visit(at(given, '/desk/ticket'), { javaScriptEnabled: false }, async (tab) => {
      await tab.locator('a[data-confirm]').first().click();
      await tab.waitForURL('**/desk/close');
      must(await tab.locator('#confirm-title').isVisible(), 'the confirming page does not show its card');
    });
  },

  'a draft is saved while typing and says when': (given) =>
    visit(at(given, '/portal/ask'), {}, async (tab) => {
      const saved = tab.waitForRequest((request) => request.url().endsWith('/draft') && request.method() === 'POST');
      await tab.locator('#subject').fill('printer');
      const body = (await saved).postData() ?? '';
      must(body.includes('subject=printer'), `the draft holds ${body}`);
      await tab.locator('[data-draft-state]', { hasText: 'Text kept' }).waitFor();
    }),

  'the theme changes at once with script and by a form without': async (given) => {
    await visit(at(given, '/portal'), { colorScheme: 'light' }, async (tab) => {
      await tab.getByRole('button', { name: 'Change to dark' }).click();
      must((await tab.locator('html').getAttribute('data-theme')) === 'dark', 'the page stays light');
      must(await tab.getByRole('button', { name: 'Change to light' }).isVisible(), 'the switch keeps its words');
    });
    await visit(at(given, '/portal'), { javaScriptEnabled: false }, async (tab) => {
      await tab.getByRole('button', { name: 'Change to dark' }).click();
      const cookies = await tab.context().cookies();
      must(cookies.some((cookie) => cookie.value === 'dark'), 'the choice is not remembered');
    });
  },

  'a pasted picture is attached': (given) =>
    visit(at(given, '/portal/ask'), {}, async (tab) => {
      await tab.locator('#body').evaluate((text) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File(['x'], 'seen.png', { type: 'image/png' }));
        text.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      });
      must((await tab.locator('#files').evaluate((field) => field.files.length)) === 1, 'the picture is not attached');
    }),

  'files dropped on a form are attached to it, beside those that were chosen': (given) =>
    visit(at(given, '/portal/ask'), {}, async (tab) => {
      const drop = (name) =>
        tab.locator('#subject').evaluate((field, name) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(['x'], name, { type: 'image/png' }));
          for (const type of ['dragover', 'drop']) field.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
        }, name);
      await drop('one.png');
      await drop('two.png');
      must((await tab.locator('#files').evaluate((field) => [...field.files].map((file) => file.name).join())) === 'one.png,two.png', 'what was dropped is not attached');
      must((await tab.locator('form[data-drop]').count()) === 0, 'the form still waits for files');
    }),

  'callers are refreshed while typing': (given) =>
    visit(at(given, '/desk/call'), {}, async (tab) => {
      const asked = tab.waitForRequest((request) => request.url().includes('q=ana'));
      await tab.locator('#q').fill('ana');
      await asked;
      await tab.locator('#callers .caller').first().waitFor();
    }),

  'a masked value stands nowhere in the page': (given) =>
    visit(at(given, '/desk/ticket'), {}, async (tab) => {
      must(!(await tab.content()).includes('1991'), 'the page holds the value it hides');
    }),

  'a link that shows somebody else\'s data is never fetched before it is pressed': (given) =>
    visit(at(given, '/desk/ticket'), {}, async (tab) => {
      const asked = [];
      tab.on('request', (request) => request.url().includes('/assets/') || asked.push(request.url()));
      await tab.locator('.row-main').first().hover();
      await tab.waitForTimeout(300);
      must(asked.length === 0, `hovering fetched ${asked.join(', ')}`);
    }),

  'a page of one\'s own is fetched on hover': (given) =>
    visit(at(given, '/portal'), {}, async (tab) => {
      const asked = tab.waitForRequest((request) => request.url().endsWith('/portal/request'));
      await tab.locator('.request a').first().hover();
      await asked;
    }),

  'a language that runs from right to left mirrors without scrolling sideways': async (given) => {
    for (const path of ['/desk/ticket', '/portal/request', '/ledger']) {
      for (const width of [1280, 320]) {
        await visit(at(given, path), { viewport: { width, height: 800 } }, async (tab) => {
          await tab.evaluate(() => (document.documentElement.dir = 'rtl'));
          const over = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          must(over <= 0, `${path} is ${over} pixels too wide at ${width} pixels`);
        });
      }
    }
    await visit(at(given, '/desk/call'), {}, async (tab) => {
      await tab.evaluate(() => (document.documentElement.dir = 'rtl'));
      const place = await tab.locator('select').first().evaluate((select) => getComputedStyle(select).backgroundPosition);
      must(place.startsWith('8px'), `the arrow of a list stands at ${place}, where its words begin`);
    });
  },
};
