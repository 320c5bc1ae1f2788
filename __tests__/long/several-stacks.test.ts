import { join } from 'node:path';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DataTerraformRemoteStateLocal, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { Api, DevPortal, OktaDevPortalOidc, type OktaDevPortalOidcProps } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { describeWithTerraform } from '../support/sandbox';

/*
 * The access policies of a platform and of its client teams are on one authorization server, and Okta renumbers them
 * whenever one comes or goes. In any order of deployment, no stack's plan may show a change of another stack.
 */
describeWithTerraform('stacks with policies on one authorization server', () => {
  let sandbox: Sandbox;
  let admin: Admin;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
  });

  afterEach(() => sandbox.stop());

  function stackOf(name: string, add: (stack: TerraformStack) => void): TerraformStack {
    const stack = new TerraformStack(Testing.app(), name);
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    add(stack);
    return stack;
  }

  const clients = (name: string) => ({
    app: { label: name, redirectUris: ['https://example.com/callback'] },
  });

  const platform = (props: OktaDevPortalOidcProps = {}) =>
    stackOf('platform', (stack) => {
      new OktaDevPortalOidc(stack, 'oidc', { clients: clients('platform'), ...props });
    });

  const team = (name: string) =>
    stackOf(name, (stack) => {
      const oidc = OktaDevPortalOidc.fromAttributes(stack, 'oidc', {
        authorizationServerId: 'default',
        issuer: 'https://sandbox.okta.invalid/oauth2/default',
        scopeNames: ['api.access'],
        strategyId: '44444444-4444-4444-8444-444444444444',
      });
      oidc.addClient('app', clients(name).app);
    });

  async function policies(): Promise<string[]> {
    const answer = await admin.okta('GET', '/authorizationServers/default/policies');
    return (answer as unknown as { name: string }[]).map(({ name }) => name);
  }

  /** Stacks whose plan is not empty. */
  async function changed(stacks: readonly TerraformStack[]): Promise<string[]> {
    const found: string[] = [];
    for (const stack of stacks) {
      const { changes } = await sandbox.plan(stack);
      found.push(...changes.map(({ address, actions }) => `${stack.node.id} ${actions} ${address}`));
    }
    return found;
  }

  test.each([
    ['by itself', {}, [0, 1, 2]],
    ['by itself, the teams the other way round', {}, [0, 2, 1]],
    ['first by its priority', { accessPolicy: { priority: 1 } }, [0, 1, 2]],
  ])(
    'the platform comes %s: no stack drifts when another comes, goes and comes back',
    async (_how, props, order) => {
      const stacks = [platform(props), team('billing'), team('shipping')];
      for (const index of order) {
        await sandbox.deploy(stacks[index]);
      }
      const expected = order.map(
        (index) => ['Okta OIDC', 'Okta OIDC (billing)', 'Okta OIDC (shipping)'][index],
      );
      expect(await policies()).toEqual(expected);
      expect(await changed(stacks)).toEqual([]);

      await sandbox.destroy('billing');
      expect(await changed([stacks[0], stacks[2]])).toEqual([]);
      await sandbox.deploy(stacks[1]);
      expect(await policies()).toEqual(['Okta OIDC', 'Okta OIDC (shipping)', 'Okta OIDC (billing)']);
      expect(await changed(stacks)).toEqual([]);
    },
    60_000,
  );

  test('a platform whose first client comes after those of the teams is first all the same', async () => {
    const withoutClients = platform({ clients: {} });
    const stacks = [team('shipping'), team('billing')];
    for (const stack of [withoutClients, ...stacks, platform()]) {
      await sandbox.deploy(stack);
    }
    expect(await policies()).toEqual(['Okta OIDC', 'Okta OIDC (shipping)', 'Okta OIDC (billing)']);
    expect(await changed([platform(), ...stacks])).toEqual([]);
  }, 60_000);

  test('two constructs of a stack that were given no server have one claim and one scope on it', async () => {
    const both = stackOf('both', (stack) => {
      for (const name of ['Readers', 'Writers']) {
        new OktaDevPortalOidc(stack, name, { name, clients: clients(name) });
      }
    });
    expect((await sandbox.deploy(both)).changes).toMatchObject({ add: 15, change: 0, remove: 0 });
    expect((await policies()).sort()).toEqual(['Readers', 'Writers']);
    expect(await changed([both])).toEqual([]);
  }, 60_000);

  test('a strategy that a team publishes with is replaced in three deployments', async () => {
    const owner = (displayName: string) =>
      stackOf('platform', (stack) => {
        const { strategy } = new OktaDevPortalOidc(stack, 'oidc', { displayName });
        new TerraformOutput(stack, 'strategy_id', { value: strategy.strategyId });
        new TerraformOutput(stack, 'portal_id', {
          value: new DevPortal(stack, 'portal', { name: 'Portal' }).portalId,
        });
      });
    const publisher = stackOf('publisher', (stack) => {
      const path = join(process.cwd(), 'terraform.platform.tfstate');
      const state = new DataTerraformRemoteStateLocal(stack, 'state', { path });
      const oidc = OktaDevPortalOidc.fromAttributes(stack, 'oidc', {
        authorizationServerId: 'default',
        issuer: 'https://sandbox.okta.invalid/oauth2/default',
        scopeNames: ['api.access'],
        strategyId: state.getString('strategy_id'),
      });
      oidc.publish('portal', {
        api: new Api(stack, 'api', { name: 'API' }),
        portal: DevPortal.fromPortalId(stack, 'portal', state.getString('portal_id')),
      });
    });
    await sandbox.deploy(owner('Okta'));
    await sandbox.deploy(publisher);
    await expect(sandbox.deploy(owner('Okta login'))).rejects.toThrow('is used by a publication');
    expect((await sandbox.deploy(publisher)).changes).toMatchObject({ add: 0, change: 1, remove: 0 });
    expect((await sandbox.deploy(owner('Okta login'))).changes).toMatchObject({
      add: 0,
      change: 0,
      remove: 1,
    });
    expect(await changed([owner('Okta login'), publisher])).toEqual([]);
  }, 60_000);
});
