// The rules of accessibility that a machine can hold, by axe-core. It runs
// inside the page itself: asking it through a driver costs ten times as much.
import { createRequire } from 'node:module';

const { source } = createRequire(import.meta.url)('axe-core');

const all = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What is asked. The first look asks everything. Dark changes colours and
 * nothing else, so only the rules about colour are asked again. A narrow window
 * shows other parts in another order: all is asked but what no style can change
 * (names, roles, languages and the like, which the first look has seen). A frame
 * holds a mail as somebody sent it, and is not ours to judge.
 */
const asked = {
  all: { type: 'tag', values: all },
  colours: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  room: {
    type: 'rule',
    values: [
      'target-size', 'scrollable-region-focusable', 'color-contrast', 'link-in-text-block', // size and place
      'aria-hidden-focus', 'skip-link', 'region', 'bypass', 'landmark-one-main', // what is hidden, and what is left
      'page-has-heading-one', 'heading-order', 'label', 'button-name', 'link-name', 'select-name', // a name that only the wide page shows
      'css-orientation-lock', 'meta-viewport', 'nested-interactive',
    ],
  },
};

/** Asks the open page; throws with what was found and where. */
export async function axe(tab, what) {
  if (!(await tab.evaluate(() => 'axe' in window))) await tab.evaluate(source);
  const found = await tab.evaluate(
    async (runOnly) => {
      const { violations } = await window.axe.run(document, { runOnly, resultTypes: ['violations'], iframes: false });
      return violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.slice(0, 4).map(({ target, failureSummary }) => ({ target, failureSummary })) }));
    },
    asked[what],
  );
  if (found.length === 0) return;
  throw new Error(found.map((rule) => `${rule.id}: ${rule.help}\n${rule.nodes.map((node) => `  ${node.target.join(' ')}\n    ${node.failureSummary.split('\n').slice(1).join('; ').trim()}`).join('\n')}`).join('\n'));
}
