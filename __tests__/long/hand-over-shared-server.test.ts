import { Testing } from 'cdktf';
import { AuthorizationServer, Moves, OktaDevPortalOidc } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { stackWithProviders } from '../support/how-to';
import { describeWithTerraform } from '../support/sandbox';

/** Two authentications on the default server, which the first one references. */
function unshared(): string {
  const stack = stackWithProviders();
  for (const name of ['first', 'second']) {
    new OktaDevPortalOidc(stack, name, { name });
  }
  return Testing.synth(stack, true);
}

/** The stack with one reference to the server. */
function shared(
  names: readonly string[],
  change: (first?: OktaDevPortalOidc) => void = () => undefined,
): string {
  const stack = stackWithProviders();
  const authorizationServer = AuthorizationServer.fromDefault(stack, 'server');
  Moves.from(authorizationServer, 'first/AuthorizationServer');
  const [first] = names.map((name) => new OktaDevPortalOidc(stack, name, { name, authorizationServer }));
  change(first);
  return Testing.synth(stack, true);
}

describeWithTerraform('an authentication whose claim and scope another one uses', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  const planned = async (json: string) =>
    (await sandbox.planJson('stack', json)).changes
      .map(({ address, actions }) => `${actions.join(' ')} ${address.split('.')[0]}`)
      .filter((change) => !change.startsWith('no-op'));

  test('is handed over without them', async () => {
    await sandbox.deployJson('stack', unshared());
    const before = [sandbox.okta.snapshot(), sandbox.konnect.snapshot()];
    const released = shared(['first', 'second'], (first) => first?.release());
    expect(await planned(released)).toEqual(['forget konnect_application_auth_strategy']);
    await sandbox.deployJson('stack', released);
    expect(await planned(shared(['second']))).toEqual([]);
    expect([sandbox.okta.snapshot(), sandbox.konnect.snapshot()]).toEqual(before);
  }, 60_000);
});
