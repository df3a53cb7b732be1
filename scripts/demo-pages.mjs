// Prints the pages of a running demo as e2e/browser/run.mjs reads them: signs
// in as one of each kind of person, and follows their own links one step far,
// so that a page that nobody listed is looked at too.
//   node scripts/demo-pages.mjs http://127.0.0.1:8080 > pages.json
const [base] = process.argv.slice(2);

// Who looks, and where they begin.
const people = [
  { user: 'oachterberg', from: ['/desk', '/desk/call', '/desk/people', '/desk/search?q=printer', '/account'] },
  { user: 'mtan', from: ['/desk'] },
  { user: 'aruiz', from: ['/', '/ask', '/requests', '/my-data', '/looked', '/account'] },
  { user: 'egagnon', from: ['/', '/ask', '/requests'] },
  { user: 'ilindqvist', from: ['/privacy/ledger', '/privacy/tickets/LJMU-1000'] },
  { user: 'tbrandt', from: ['/operator', '/operator/jobs', '/operator/mail'] },
];
const open = ['/demo', '/demo/outbox', '/notices', '/sign-in'];

/** Pages that look the same for any id: one of each kind is enough. */
const kind = (path) => path.split('?')[0].replace(/\/(?=[^/]*\d)[^/]+/g, '/*');

async function signIn(user) {
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

async function links(path, cookie) {
  const answer = await fetch(base + path, { headers: { cookie }, redirect: 'follow' });
  if (!answer.ok && path !== '/nowhere') throw new Error(`${path}: ${answer.status}`);
  const text = await answer.text();
  return [...text.matchAll(/<a\b[^>]*\bhref="(\/[^"#]*)/g)]
    .map((found) => found[1].replaceAll('&amp;', '&'))
    .filter((href) => !/\/files\/|\/assets\/|^\/openapi/.test(href));
}

const pages = [];
async function walk(user, from) {
  const cookie = user && (await signIn(user));
  const seen = new Set();
  const add = (path) => {
    if (seen.has(kind(path))) return;
    seen.add(kind(path));
    pages.push({ path, name: `demo-${user || 'open'}${path.replace(/[^a-z0-9]+/gi, '-')}`, cookie, tree: false });
  };
  from.forEach(add);
  for (const path of from) (await links(path, cookie)).forEach(add);
}

await walk('', open);
for (const { user, from } of people) await walk(user, from);
console.log(JSON.stringify(pages, null, 1));
