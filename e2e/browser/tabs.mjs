// Opens pages. A look keeps one tab for each person, with and without script,
// since a new context costs more than most checks; a behaviour gets a fresh one.

const usual = { viewport: { width: 1280, height: 900 }, locale: 'en-GB', colorScheme: 'light' };

/** What the page said to the console that it should not. */
function listen(tab) {
  const said = [];
  tab.on('console', (message) => {
    // the browser's own line about the status of the page; strict() judges that
    if (/^Failed to load resource: .* 40[34] /.test(message.text()) && message.location().url === tab.url()) return;
    if (['error', 'warning'].includes(message.type())) said.push(message.text());
  });
  tab.on('pageerror', (error) => said.push(error.message));
  return said;
}

/** The tabs of one worker. */
export class Tabs {
  #browser;
  #open = new Map();

  constructor(browser) {
    this.#browser = browser;
  }

  /** Goes to a page at 1,280 pixels in light; whatever a check changed is put back. */
  async open(page, { script }) {
    const key = `${page.cookie ?? ''} ${script}`;
    let held = this.#open.get(key);
    if (!held) {
      const context = await this.#browser.newContext({ ...usual, reducedMotion: 'reduce', javaScriptEnabled: script });
      if (page.cookie) await context.setExtraHTTPHeaders({ Cookie: page.cookie });
      const tab = await context.newPage();
      held = { tab, said: listen(tab) };
      this.#open.set(key, held);
    }
    const { tab, said } = held;
    await tab.emulateMedia({ colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' });
    await tab.setViewportSize(usual.viewport);
    said.length = 0;
    const answer = await tab.goto(new URL(page.path, page.base).href, { waitUntil: 'load' });
    return { tab, answer, said };
  }
}

/** Opens a page in a context of its own; closes it when the work is done. */
export async function visit({ browser, page, base }, settings, work) {
  const context = await browser.newContext({ ...usual, ...settings });
  try {
    const tab = await context.newPage();
    await tab.goto(new URL(page.path, base).href, { waitUntil: 'load' });
    return await work(tab);
  } finally {
    await context.close();
  }
}
