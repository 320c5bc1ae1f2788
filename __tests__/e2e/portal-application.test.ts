import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { synthesizeExample } from '../support/examples';
import { describeWithTerraform } from '../support/sandbox';

/*
 * The whole how-to with nothing left to do by hand: examples/portal-application with real Terraform, and
 * what a change of the auth strategy does to the registered application.
 */
const NAME = 'portal-application';

/** The example with another scope, which changes the auth strategy. */
const rescoped = (json: string) => json.replaceAll('"api.access"', '"orders.read"');

describeWithTerraform('an application on the portal', () => {
  let json: string;
  let sandbox: Sandbox;

  beforeAll(() => {
    [{ json }] = synthesizeExample(NAME).stacks;
  }, 60_000);

  /** Status and reason that the gateway answers the client of the stack. */
  async function call(): Promise<[status: number, reason: string]> {
    const { client_id: id, client_secret: secret } = await sandbox.workspace(NAME).outputs();
    const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
    const response = await fetch(`${sandbox.gateway.url}/anything`, { headers: { authorization } });
    await response.text();
    return [response.status, response.headers.get('x-sandbox-reason') ?? ''];
  }

  const snapshots = () => [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];

  /** Types and actions of what a plan changes, sorted. */
  async function planned(changed: string): Promise<string[]> {
    const { changes } = await sandbox.planJson(NAME, changed);
    return changes.map(({ address, actions }) => `${address.split('.')[0]}: ${actions.join(', ')}`).sort();
  }

  /** What a deployment writes to Konnect: method and last collection of the path. */
  async function deployed(changed: string): Promise<string[]> {
    sandbox.requests.clear();
    await sandbox.deployJson(NAME, changed);
    return sandbox.requests
      .writes()
      .filter(({ service }) => service === 'konnect')
      .map(({ method, path }) => {
        const collections = path.split(/[/?]/).filter((segment) => /^[a-z]{3,}(-[a-z]+)*$/.test(segment));
        return `${method} ${collections.at(-1)}`;
      });
  }

  describe('with a provider that replaces strategies, as before 3.22', () => {
    let before: object[];

    beforeAll(async () => {
      sandbox = await Sandbox.start();
      before = snapshots();
      await sandbox.deployJson(NAME, json);
    }, 60_000);

    afterAll(() => sandbox.stop());

    test('is registered by the deployment: 200 with no further command', async () => {
      expect(await call()).toEqual([200, '']);
    });

    test('plans nothing afterwards', async () => {
      expect(await planned(json)).toEqual([]);
    }, 30_000);

    test('is replaced with its strategy and is let in again', async () => {
      expect(await planned(rescoped(json))).toEqual([
        'konnect_api_publication: update',
        'konnect_application_auth_strategy: create, delete',
        'konnect_portal_application: delete, create',
        'konnect_portal_application_registration: delete, create',
        'okta_auth_server_policy_rule: update',
        'okta_auth_server_scope: update',
        'terraform_data: delete, create',
      ]);
      const written = await deployed(rescoped(json));
      expect([...written].sort()).toEqual([
        'DELETE application-auth-strategies',
        'DELETE applications',
        'DELETE registrations',
        'POST application-auth-strategies',
        'POST applications',
        'POST registrations',
        'PUT publications',
      ]);
      const order = (...writes: string[]) => writes.map((write) => written.indexOf(write));
      // Konnect refuses a client id that another application has, and a registration while the API has the
      // old strategy; and it does not delete a strategy in use.
      for (const places of [
        order('DELETE registrations', 'DELETE applications', 'POST applications', 'POST registrations'),
        order('POST application-auth-strategies', 'PUT publications', 'POST registrations'),
        order('PUT publications', 'DELETE application-auth-strategies'),
      ]) {
        expect(places).toEqual([...places].sort((left, right) => left - right));
      }
      expect(await call()).toEqual([200, '']);
      expect(await planned(rescoped(json))).toEqual([]);
    }, 60_000);

    test('stays when the strategy is changed in Konnect first', async () => {
      await sandbox.deployJson(NAME, json);
      const [{ id, configs }] = strategies();
      const config = { ...configs['openid-connect'], scopes: ['orders.read'] };
      await new Admin(sandbox).konnect('PATCH', `/v2/application-auth-strategies/${id}`, {
        configs: { 'openid-connect': config },
      });
      expect(await planned(rescoped(json))).toEqual([
        'okta_auth_server_policy_rule: update',
        'okta_auth_server_scope: update',
      ]);
      expect(await deployed(rescoped(json))).toEqual([]);
      expect(await call()).toEqual([200, '']);
    }, 60_000);

    test('is created anew with a developer of another name, whose applications Konnect deletes', async () => {
      const renamed = rescoped(json).replace(/"full_name": ?"Developer"/g, '"full_name":"Dev Eloper"');
      expect(await planned(renamed)).toEqual([
        'konnect_portal_application: delete, create',
        'konnect_portal_application_registration: delete, create',
        'konnect_portal_developer: delete, create',
        'terraform_data: delete, create',
      ]);
      await deployed(renamed);
      expect(await call()).toEqual([200, '']);
      expect(await planned(renamed)).toEqual([]);
    }, 60_000);

    test('leaves both tenants as they were when it is destroyed', async () => {
      await sandbox.destroy(NAME);
      expect(snapshots()).toEqual(before);
    }, 30_000);
  });

  describe('with a provider that changes strategies in place, as from 3.22 on', () => {
    beforeAll(async () => {
      sandbox = await Sandbox.start({ strategiesInPlace: true });
      await sandbox.deployJson(NAME, json);
    }, 60_000);

    afterAll(() => sandbox.stop());

    test('stays registered when the strategy changes', async () => {
      expect(await planned(rescoped(json))).toEqual([
        'konnect_application_auth_strategy: update',
        'okta_auth_server_policy_rule: update',
        'okta_auth_server_scope: update',
      ]);
      expect(await deployed(rescoped(json))).toEqual(['PUT application-auth-strategies']);
      expect(await call()).toEqual([200, '']);
      expect(await planned(rescoped(json))).toEqual([]);
    }, 60_000);
  });

  interface Strategy {
    readonly id: string;
    readonly configs: { readonly [type: string]: object };
  }

  const strategies = () => (sandbox.konnect.snapshot() as { strategies: Strategy[] }).strategies;
});
