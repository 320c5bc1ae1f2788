import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { DevPortal, OktaDevPortalOidc, PortalApi } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { OktaRequests } from '../../test-support/okta-requests';
import { describeWithTerraform } from '../../test-support/sandbox';

/*
 * Okta answers 100 requests a minute for creating applications. 100 published APIs with a client each send twice as
 * many: they wait for the second and third window. A minute takes three seconds here.
 */
const APIS = 100;
const LIMIT = { requests: 100, seconds: 3 };

/** Published APIs with a client each. */
function stackOf(apis: number): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'many');
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const portal = new DevPortal(stack, 'portal', { name: 'MyDevPortal' });
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  for (let index = 0; index < apis; index++) {
    const api = new PortalApi(stack, `api-${index}`, { name: `API ${index}` });
    oidc.publish(`api-${index}`, { api, portal });
    oidc.addClient(`client-${index}`, {
      label: `Client ${index}`,
      redirectUris: ['https://localhost/callback'],
    });
  }
  return stack;
}

describeWithTerraform('a hundred APIs under a rate limit', () => {
  let sandbox: Sandbox;
  let requests: OktaRequests;

  beforeAll(async () => {
    sandbox = await Sandbox.start({ oktaRateLimit: LIMIT });
    requests = new OktaRequests(sandbox);
  });

  afterAll(async () => {
    requests.remove();
    await sandbox.stop();
  });

  /** Labels of all clients, as often as there are such. */
  const labels = () => {
    const { applications } = sandbox.okta.snapshot() as { applications: { entity: { label: string } }[] };
    return applications.map(({ entity }) => entity.label).sort();
  };

  test('are deployed, each once, and every refusal is waited for', async () => {
    await sandbox.deploy(stackOf(APIS));
    expect(labels()).toEqual(Array.from({ length: APIS }, (_, index) => `Client ${index}`).sort());
    expect(requests.refused).toBeGreaterThan(0);
    expect(requests.again).toBe(requests.refused);
    expect(requests.tooEarly).toEqual([]);
    // The provider gives up after the sixth refusal of a request.
    expect(requests.most).toBeLessThan(6);
  });

  test('are planned again without a change', async () => {
    expect((await sandbox.plan(stackOf(APIS))).changes).toEqual([]);
    expect(requests.tooEarly).toEqual([]);
  });

  test('are destroyed', async () => {
    await sandbox.destroy('many');
    expect(labels()).toEqual([]);
    expect(requests.again).toBe(requests.refused);
    expect(requests.tooEarly).toEqual([]);
  });
});
