import { TerraformOutput, Testing } from 'cdktf';
import { OktaDevPortalOidc, type OktaDevPortalOidcProps } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { stackWithProviders } from '../support/how-to';
import { describeWithTerraform } from '../support/sandbox';

const APP = { label: 'App', redirectUris: ['https://localhost/callback'] };

/** A stack with an authentication. */
function synthesize(props: OktaDevPortalOidcProps, add: (oidc: OktaDevPortalOidc) => void = () => undefined) {
  const stack = stackWithProviders();
  add(new OktaDevPortalOidc(stack, 'oidc', props));
  return Testing.synth(stack, true);
}

/** The stack that creates the client, with its id as an output. */
const creating = () =>
  synthesize({ clients: { app: APP } }, (oidc) => {
    new TerraformOutput(oidc, 'client-id', { value: oidc.clients[0]?.clientId, staticId: true });
  });

describeWithTerraform('a client that is handed over', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  const planned = async (json: string) =>
    (await sandbox.planJson('stack', json)).changes.map(
      ({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`,
    );

  test('stays in the access policy, which does not change', async () => {
    const { outputs } = await sandbox.deployJson('stack', creating());
    const clientId = String(outputs['client-id']);
    const before = sandbox.okta.snapshot();
    const released = synthesize({ clients: { app: APP } }, (oidc) => {
      oidc.clients[0]?.release();
      oidc.allowClient(clientId);
    });
    expect(await planned(released)).toEqual(['forget okta_app_oauth']);
    await sandbox.deployJson('stack', released);
    expect(await planned(synthesize({ allowedClientIds: [clientId] }))).toEqual([]);
    expect(sandbox.okta.snapshot()).toEqual(before);
  }, 60_000);
});
