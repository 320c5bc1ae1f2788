import { spawnSync } from 'node:child_process';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { curlLine } from '../../../packages/sandbox/src/portal/pages/gateway-requests';
import { Admin } from '../../support/admin';
import { PageVisitor } from '../../support/page-visitor';

/*
 * Attacks on the pages of a portal: text that wants to be HTML, forms of other pages, paths of other files.
 */
const PASSWORD = 'correct horse';
const TEXT = `"'><script>alert(1)</script><a href="javascript:alert(1)">&amp;`;
const EVERYTHING = { auto_approve_developers: true, auto_approve_applications: true };

let sandbox: Sandbox;
let admin: Admin;
let visitor: PageVisitor;
let portalId: string;
let apiId: string;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
  ({ id: portalId } = await admin.konnect('POST', '/v3/portals', { name: TEXT, ...EVERYTHING }));
  const publication = { visibility: 'public', auth_strategy_ids: [await admin.createStrategy()] };
  const texts = { name: TEXT, version: TEXT, description: TEXT, spec_content: TEXT };
  apiId = await admin.publishApi(portalId, 'api', publication, texts);
  await admin.createApplication(TEXT);
  visitor = new PageVisitor(`${sandbox.portal.url}/${portalId}`);
  const email = 'a@example.test';
  await visitor.signUp(email, PASSWORD, () => sandbox.portal.mailsTo(email), TEXT);
  await visitor.submit('/sign-in', { username: email, password: PASSWORD });
});

afterAll(() => sandbox.stop());

/** Expects a page that shows the text as text. */
function expectEscaped(html: string): void {
  expect(html).toContain('<main');
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('href="javascript:');
  expect(html.includes('&quot;&#39;&gt;&lt;script&gt;alert(1)')).toBe(true);
}

test.each([
  '',
  '/apis/API',
  '/apis/API/register',
  '/applications',
  '/sign-in?api=TEXT',
  '/verify-email?token=TEXT',
])('a page shows text as text: %s', async (path) => {
  const { html } = await visitor.get(path.replace('API', apiId).replace('TEXT', encodeURIComponent(TEXT)));
  expectEscaped(html);
});

test('a form that is refused shows text as text', async () => {
  const form = { application: TEXT, name: TEXT, client_id: TEXT };
  const { status, html } = await visitor.submit(`/apis/${apiId}/register`, form);
  expect(status).toBe(404);
  expectEscaped((await visitor.submit('/sign-up', { full_name: TEXT, email: TEXT })).html);
  expectEscaped(html);
});

test('an application shows its name and client id as text, and the lists of the sandbox do', async () => {
  const form = { application: 'new', name: TEXT, client_id: TEXT };
  const { headers } = await visitor.submit(`/apis/${apiId}/register`, form);
  const path = headers.get('location')?.replace(/^\/[^/]+/, '') ?? '';
  expect(path).toMatch(/^\/applications\/[\w-]+$/);
  expectEscaped((await visitor.get(path)).html);
  const start = new PageVisitor(sandbox.portal.url);
  expectEscaped((await start.get('/')).html);
  expectEscaped((await start.get('/mailbox')).html);
  expectEscaped((await start.get('/clients')).html);
});

test('the chain shows text as text', async () => {
  const start = new PageVisitor(sandbox.portal.url);
  sandbox.portal.showChain(async () => [{ title: TEXT, status: 'failed', detail: TEXT, remedy: TEXT }]);
  expectEscaped((await start.get('/chain')).html);
  sandbox.portal.showChain(() => Promise.reject(new Error(TEXT)));
  expectEscaped((await start.get('/chain')).html);
});

test('a specification is no HTML, and no browser takes it for HTML', async () => {
  const { html: page } = await visitor.get(`/apis/${apiId}`);
  const [, path = ''] = /data-url="\/[^/]+(\/[^"]+)"/.exec(page) ?? [];
  const { html, headers } = await visitor.get(path);
  expect(html).toBe(TEXT);
  expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('every page forbids inline scripts, frames and foreign forms', async () => {
  const start = new PageVisitor(sandbox.portal.url);
  for (const page of [await visitor.get(''), await visitor.get('/apis/none'), await start.get('/chain')]) {
    const policy = page.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';");
    expect(policy).toContain("form-action 'self'; frame-ancestors 'none'");
  }
});

test.each(['http://attacker.example', 'http://127.0.0.1:1', 'null', 'https://127.0.0.1'])(
  'a form of %s changes nothing',
  async (origin) => {
    const before = sandbox.konnect.snapshot();
    const headers = { origin };
    const forms = [
      visitor.submit('/sign-up', { full_name: 'Eve', email: 'eve@example.test' }, headers),
      visitor.submit(`/apis/${apiId}/register`, { application: 'new', name: 'x', client_id: 'y' }, headers),
      visitor.submit('/sign-out', {}, headers),
    ];
    expect((await Promise.all(forms)).map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(sandbox.konnect.snapshot()).toEqual(before);
    expect((await visitor.get('')).html).toContain('Sign out');
  },
);

test('a form of the page itself is accepted', async () => {
  const { origin } = new URL(sandbox.portal.url);
  const form = { full_name: 'Dev', email: 'own@example.test' };
  expect((await visitor.submit('/sign-up', form, { origin })).status).toBe(200);
});

test('fields that are unknown or sent twice are refused', async () => {
  const email: [string, string] = ['email', 'b@example.test'];
  expect((await visitor.submit('/sign-up', [['full_name', 'x'], email, email])).status).toBe(400);
  expect((await visitor.submit('/sign-up', { status: 'approved' })).status).toBe(400);
});

test.each(['__proto__', 'constructor', '..%2f..%2fpackage.json', 'index.html'])(
  'no file but those of the pages is sent: %s',
  async (name) => {
    const { status } = await new PageVisitor(sandbox.portal.url).get(`/assets/${name}`);
    expect(status).toBe(404);
  },
);

test('the JSON API takes no forms', async () => {
  const { status } = await visitor.submit('/api/v3/developer', { full_name: 'x', email: 'x@example.test' });
  expect(status).toBe(415);
});

test('a line for a shell passes on what it is made of', () => {
  const client = { label: 'x', clientId: `it's $(id)`, clientSecret: '`id`"' };
  const request = { method: 'POST', url: `http://127.0.0.1/a'b;id`, headers: { host: `'$x` } };
  const line = curlLine(request, client).replace(/^curl/, `printf '%s\\n'`);
  expect(spawnSync('sh', ['-c', line], { encoding: 'utf8' }).stdout.trim().split('\n')).toEqual([
    ...['-i', '-X', 'POST', '-H', `host: '$x`, '-u', `it's $(id):\`id\`"`, `http://127.0.0.1/a'b;id`],
  ]);
});
