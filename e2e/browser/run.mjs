// Looks at every page and reports. See README.md.
import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { behaviours } from './behaviours.mjs';
import { look } from './checks.mjs';
import { days } from './days.mjs';
import { demoPages } from './demo.mjs';
import { news } from './news.mjs';
import { opening } from './opening.mjs';
import { Tabs } from './tabs.mjs';

const { values: options } = parseArgs({
  options: {
    gallery: { type: 'string' },
    demo: { type: 'string' },
    only: { type: 'string', default: '' },
    update: { type: 'boolean', default: false },
    times: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
});

/** The exhibits, each with a name for its files. */
async function exhibits(base) {
  const paths = await (await fetch(new URL('/exhibits.json', base))).json();
  return paths.map((path) => ({ base, path, name: path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') }));
}

/** Runs one behaviour and turns what it throws into a line. */
async function attempt(name, run) {
  const began = performance.now();
  let problem = '';
  try {
    await run();
  } catch (error) {
    problem = error.message;
  }
  return [{ name, problem, kind: 'behaviours', ms: performance.now() - began }];
}

/** Everything to do, the longest first: a day at the desk, then the pages. */
async function plan(browser) {
  const { gallery, demo, only, update } = options;
  const acts = [];
  if (demo) acts.push(...Object.entries({ ...days, ...news, ...opening }).map(([name, run]) => ({ name, run: () => run({ browser, base: demo }) })));
  if (gallery) acts.push(...Object.entries(behaviours).map(([name, run]) => ({ name, run: () => run({ browser, base: gallery }) })));
  const pages = [...(demo ? await demoPages(demo) : []), ...(gallery ? await exhibits(gallery) : [])];
  const wanted = ({ name, path = '' }) => name.includes(only) || path.includes(only);
  return [
    ...acts.filter(wanted).map(({ name, run }) => () => attempt(name, run)),
    ...pages.filter(wanted).map((page) => (tabs) => look({ browser, tabs, page, update })),
  ];
}

/** Where the time went, the dearest kind of check first. */
function times(results) {
  const spent = {};
  for (const { kind, ms } of results) spent[kind] = [...(spent[kind] ?? []), ms];
  const rows = Object.entries(spent).map(([kind, list]) => ({ kind, n: list.length, sum: list.reduce((a, b) => a + b, 0) }));
  for (const { kind, n, sum } of rows.sort((a, b) => b.sum - a.sum)) console.log(`${(sum / 1000).toFixed(1).padStart(7)} s  ${String(n).padStart(4)} times  ${kind}`);
}

/** Says at once what failed. */
function report(lines) {
  for (const { name, problem } of lines) {
    if (problem) console.log(`FAIL ${name}\n     ${problem.replaceAll('\n', '\n     ')}`);
  }
}

async function main() {
  if (!options.gallery && !options.demo) throw new Error('nothing to look at: give --gallery ADDRESS, --demo ADDRESS or both');
  await mkdir('out', { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.HEED_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const work = await plan(browser);
  const results = [];
  const worker = async () => {
    const tabs = new Tabs(browser);
    for (let job = work.shift(); job; job = work.shift()) {
      const lines = await job(tabs);
      report(lines);
      results.push(...lines);
    }
  };
  await Promise.all(Array.from({ length: Number(options.workers) }, worker));
  await browser.close();

  if (options.times) times(results);
  const failed = results.filter(({ problem }) => problem).length;
  console.log(`${results.length - failed} passed, ${failed} failed`);
  if (failed > 0 || results.length === 0) process.exitCode = 1;
}

await main();
