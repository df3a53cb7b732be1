// Takes the picture of the README from a running demo: an analyst's desk.
//   node scripts/picture.mjs http://127.0.0.1:8080 docs/images/desk.png
import { chromium } from '../e2e/browser/node_modules/playwright-core/index.mjs';

const [base, file] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.HEED_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
await page.goto(`${base}/demo`);
await page.locator('form:has(input[value="oachterberg"]) button').click();
await page.goto(`${base}/desk`);
await page.locator('a[href^="/desk/tickets/"]').first().click();
await page.waitForLoadState('networkidle');
await page.screenshot({ path: file });
await browser.close();
