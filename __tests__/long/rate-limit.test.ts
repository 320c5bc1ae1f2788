import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { manyApisStack } from '../support/many-apis';
import { OktaRequests } from '../support/okta-requests';
import { describeWithTerraform } from '../support/sandbox';

/*
 * Okta answers 100 requests a minute for creating applications. 100 published APIs with a client each send twice as
 * many: they wait for the second and third window. A minute takes three seconds here.
 */
const APIS = 100;
const LIMIT = { requests: 100, seconds: 3 };

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
    await sandbox.deploy(manyApisStack(APIS));
    expect(labels()).toEqual(Array.from({ length: APIS }, (_, index) => `Client ${index}`).sort());
    expect(requests.refused).toBeGreaterThan(0);
    expect(requests.again).toBe(requests.refused);
    expect(requests.tooEarly).toEqual([]);
    // The provider gives up after the sixth refusal of a request.
    expect(requests.most).toBeLessThan(6);
  });

  test('are planned again without a change', async () => {
    expect((await sandbox.plan(manyApisStack(APIS))).changes).toEqual([]);
    expect(requests.tooEarly).toEqual([]);
  });

  test('are destroyed', async () => {
    await sandbox.destroy('many');
    expect(labels()).toEqual([]);
    expect(requests.again).toBe(requests.refused);
    expect(requests.tooEarly).toEqual([]);
  });
});
