import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';
import { PageVisitor } from '../../support/page-visitor';

/*
 * The pages of a portal with plain requests: what visitors see, and what their forms do.
 */
const PASSWORD = 'correct horse';
const EVERYTHING = { auto_approve_developers: true, auto_approve_applications: true };

let sandbox: Sandbox;
let admin: Admin;
let count = 0;

beforeAll(async () => {
  sandbox = await Sandbox.start();
  admin = new Admin(sandbox);
});

afterAll(() => sandbox.stop());

async function createPortal(properties: object = EVERYTHING): Promise<{ id: string; visitor: PageVisitor }> {
  count += 1;
  const name = `portal-${count}`;
  const { id } = await admin.konnect('POST', '/v3/portals', { name, ...properties });
  return { id, visitor: new PageVisitor(`${sandbox.portal.url}/${name}`) };
}

/** Signs a visitor up and in. */
async function enter(visitor: PageVisitor, email: string): Promise<void> {
  await visitor.signUp(email, PASSWORD, () => sandbox.portal.mailsTo(email));
  const { status } = await visitor.submit('/sign-in', { username: email, password: PASSWORD });
  expect(status).toBe(303);
}

/** Puts a developer into a new team with a role for an API. */
async function assignRole(portalId: string, email: string, apiId: string, role: string): Promise<void> {
  const teams = `/v3/portals/${portalId}/teams`;
  const { id } = await admin.konnect('POST', teams, { name: role });
  const developer = { id: await admin.developerId(portalId, email) };
  await admin.konnect('POST', `${teams}/${id}/developers`, developer);
  await admin.konnect('POST', `${teams}/${id}/assigned-roles`, {
    role_name: role,
    entity_id: apiId,
    entity_type_name: 'Services',
    entity_region: 'us',
  });
}

const html = async (visitor: PageVisitor, path: string) => (await visitor.get(path)).html;
const registerAt = (api: string) => `/apis/${api}/register`;

describe('signing up and in', () => {
  test('leads to the mailbox, whose links lead on', async () => {
    const { visitor } = await createPortal();
    const email = 'a@example.test';
    const { html: signedUp } = await visitor.submit('/sign-up', { full_name: 'Ada', email });
    expect(signedUp).toContain('href="/mailbox"');
    const { html: mailbox } = await new PageVisitor(sandbox.portal.url).get('/mailbox');
    const [{ token }] = sandbox.portal.mailsTo(email);
    expect(mailbox).toContain(`href="/portal-${count}/verify-email?token=${token}"`);
    expect(await html(visitor, `/verify-email?token=${token}`)).toContain(`value="${token}"`);
  });

  test('tells that the password was saved', async () => {
    const { visitor } = await createPortal();
    const email = 'q@example.test';
    await visitor.submit('/sign-up', { full_name: 'Ada', email });
    const [{ token: mailed }] = sandbox.portal.mailsTo(email);
    const verified = await visitor.submit('/verify-email', { token: mailed });
    const token = new URLSearchParams(verified.headers.get('location')?.split('?')[1]).get('token') ?? '';
    const { headers } = await visitor.submit('/reset-password', { token, password: PASSWORD });
    const path = headers.get('location')?.replace(`/portal-${count}`, '') ?? '';
    expect(await html(visitor, path)).toContain('role="status">Password saved. Sign in.<');
    expect(await html(visitor, '/sign-in')).not.toContain('Password saved');
  });

  test('shows the name of who signed in, until the sign-out', async () => {
    const { visitor } = await createPortal();
    await enter(visitor, 'b@example.test');
    expect(await html(visitor, '')).toContain('Sign out');
    expect((await visitor.submit('/sign-out', {})).status).toBe(303);
    expect(await html(visitor, '')).toContain('Sign up');
  });

  test('obeys the approval of developers', async () => {
    const { visitor } = await createPortal({});
    const email = 'c@example.test';
    await visitor.signUp(email, PASSWORD, () => sandbox.portal.mailsTo(email));
    const refused = await visitor.submit('/sign-in', { username: email, password: PASSWORD });
    expect(refused.status).toBe(401);
    expect(refused.html).toContain('The account is not approved: it is pending');
    expect(refused.html).toMatch(/<main[\s\S]*href="\/approvals"[\s\S]*<\/main>/);
  });

  test('shows what is wrong with a form, and keeps what was entered', async () => {
    const { visitor } = await createPortal();
    const refused = await visitor.submit('/sign-up', { full_name: 'Ada', email: 'nobody' });
    expect(refused.status).toBe(400);
    expect(refused.html).toMatch(/role="alert">\s*<p>E-mail address: /);
    expect(refused.html).toContain('value="nobody"');
  });

  test('a session that has ended leads to the sign-in', async () => {
    const { visitor } = await createPortal();
    await enter(visitor, 'd@example.test');
    sandbox.clock.advance(60 * 60 + 1);
    const { status, headers } = await visitor.get('/applications');
    expect([status, headers.get('location')]).toEqual([303, `/portal-${count}/sign-in`]);
    expect((await visitor.get('/sign-in')).status).toBe(200);
  });

  test('returns to the API that the visitor came from', async () => {
    const { id, visitor } = await createPortal();
    const api = await admin.publishApi(id, 'open', { visibility: 'public' });
    const email = 'e@example.test';
    await visitor.signUp(email, PASSWORD, () => sandbox.portal.mailsTo(email));
    const { headers } = await visitor.submit('/sign-in', { username: email, password: PASSWORD, api });
    expect(headers.get('location')).toBe(`/portal-${count}/apis/${api}`);
  });

  test('is not there on a portal without authentication', async () => {
    const { visitor } = await createPortal({ authentication_enabled: false });
    expect(await html(visitor, '')).not.toContain('Sign up');
    const body = { full_name: 'Ada', email: 'f@example.test' };
    expect((await visitor.submit('/sign-up', body)).status).toBe(404);
  });
});

