import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../../support/admin';
import { PageVisitor } from '../../support/page-visitor';
import { describeWithTerraform, howToStack } from '../../support/sandbox';

/*
 * The request on the page of an application: by the route of the API, with the credentials of the client.
 */
const PASSWORD = 'correct horse';
const EMAIL = 'a@example.test';

describeWithTerraform('the request of an application page', () => {
  let sandbox: Sandbox;
  let admin: Admin;
  let visitor: PageVisitor;
  let portal: string;
  let api: string;
  let clientId: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
    const route = { paths: ['~/regex', '/anything'], hosts: ['*.example.com', 'api.example.com'] };
    const { outputs } = await sandbox.deploy(
      howToStack({ service: { routes: { 'example-route': { ...route, methods: ['POST'] } } } }),
    );
    [portal, api, clientId] = [outputs.portal_id, outputs.api_id, outputs.client_id].map(String);
    visitor = new PageVisitor(`${sandbox.portal.url}/MyDevPortal`);
    await visitor.signUp(EMAIL, PASSWORD, () => sandbox.portal.mailsTo(EMAIL));
    await visitor.submit('/sign-in', { username: EMAIL, password: PASSWORD });
  });

  afterAll(() => sandbox.stop());

  test('is refused until the registration is approved, then opens the API', async () => {
    expect((await visitor.get(`/apis/${api}/register`)).html).toContain(`<code>${clientId}</code>`);
    const form = { application: 'new', name: 'App', client_id: clientId };
    const { headers } = await visitor.submit(`/apis/${api}/register`, form);
    const page = headers.get('location')?.replace('/MyDevPortal', '') ?? '';
    const { html } = await visitor.get(page);
    expect(html).toContain('curl -i -X POST -H &#39;host: api.example.com&#39; -u &#39;');
    expect(html).toContain(`&#39;${sandbox.gateway.url}/anything&#39;`);

    const send = async () => (await visitor.submit(`${page}/requests`, { api })).html;
    expect(await send()).toMatch(/>403 Forbidden<.*\s*<p>.*registration/);

    const applications = `/v3/portals/${portal}/applications`;
    const registrations = `${applications}/${page.split('/').at(-1)}/registrations`;
    const [{ id }] = await admin.konnectList(registrations);
    await admin.konnect('PATCH', `${registrations}/${id}`, { status: 'approved' });
    expect(await send()).toContain('>200 OK<');
  });

  test('is not proposed for an API without a route', async () => {
    const [{ id: strategyId }] = await admin.konnectList('/v2/application-auth-strategies');
    const publication = { visibility: 'public', auth_strategy_ids: [strategyId] };
    const bare = await admin.publishApi(portal, 'bare', publication);
    const form = { application: 'new', name: 'Bare', client_id: 'another' };
    const { headers } = await visitor.submit(`/apis/${bare}/register`, form);
    const page = headers.get('location')?.replace('/MyDevPortal', '') ?? '';
    const { html } = await visitor.get(page);
    expect(html).toContain('No request to propose');
    expect(html).not.toContain('curl');
    expect((await visitor.submit(`${page}/requests`, { api: bare })).html).not.toContain('role="status"');
  });
});
