import { Testing } from 'cdktf';
import {
  DeveloperStatus,
  type DevPortal,
  type OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
  PortalDeveloper,
  ProviderVersions,
} from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform, howToStack } from '../support/sandbox';

/*
 * What becomes of settings that the code does not name any more. The provider keeps an attribute that is left out,
 * so each docstring says how to take it out, or that it stays.
 */
const EVERYTHING = {
  scopesRequired: ['api.access'],
  audienceRequired: ['api://other'],
  additionalProperties: { ssl_verify: true },
  labels: { team: 'orders' },
};

/** The how-to with a registered application. In addition to labels, only that application has optional props. */
function howTo(props: Partial<OktaDevPortalOidcProps>): string {
  const { labels } = props;
  const stack = howToStack({ oidc: props });
  ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
  const portal = stack.node.findChild('portal') as DevPortal;
  const oidc = stack.node.findChild('oidc') as OktaDevPortalOidc;
  const developer = new PortalDeveloper(stack, 'developer', {
    portal,
    email: 'dev@example.com',
    fullName: 'Dev',
    status: labels && DeveloperStatus.APPROVED,
  });
  const description = labels && 'Orders';
  const options = { labels, description, approved: labels && true };
  oidc.registerClient('my-app', { client: oidc.clients[0], developer, ...options });
  return Testing.synth(stack);
}

describeWithTerraform('settings that are taken out', () => {
  describe.each([
    ['replaces strategies', false],
    ['changes strategies in place', true],
  ])('with a provider that %s', (_what, strategiesInPlace) => {
    let sandbox: Sandbox;

    beforeAll(async () => {
      sandbox = await Sandbox.start({ strategiesInPlace });
      await sandbox.deployJson('how-to', howTo(EVERYTHING));
    }, 60_000);

    afterAll(() => sandbox.stop());

    const planned = async (json: string) =>
      (await sandbox.planJson('how-to', json)).changes.map(({ address }) => address.split('.')[0]);

    /** Status and reason that the gateway answers the client. */
    async function call(): Promise<[status: number, reason: string | null]> {
      const { client_id: id, client_secret: secret } = await sandbox.workspace('how-to').outputs();
      const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
      const response = await fetch(`${sandbox.gateway.url}/anything`, { headers: { authorization } });
      await response.text();
      return [response.status, response.headers.get('x-sandbox-reason')];
    }

    test('stay where all are left out', async () => {
      expect(await planned(howTo({}))).toEqual([]);
      expect(await call()).toEqual([403, 'the token has no audience api://other in aud']);
    });

    test('of the plugin go with an empty object in their place, for good', async () => {
      const none = { ...EVERYTHING, scopesRequired: undefined, audienceRequired: undefined };
      const json = howTo({ ...none, additionalProperties: {} });
      expect(await planned(json)).toContain('konnect_application_auth_strategy');
      await sandbox.deployJson('how-to', json);
      expect(await call()).toEqual([200, null]);
      expect(await planned(json)).toEqual([]);
    });
  });
});