describe('APIs', () => {
  test('public ones are for everybody, private ones for who signed in', async () => {
    const { id, visitor } = await createPortal();
    await admin.publishApi(id, 'open', { visibility: 'public' });
    const closed = await admin.publishApi(id, 'closed', { visibility: 'private' });
    const before = await html(visitor, '');
    expect([before.includes(`>open-${id}<`), before.includes(`>closed-${id}<`)]).toEqual([true, false]);
    expect((await visitor.get(`/apis/${closed}`)).status).toBe(404);
    await enter(visitor, 'g@example.test');
    expect(await html(visitor, '')).toContain(`>closed-${id}<`);
    expect((await visitor.get(`/apis/${closed}`)).status).toBe(200);
  });

  test('with RBAC a team has to be viewer or consumer; consumers use an API', async () => {
    const { id, visitor } = await createPortal({ ...EVERYTHING, rbac_enabled: true });
    const publication = { visibility: 'private', auth_strategy_ids: [await admin.createStrategy()] };
    const api = await admin.publishApi(id, 'closed', publication);
    const email = 'h@example.test';
    await enter(visitor, email);
    expect((await visitor.get(`/apis/${api}`)).status).toBe(404);
    await assignRole(id, email, api, 'API Viewer');
    expect(await html(visitor, `/apis/${api}`)).toContain('Your teams may view this API, not use it.');
    const form = { application: 'new', name: 'App', client_id: '0oa1' };
    const refused = await visitor.submit(registerAt(api), form);
    expect([refused.status, refused.html.includes('You may not register applications')]).toEqual([403, true]);
    await assignRole(id, email, api, 'API Consumer');
    expect(await html(visitor, `/apis/${api}`)).toContain('Use this API');
  });

  test('have their specifications, by version', async () => {
    const { id, visitor } = await createPortal();
    const publication = { visibility: 'private' };
    const api = await admin.publishApi(id, 'api', publication, { version: '1', spec_content: '{"a":1}' });
    const versions = `/v3/apis/${api}/versions`;
    const { id: second } = await admin.konnect('POST', versions, { version: '2', spec: { content: 'a: 2' } });
    const path = `/apis/${api}/specifications/${second}`;
    expect((await visitor.get(path)).status).toBe(404);
    await enter(visitor, 'i@example.test');
    const sent = await visitor.get(path);
    expect([sent.html, sent.headers.get('content-type')]).toEqual(['a: 2', 'text/plain; charset=utf-8']);
    expect(await html(visitor, `/apis/${api}`)).toContain(`specifications/${second}"`);
    const { data } = (await admin.konnect('GET', versions)) as unknown as { data: { id: string }[] };
    expect(await html(visitor, `/apis/${api}?version=${data[0].id}`)).toContain(
      `specifications/${data[0].id}"`,
    );
    expect((await visitor.get(`/apis/${api}/specifications/none`)).status).toBe(404);
  });
});

