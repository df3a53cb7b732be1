// Hands that have a keyboard and nothing else. After every press they look
// whether the focus is somewhere and can be seen.

export function must(condition, sentence) {
  if (!condition) throw new Error(sentence);
}

/** Where the focus is and whether an edge or a shadow shows it. */
function look() {
  const at = document.activeElement;
  const edge = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none';
  // a link that is as large as its row wears the edge on what it lays over the row
  const box = (element) => edge(getComputedStyle(element)) || edge(getComputedStyle(element, '::after'));
  const name = (at?.getAttribute('aria-label') ?? at?.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40);
  return {
    lost: !at || at === document.body,
    // a box that assistive technology alone sees shows in its label; a field may be framed by its row
    // a heading is where reading begins, and nothing to press
    seen: Boolean(at) && at.matches('h1[tabindex="-1"]') || Boolean(at) && [at, at.closest('label'), at.closest('.search, .composer, .option')].some((element) => element && box(element)),
    what: `${at?.tagName.toLowerCase()}#${at?.id ?? ''}.${at?.getAttribute('class') ?? ''} “${name}”`,
  };
}

export class Hands {
  constructor(tab, base) {
    this.tab = tab;
    this.base = base;
    this.step = '';
  }

  /** Opens an address, as one typed into the browser's own bar. */
  async open(path) {
    await this.tab.goto(this.base + path, { waitUntil: 'load' });
  }

  async press(...keys) {
    for (const key of keys) {
      await this.tab.keyboard.press(key);
      await this.check(key);
    }
  }

  async type(text) {
    await this.tab.keyboard.type(text);
    await this.check('typing');
  }

  /** Presses a key that leads to another page, and waits for it. */
  async go(key, to) {
    const from = this.tab.url();
    const arrives = async () => {
      const timeout = 20_000;
      // it may be the same address again, or a page in the place of this one
      await Promise.race([this.tab.waitForEvent('load', { timeout }), this.tab.waitForURL((at) => at.href !== from, { timeout })]);
      await this.tab.waitForURL(to, { waitUntil: 'load', timeout: 5_000 });
    };
    await Promise.all([arrives(), this.tab.keyboard.press(key)]).catch(async (error) => {
      const said = await this.tab.locator('.error-summary, .error').allInnerTexts();
      throw new Error(`${key} did not lead to ${to}; the page is ${this.tab.url()} and says “${said.join(' ')}”: ${error.message.split('\n')[0]}`);
    });
  }

  /** Presses Tab until what is wanted has the focus; every stop on the way can be seen. */
  async reach(selector, most = 60, key = 'Tab') {
    for (let i = 0; i < most; i++) {
      if (await this.at(selector)) return;
      await this.tab.keyboard.press(key);
      await this.check(`Tab on the way to ${selector}`);
    }
    throw new Error(`${most} presses of ${key} do not lead to ${selector} on ${this.tab.url()}`);
  }

  /** Whether what is wanted has the focus. */
  at(selector) {
    return this.tab.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
  }

  /** Waits until a page that begins somewhere has put the focus there; it does so with its first picture. */
  async begins(selector, sentence) {
    await this.tab.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector, { timeout: 3000 }).catch(() => must(false, sentence));
    await this.check('opening');
  }

  async check(after) {
    const { lost, seen, what } = await this.tab.evaluate(look);
    must(!lost, `after ${after} on ${this.tab.url()} nothing has the focus`);
    must(seen, `after ${after} on ${this.tab.url()} the focus is on ${what} and cannot be seen`);
  }
}
