// The pages of a running demo: signs in as one of each kind of person and
// follows their own links, so that a page that nobody listed is looked at too.

import { visit } from './tabs.mjs';

// Who looks, and where they begin. What stands here is looked at for everyone
// who has it; what is found by links, once for each kind and language.
const people = [
  { user: '', from: ['/demo', '/demo/outbox', '/notices', '/sign-in', '/nowhere'] },
  { user: 'oachterberg', from: ['/desk', '/desk/call', '/desk/call?q=ruiz', '/desk/people', '/desk/search', '/desk/search?q=printer', '/account', '/nowhere'] },
  { user: 'hsorensen', from: ['/desk'] }, // reads “e-mail hidden” in place of mails
  { user: 'aruiz', from: ['/', '/ask', '/requests', '/my-data', '/looked'] },
  { user: 'egagnon', lang: 'fr', from: ['/', '/ask', '/requests', '/my-data', '/looked', '/account'] },
  { user: 'ilindqvist', from: ['/privacy/ledger', '/privacy/tickets/LJMU-1000'] },
  { user: 'tbrandt', from: ['/', '/operator', '/operator/jobs', '/operator/mail'] },
];

/** Pages that look the same for any id: one of each kind is enough. */
const kind = (path) => path.split('?')[0].replace(/\/(?=[^/]*\d)[^/]+/g, '/*').replace(/^(\/notices|\/privacy\/notices)\/[^/]+/, '$1/*');

/** Signs somebody in and returns the cookies of the session. */
export async function signIn(base, user) {
  const answer = await fetch(`${base}/demo/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ user }),
  });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  if (!cookie) throw new Error(`${user} could not sign in: ${answer.status}`);
  return cookie;
}

/** Opens a page of the demo as somebody, in a window of their own. */
export async function as({ browser, base }, user, path, settings, work) {
  const pairs = (await signIn(base, user)).split('; ').map((pair) => pair.split(/=(.*)/s));
  return visit({ browser, base, page: { path: '/notices' } }, settings, async (tab) => {
    await tab.context().addCookies(pairs.map(([name, value]) => ({ name, value, url: base })));
    await tab.goto(base + path, { waitUntil: 'load' });
    return work(tab);
  });
}

/** Where a path ends after it was sent on, and the pages it links to; nothing for what is no page. */
async function read(base, path, cookie) {
  const answer = await fetch(base + path, { headers: cookie ? { cookie } : {} });
  if (!answer.headers.get('content-type')?.startsWith('text/html')) return undefined;
  if (answer.status === 401 && !cookie) return undefined; // a mail in the demo's outbox leads to its receiver's pages
  if (!answer.ok && path !== '/nowhere') throw new Error(`${path}, which a page links to, answers ${answer.status}`);
  const { pathname, search } = new URL(answer.url);
  const links = [...(await answer.text()).matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)]
    .map((found) => found[1].replaceAll('&amp;', '&'))
    .filter((href) => !/\/files\/|\/assets\//.test(href));
  return { path: pathname + search, links };
}

/** Lists the pages of the demo at base, each with the cookie of who looks. */
export async function demoPages(base) {
  const pages = [];
  const seen = new Set();
  for (const { user, lang = 'en', from } of people) {
    const cookie = user && (await signIn(base, user));
    const known = (path) => seen.has(`${lang} ${kind(path)}`);
    const next = from.map((path) => ({ path, listed: true }));
    for (let step = next.shift(); step; step = next.shift()) {
      if (!step.listed && known(step.path)) continue;
      const found = await read(base, step.path, cookie);
      if (!found) continue;
      seen.add(`${lang} ${kind(step.path)}`);
      if (!step.listed && found.path !== step.path && known(found.path)) continue;
      seen.add(`${lang} ${kind(found.path)}`);
      const stem = `demo-${user || 'open'}${kind(found.path).replace(/[^a-z0-9]+/gi, '-')}`.replace(/-$/, '');
      const same = pages.filter(({ name }) => name.startsWith(stem)).length;
      pages.push({ base, path: found.path, name: same > 0 ? `${stem}-${same + 1}` : stem, cookie, tree: false });
      next.push(...found.links.map((path) => ({ path, listed: false })));
    }
  }
  return pages;
}