describe('applications', () => {
  test('a new one is used for one API, and again for another', async () => {
    const { id, visitor } = await createPortal({ auto_approve_developers: true });
    const publication = { visibility: 'public', auth_strategy_ids: [await admin.createStrategy()] };
    const first = await admin.publishApi(id, 'first', publication);
    const second = await admin.publishApi(id, 'second', publication);
    await enter(visitor, 'j@example.test');
    const form = { application: 'new', name: 'My app', client_id: '0oa2' };
    const { status, headers } = await visitor.submit(registerAt(first), form);
    const [, path = '', application = ''] =
      /^\/[^/]+(\/applications\/(.*))$/.exec(headers.get('location') ?? '') ?? [];
    expect(status).toBe(303);
    expect(await html(visitor, registerAt(second))).toContain(`value="${application}"`);
    const again = await visitor.submit(registerAt(second), { ...form, application });
    expect(again.headers.get('location')).toBe(`/portal-${count}${path}`);
    const page = await html(visitor, path);
    expect(page.match(/>pending</g)).toHaveLength(2);
    expect(page).toContain('The Okta org of the sandbox has no client with this id');
    expect(await html(visitor, '/applications')).toContain('>My app<');
  });

  test('shows why an application or registration is refused', async () => {
    const { id, visitor } = await createPortal();
    const publication = { visibility: 'public', auth_strategy_ids: [await admin.createStrategy()] };
    const api = await admin.publishApi(id, 'api', publication);
    await enter(visitor, 'k@example.test');
    const form = { application: 'new', name: 'My app', client_id: '0oa3' };
    await visitor.submit(registerAt(api), form);
    const again = await visitor.submit(registerAt(api), form);
    expect([again.status, again.html.includes('with the client id 0oa3 already exists')]).toEqual([
      409,
      true,
    ]);
    const without = await visitor.submit(registerAt(api), { ...form, client_id: '' });
    expect(without.html).toContain('<p>Client id: is required');
    const unnamed = await visitor.submit(registerAt(api), { ...form, name: ' ', client_id: '0oa9' });
    expect([unnamed.status, unnamed.html.includes('<p>Name: is required')]).toEqual([400, true]);
  });

  test('are deleted with their registrations, to correct a client id', async () => {
    const { id, visitor } = await createPortal();
    const publication = { visibility: 'public', auth_strategy_ids: [await admin.createStrategy()] };
    const api = await admin.publishApi(id, 'api', publication);
    await enter(visitor, 'p@example.test');
    const form = { application: 'new', name: 'My app', client_id: 'a typo' };
    const { headers } = await visitor.submit(registerAt(api), form);
    const path = headers.get('location')?.replace(/^\/[^/]+/, '') ?? '';
    const [, deletion = ''] =
      /action="\/[^/]+(\/applications\/[^"]+\/registrations\/[^"]+)"/.exec(await html(visitor, path)) ?? [];
    expect((await visitor.submit(deletion, {})).headers.get('location')).toBe(`/portal-${count}${path}`);
    expect(await html(visitor, path)).toContain('This application is registered for no API.');
    expect((await visitor.submit(`${path}/delete`, {})).headers.get('location')).toBe(
      `/portal-${count}/applications`,
    );
    expect(await html(visitor, '/applications')).toContain('You have no application yet.');
    expect((await visitor.submit(registerAt(api), { ...form, client_id: '0oa5' })).status).toBe(303);
  });

  test('belong to their developer', async () => {
    const { id, visitor } = await createPortal();
    const publication = { visibility: 'public', auth_strategy_ids: [await admin.createStrategy()] };
    const api = await admin.publishApi(id, 'api', publication);
    await enter(visitor, 'l@example.test');
    const form = { application: 'new', name: 'My app', client_id: '0oa4' };
    const { headers } = await visitor.submit(registerAt(api), form);
    const path = headers.get('location')?.replace(/^\/[^/]+/, '') ?? '';
    const otherVisitor = new PageVisitor(`${sandbox.portal.url}/portal-${count}`);
    await enter(otherVisitor, 'm@example.test');
    expect((await otherVisitor.get(path)).status).toBe(404);
    expect((await otherVisitor.submit(`${path}/requests`, { api })).status).toBe(404);
    expect((await visitor.get(path)).status).toBe(200);
  });
});

test('the first page lists the portals, by id where the name is no path', async () => {
  const { id } = await admin.konnect('POST', '/v3/portals', { name: 'My portal', ...EVERYTHING });
  const { html: page } = await new PageVisitor(sandbox.portal.url).get('/');
  expect(page).toContain(`href="/${id}">My portal<`);
  const visitor = new PageVisitor(`${sandbox.portal.url}/My%20portal`);
  await visitor.submit('/sign-up', { full_name: 'Ada', email: 'n@example.test' });
  const [{ token }] = sandbox.portal.mailsTo('n@example.test');
  const { headers } = await visitor.submit('/verify-email', { token });
  expect(headers.get('location')).toContain('/My%20portal/reset-password?token=');
});

test('the path of a session cookie is as browsers write it', async () => {
  const name = 'a portal; Domain=example';
  await admin.konnect('POST', '/v3/portals', { name, ...EVERYTHING });
  const visitor = new PageVisitor(`${sandbox.portal.url}/${encodeURIComponent(name)}`);
  const email = 'o@example.test';
  await visitor.signUp(email, PASSWORD, () => sandbox.portal.mailsTo(email));
  const { headers } = await visitor.submit('/sign-in', { username: email, password: PASSWORD });
  expect(headers.getSetCookie()[0]).toContain('; Path=/a%20portal%3B%20Domain%3Dexample;');
});
