// Looks at every page and reports. See README.md.
import { mkdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { behaviours } from './behaviours.mjs';
import { look } from './checks.mjs';

const { values: options } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:8099' },
    list: { type: 'string' },
    only: { type: 'string' },
    update: { type: 'boolean', default: false },
    behaviours: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
  },
});

/** The pages to look at, each with a name for its files. */
async function pages() {
  const raw = options.list
    ? JSON.parse(await readFile(options.list, 'utf8'))
    : await (await fetch(new URL('/exhibits.json', options.base))).json();
  return raw
    .map((entry) => (typeof entry === 'string' ? { path: entry } : entry))
    .map((page) => ({ name: page.path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'root', ...page }))
    .filter((page) => !options.only || page.path.includes(options.only));
}

/** Runs one behaviour and turns what it throws into a line. */
async function attempt(name, run) {
  try {
    await run();
    return [{ name, problem: '' }];
  } catch (error) {
    return [{ name, problem: error.message }];
  }
}

async function main() {
  await mkdir('out', { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.HEED_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const work = [];
  for (const page of await pages()) {
    const at = { browser, page, base: options.base, update: options.update };
    work.push(() => look(at).catch((error) => [{ name: `${page.path}: opens`, problem: error.message }]));
  }
  if (options.behaviours) {
    for (const [name, run] of Object.entries(behaviours)) {
      work.push(() => attempt(name, () => run({ browser, base: options.base })));
    }
  }
  const results = [];
  const worker = async () => {
    for (let job = work.shift(); job; job = work.shift()) results.push(...(await job()));
  };
  await Promise.all(Array.from({ length: Number(options.workers) }, worker));
  await browser.close();

  const failed = results.filter((result) => result.problem);
  for (const { name, problem } of failed) console.log(`FAIL ${name}\n     ${problem.replaceAll('\n', '\n     ')}`);
  console.log(`${results.length - failed.length} passed, ${failed.length} failed`);
  if (failed.length > 0 || results.length === 0) process.exitCode = 1;
}

await main();
