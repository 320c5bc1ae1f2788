import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';
import { PageVisitor } from '../../support/page-visitor';
import { describeWithTerraform, howToStack } from '../../support/sandbox';

/*
 * The pages in place of the consoles of Konnect and Okta: approvals, and the clients with their secrets.
 */
const PASSWORD = 'correct horse';
const EMAIL = 'ada@example.test';

describe('approvals', () => {
  let sandbox: Sandbox;
  let start: PageVisitor;
  let visitor: PageVisitor;
  let api: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    start = new PageVisitor(sandbox.portal.url);
    const admin = new Admin(sandbox);
    const { id } = await admin.konnect('POST', '/v3/portals', { name: 'manual' });
    const publication = { visibility: 'public', auth_strategy_ids: [await admin.createStrategy()] };
    api = await admin.publishApi(id, 'api', publication);
    visitor = new PageVisitor(`${sandbox.portal.url}/manual`);
  });

  afterAll(() => sandbox.stop());

  /** The fields of the only form of the page of approvals. */
  const pending = async () => {
    const { html } = await start.get('/approvals');
    expect(html.match(/aria-label="Approve /g)).toHaveLength(1);
    const fields = [...html.matchAll(/type="hidden" name="(\w+)" value="([^"]+)"/g)];
    return {
      name: /aria-label="Approve ([^"]+)"/.exec(html)?.[1],
      fields: fields.map(([, name, value]): [string, string] => [name, value]),
    };
  };

  test('are linked from the list of portals, and empty at first', async () => {
    expect((await start.get('/')).html).toMatch(/<main[\s\S]*href="\/approvals"[\s\S]*<\/main>/);
    expect((await start.get('/approvals')).html).toContain('No developer and no registration is pending.');
  });

  test('let a developer in, then the registration of an application', async () => {
    await visitor.signUp(EMAIL, PASSWORD, () => sandbox.portal.mailsTo(EMAIL), 'Ada');
    const developer = await pending();
    expect(developer.name).toBe('Ada, ada@example.test');
    const { status, headers } = await start.submit('/approvals', developer.fields);
    expect([status, headers.get('location')]).toEqual([303, '/approvals']);
    const signIn = { username: EMAIL, password: PASSWORD };
    expect((await visitor.submit('/sign-in', signIn)).status).toBe(303);

    const form = { application: 'new', name: 'My app', client_id: '0oa1' };
    const registered = await visitor.submit(`/apis/${api}/register`, form);
    const path = registered.headers.get('location')?.replace('/manual', '') ?? '';
    expect((await visitor.get(path)).html).toMatch(/>pending<[\s\S]*href="\/approvals"[\s\S]*<\/main>/);
    const registration = await pending();
    expect(registration.name).toMatch(/^My app for api-/);
    await start.submit('/approvals', registration.fields);
    expect((await visitor.get(path)).html).toContain('>approved<');
    expect((await start.get('/approvals')).html).toContain('No developer and no registration is pending.');
  });

  test('take no form of another page, and show what Konnect refuses', async () => {
    const before = sandbox.konnect.snapshot();
    const foreign = { origin: 'http://attacker.example' };
    expect((await start.submit('/approvals', { portal: 'a', developer: 'b' }, foreign)).status).toBe(403);
    const unknown = await start.submit('/approvals', { portal: 'a', developer: '../../portals' });
    expect([unknown.status, unknown.html.includes('not found')]).toEqual([404, true]);
    expect((await start.submit('/approvals', { portal: 'a' })).status).toBe(404);
    expect(sandbox.konnect.snapshot()).toEqual(before);
  });
});

describeWithTerraform('the clients', () => {
  test('have their secrets and a request, also without a registration', async () => {
    const sandbox = await Sandbox.start();
    try {
      await sandbox.deploy(howToStack());
      const { html } = await new PageVisitor(sandbox.portal.url).get('/clients');
      const [{ clientId, clientSecret }] = sandbox.okta.clients();
      expect(html).toContain('>Dev Portal app<');
      expect(html).toContain(`<code>${clientSecret}</code>`);
      expect(html).toContain(
        `curl -i -u &#39;${clientId}:${clientSecret}&#39; &#39;${sandbox.gateway.url}/anything&#39;`,
      );
    } finally {
      await sandbox.stop();
    }
  });
});
