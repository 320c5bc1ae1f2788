import { MailPurpose, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';

/*
 * The developer's side of a portal: signing up and in, what they see, their applications and registrations.
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

interface Answer {
  readonly status: number;
  readonly body: { readonly [field: string]: unknown };
  readonly cookie: string;
}

/** A visitor of one portal, with the cookies that it was given. */
class Visitor {
  public constructor(
    public readonly portal: string,
    private readonly cookie = '',
  ) {}

  public async send(method: string, path: string, body?: object): Promise<Answer> {
    const response = await fetch(`${sandbox.portal.url}/${this.portal}/api/v3${path}`, {
      method,
      headers: { cookie: this.cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const cookie = response.headers.getSetCookie().map((each) => each.split(';')[0]);
    return { status: response.status, body: text ? JSON.parse(text) : {}, cookie: cookie.join('; ') };
  }

  public async names(path: string): Promise<unknown[]> {
    const { body } = await this.send('GET', path);
    return (body.data as { name?: string }[]).map(({ name }) => name);
  }

  /** Signs up and sets the password with the tokens of the mails. */
  public async signUp(email: string): Promise<void> {
    expect(await this.send('POST', '/developer', { email, full_name: 'Dev' })).toMatchObject({ status: 201 });
    const [{ token }] = sandbox.portal.mailsTo(email);
    const verified = await this.send('POST', '/developer/verify-email', { token });
    expect(verified).toMatchObject({ status: 202, body: { email } });
    const reset = { token: verified.body.token, password: PASSWORD };
    expect((await this.send('POST', '/developer/reset-password', reset)).status).toBe(204);
  }

  public signIn(username: string, password = PASSWORD): Promise<Answer> {
    return this.send('POST', '/developer/authenticate', { username, password });
  }

  /** Signs up and in. */
  public async enter(email: string): Promise<Visitor> {
    await this.signUp(email);
    const { status, cookie } = await this.signIn(email);
    expect(status).toBe(204);
    return new Visitor(this.portal, cookie);
  }
}

/** A new portal, by its domain. */
async function portal(properties: object = EVERYTHING): Promise<{ visitor: Visitor; id: string }> {
  count += 1;
  const created = await admin.konnect('POST', '/v3/portals', { name: `portal-${count}`, ...properties });
  const { default_domain: domain } = created as unknown as { default_domain: string };
  return { visitor: new Visitor(domain), id: created.id };
}

describe('signing up', () => {
  test('needs a mail and a password, then the developer is signed in', async () => {
    const { visitor } = await portal();
    const developer = await visitor.enter('a@example.test');
    expect(await developer.send('GET', '/developer/me')).toMatchObject({
      status: 200,
      body: { email: 'a@example.test', full_name: 'Dev' },
    });
  });

  test('answers under the id of the portal too', async () => {
    const { visitor, id } = await portal();
    await visitor.signUp('id@example.test');
    expect((await new Visitor(id).signIn('id@example.test')).status).toBe(204);
  });

  test('obeys automatic approval: without it nobody gets in before approval', async () => {
    const { visitor, id } = await portal({});
    await visitor.signUp('b@example.test');
    const refused = await visitor.signIn('b@example.test');
    expect([refused.status, refused.body.detail, refused.cookie]).toEqual([
      401,
      'The account is not approved: it is pending',
      '',
    ]);
    const path = `/v3/portals/${id}/developers/${await admin.developerId(id, 'b@example.test')}`;
    await admin.konnect('PATCH', path, { status: 'approved' });
    expect((await visitor.signIn('b@example.test')).status).toBe(204);
    await admin.konnect('PATCH', path, { status: 'revoked' });
    expect((await visitor.signIn('b@example.test')).status).toBe(401);
  });

  test('an invited developer sets the password with the token of the mail', async () => {
    const { visitor, id } = await portal();
    const email = 'invited@example.test';
    const developer = { email, full_name: 'Dev', send_invitation_email: true };
    await admin.konnect('POST', `/v3/portals/${id}/developers`, developer);
    const [{ token, purpose }] = sandbox.portal.mailsTo(email);
    expect(purpose).toBe(MailPurpose.SET_PASSWORD);
    await visitor.send('POST', '/developer/reset-password', { token, password: 'new' });
    expect((await visitor.signIn(email, 'new')).status).toBe(204);
  });

  test.each([
    ['no name', { email: 'c@example.test' }, 'full_name'],
    ['no address', { email: 'nobody', full_name: 'Dev' }, 'email'],
    ['an address that is taken', { email: 'taken@example.test', full_name: 'Dev' }, 'email'],
    ['a password', { email: 'c@example.test', full_name: 'Dev', password: 'x' }, 'password'],
  ])('refuses %s: 400', async (_what, body, field) => {
    const { visitor } = await portal();
    await visitor.send('POST', '/developer', { email: 'taken@example.test', full_name: 'Dev' });
    expect(await visitor.send('POST', '/developer', body)).toMatchObject({
      status: 400,
      body: { invalid_parameters: [{ field }] },
    });
  });

  test('refuses tokens that are unknown, of another mail, spent or expired', async () => {
    const { visitor } = await portal();
    const email = 'tokens@example.test';
    const verify = async (token: string) =>
      (await visitor.send('POST', '/developer/verify-email', { token })).status;
    await visitor.send('POST', '/developer', { email, full_name: 'Dev' });
    const [{ token }] = sandbox.portal.mailsTo(email);
    expect(await verify('11111111-2222-4333-8444-555555555555')).toBe(404);
    expect((await visitor.send('POST', '/developer/reset-password', { token, password: 'x' })).status).toBe(
      404,
    );
    const elsewhere = (await portal()).visitor;
    expect((await elsewhere.send('POST', '/developer/verify-email', { token })).status).toBe(404);
    expect([await verify(token), await verify(token)]).toEqual([202, 410]);
    await visitor.send('POST', '/developer/forgot-password', { email });
    sandbox.clock.advance(24 * 60 * 60 + 1);
    const late = { token: sandbox.portal.mailsTo(email)[1].token, password: 'x' };
    expect((await visitor.send('POST', '/developer/reset-password', late)).status).toBe(410);
  });
});

describe('signing in', () => {
  test('refuses a wrong password and an unknown address alike', async () => {
    const { visitor } = await portal();
    await visitor.signUp('d@example.test');
    const answers = [await visitor.signIn('d@example.test', 'wrong'), await visitor.signIn('x@example.test')];
    expect(answers.map(({ status, body, cookie }) => [status, body.detail, cookie])).toEqual([
      [401, 'E-mail address or password is wrong', ''],
      [401, 'E-mail address or password is wrong', ''],
    ]);
  });

  test('a session ends with its hour, with signing out, and with the portal', async () => {
    const { visitor } = await portal();
    const me = async (developer: Visitor) => (await developer.send('GET', '/developer/me')).status;
    const developer = await visitor.enter('e@example.test');
    expect([await me(visitor), await me(developer)]).toEqual([401, 200]);
    sandbox.clock.advance(60 * 60 + 1);
    expect(await me(developer)).toBe(401);
    const { status, cookie } = await developer.send('POST', '/developer/refresh');
    const refreshed = new Visitor(visitor.portal, cookie);
    expect([status, await me(refreshed)]).toEqual([204, 200]);
    const elsewhere = new Visitor((await portal()).id, cookie);
    expect([await me(elsewhere), (await elsewhere.send('GET', '/apis')).status]).toEqual([401, 401]);
    expect((await refreshed.send('POST', '/developer/logout')).status).toBe(204);
    expect([await me(refreshed), (await developer.send('POST', '/developer/refresh')).status]).toEqual([
      401, 401,
    ]);
  });

  test('a developer is a developer of one portal', async () => {
    const { visitor } = await portal();
    await visitor.signUp('f@example.test');
    const other = (await portal()).visitor;
    expect((await other.signIn('f@example.test')).status).toBe(401);
  });

  test('does not exist on a portal without authentication, nor without a portal', async () => {
    const { visitor } = await portal({ authentication_enabled: false });
    const body = { email: 'g@example.test', full_name: 'Dev' };
    expect((await visitor.send('POST', '/developer', body)).status).toBe(404);
    expect((await visitor.signIn('g@example.test')).status).toBe(404);
    expect((await visitor.send('GET', '/applications')).status).toBe(404);
    expect((await visitor.send('GET', '/apis')).status).toBe(200);
    expect((await new Visitor('nowhere').send('GET', '/apis')).status).toBe(404);
  });
});

describe('APIs', () => {
  test('public ones are for everybody, private ones for who signed in', async () => {
    const { visitor, id } = await portal();
    const shown = await admin.publishApi(id, 'open', { visibility: 'public' });
    const hidden = await admin.publishApi(id, 'closed', { visibility: 'private' });
    const developer = await visitor.enter('h@example.test');
    expect(await visitor.names('/apis')).toEqual([`open-${id}`]);
    expect(await developer.names('/apis')).toEqual([`open-${id}`, `closed-${id}`]);
    const seen = async (who: Visitor, api: string) => (await who.send('GET', `/apis/${api}`)).status;
    expect([await seen(visitor, shown), await seen(visitor, hidden)]).toEqual([200, 404]);
    expect([await seen(developer, hidden), await seen(developer, `closed-${id}`)]).toEqual([200, 200]);
  });

  test('with RBAC a team has to be viewer or consumer; consumers register', async () => {
    const { visitor, id } = await portal({ ...EVERYTHING, rbac_enabled: true });
    const strategyId = await admin.createStrategy();
    const api = await admin.publishApi(id, 'closed', {
      visibility: 'private',
      auth_strategy_ids: [strategyId],
    });
    const developer = await visitor.enter('i@example.test');
    const teams = `/v3/portals/${id}/teams`;
    const team = await admin.konnect('POST', teams, { name: 'partners' });
    const actions = async () => (await developer.send('GET', `/apis/${api}/actions`)).body.actions;
    const assign = (role_name: string) =>
      admin.konnect('POST', `${teams}/${team.id}/assigned-roles`, {
        role_name,
        entity_id: api,
        entity_type_name: 'Services',
        entity_region: 'us',
      });
    await admin.konnect('POST', `${teams}/${team.id}/developers`, {
      id: await admin.developerId(id, 'i@example.test'),
    });
    expect(await developer.names('/developer/teams')).toEqual(['partners']);
    expect(await developer.names('/apis')).toEqual([]);

    const viewer = await assign('API Viewer');
    expect(await actions()).toEqual({ view: true, register: false, view_documentation: true });
    const application = { name: 'app', client_id: '0oa1', auth_strategy_id: strategyId };
    const created = await developer.send('POST', '/applications', application);
    const register = async () =>
      (await developer.send('POST', `/applications/${created.body.id}/registrations`, { api_id: api }))
        .status;
    expect(await register()).toBe(403);

    await assign('API Consumer');
    await admin.konnect('DELETE', `${teams}/${team.id}/assigned-roles/${viewer.id}`);
    expect(await actions()).toEqual({ view: true, register: true, view_documentation: true });
    expect(await register()).toBe(201);

    await admin.konnect('DELETE', `${teams}/${team.id}`);
    expect(await developer.names('/apis')).toEqual([]);
  });
});

describe('applications', () => {
  const application = (auth_strategy_id: string, more: object = {}) => ({
    name: 'My app',
    client_id: '0oa0example',
    auth_strategy_id,
    ...more,
  });

  test('carry the client id, and are registered and approved as the portal says', async () => {
    const { visitor, id } = await portal();
    const strategyId = await admin.createStrategy();
    const api_id = await admin.publishApi(id, 'api', {
      visibility: 'public',
      auth_strategy_ids: [strategyId],
    });
    const developer = await visitor.enter('j@example.test');
    expect(await developer.names('/application-auth-strategies')).toEqual(['Okta OIDC']);
    const created = await developer.send('POST', '/applications', application(strategyId));
    expect(created).toMatchObject({
      status: 201,
      body: {
        client_id: '0oa0example',
        auth_strategy: { id: strategyId, credential_type: 'self_managed_client_credentials' },
      },
    });
    const registrations = `/applications/${created.body.id}/registrations`;
    const registered = await developer.send('POST', registrations, { api_id });
    expect(registered).toMatchObject({
      status: 201,
      body: { status: 'approved', api_id, api_name: `api-${id}`, application_id: created.body.id },
    });
    expect((await developer.send('POST', registrations, { api_id })).status).toBe(409);
    await admin.konnect('PATCH', `/v3/portals/${id}`, { auto_approve_applications: false });
    const other = await admin.publishApi(id, 'other', {
      visibility: 'public',
      auth_strategy_ids: [strategyId],
    });
    const pending = await developer.send('POST', registrations, { api_id: other });
    expect(pending.body.status).toBe('pending');
    expect((await developer.send('DELETE', `${registrations}/${pending.body.id}`)).status).toBe(204);
    expect((await developer.send('GET', `${registrations}/${pending.body.id}`)).status).toBe(404);
    expect((await developer.send('DELETE', `/applications/${created.body.id}`)).status).toBe(204);
    expect(await developer.names('/applications')).toEqual([]);
  });

  test('keep the id of a strategy that is deleted; a publication keeps the strategy itself', async () => {
    const { visitor, id } = await portal();
    const strategyId = await admin.createStrategy();
    const path = `/v2/application-auth-strategies/${strategyId}`;
    const api = await admin.publishApi(id, 'api', { visibility: 'public', auth_strategy_ids: [strategyId] });
    const developer = await visitor.enter('o@example.test');
    const { body } = await developer.send('POST', '/applications', application(strategyId));
    await expect(admin.konnect('DELETE', path)).rejects.toThrow(': 409 ');
    await admin.konnect('DELETE', `/v3/apis/${api}/publications/${id}`);
    await admin.konnect('DELETE', path);
    expect(await developer.send('GET', `/applications/${body.id}`)).toMatchObject({
      status: 200,
      body: { auth_strategy: null },
    });
    expect(await admin.konnect('GET', `/v3/portals/${id}/applications/${body.id}`)).toMatchObject({
      auth_strategy: { id: strategyId },
    });
  });

  test('take the default strategy of the portal', async () => {
    const default_application_auth_strategy_id = await admin.createStrategy();
    const { visitor } = await portal({ ...EVERYTHING, default_application_auth_strategy_id });
    const developer = await visitor.enter('k@example.test');
    const { body } = await developer.send('POST', '/applications', { name: 'app', client_id: '0oa2' });
    expect(body.auth_strategy).toMatchObject({ id: default_application_auth_strategy_id });
  });

  test('are for their owner only, or for the team where teams can own them', async () => {
    const { visitor, id } = await portal();
    const strategyId = await admin.createStrategy();
    await admin.publishApi(id, 'api', { visibility: 'public', auth_strategy_ids: [strategyId] });
    const owner = await visitor.enter('l@example.test');
    const other = await visitor.enter('m@example.test');
    const { body } = await owner.send('POST', '/applications', application(strategyId));
    expect((await other.send('GET', `/applications/${body.id}`)).status).toBe(404);
    expect((await other.send('DELETE', `/applications/${body.id}`)).status).toBe(404);

    const teams = `/v3/portals/${id}/teams`;
    const team = await admin.konnect('POST', teams, { name: 'team', can_own_applications: true });
    const shared = application(strategyId, { name: 'shared', client_id: '0oa3', team_id: team.id });
    expect((await owner.send('POST', '/applications', shared)).status).toBe(403);
    for (const email of ['l@example.test', 'm@example.test']) {
      await admin.konnect('POST', `${teams}/${team.id}/developers`, {
        id: await admin.developerId(id, email),
      });
    }
    expect((await owner.send('POST', '/applications', shared)).body.team_id).toBe(team.id);
    expect(await other.names('/applications')).toEqual(['shared']);
  });

  test('are refused without session, strategy of the portal, client id or registration for it', async () => {
    const { visitor, id } = await portal();
    const strategyId = await admin.createStrategy();
    const published = await admin.publishApi(id, 'api', {
      visibility: 'public',
      auth_strategy_ids: [strategyId],
    });
    const bare = await admin.publishApi(id, 'bare', { visibility: 'public' });
    expect((await visitor.send('POST', '/applications', application(strategyId))).status).toBe(401);
    const developer = await visitor.enter('n@example.test');
    const create = (body: object) => developer.send('POST', '/applications', body);
    expect(await create(application(await admin.createStrategy()))).toMatchObject({
      status: 400,
      body: { invalid_parameters: [{ field: 'auth_strategy_id' }] },
    });
    expect((await create(application(strategyId, { client_id: '' }))).status).toBe(400);
    expect((await create(application(strategyId, { owner: {} }))).status).toBe(400);
    const { body } = await create(application(strategyId));
    expect((await create(application(strategyId))).status).toBe(409);
    const registrations = `/applications/${body.id}/registrations`;
    const register = async (api_id: string) =>
      (await developer.send('POST', registrations, { api_id })).status;
    expect([await register(bare), await register('11111111-2222-4333-8444-555555555555')]).toEqual([
      403, 404,
    ]);
    expect(await register(published)).toBe(201);
  });
});
