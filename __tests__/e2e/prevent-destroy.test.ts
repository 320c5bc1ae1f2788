import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Api, DevPortal, Moves, OktaDevPortalOidc } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../support/sandbox';

interface Changes {
  readonly portal?: string;
  readonly publication?: string;
  readonly isMoved?: boolean;
}

/*
 * What `preventDestroy` protects, and that it does not protect what is renamed.
 */
describeWithTerraform('preventDestroy', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    await sandbox.deploy(stackWith({}));
  }, 60_000);

  afterAll(() => sandbox.stop());

  function stackWith({ portal = 'internal', publication = 'api', isMoved = false }: Changes): TerraformStack {
    const stack = new TerraformStack(Testing.app(), 'protected');
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    const portals = ['internal', 'partners'].map(
      (name) => new DevPortal(stack, name, { name, preventDestroy: true }),
    );
    const oidc = new OktaDevPortalOidc(stack, 'oidc', { preventDestroy: true });
    const published = oidc.publish(publication, {
      api: new Api(stack, 'api', { name: 'Orders' }),
      portal: portals.find(({ node }) => node.id === portal) as DevPortal,
    });
    if (isMoved) {
      Moves.from(published, 'oidc/Publication-api');
    }
    return stack;
  }

  test('rejects a plan that replaces a publication, and the destruction of the stack', async () => {
    const rejected = /Instance cannot be destroyed/;
    await expect(sandbox.plan(stackWith({ portal: 'partners' }))).rejects.toThrow(rejected);
    await expect(sandbox.destroy('protected')).rejects.toThrow(rejected);
  }, 60_000);

  test('does not reject a rename, which needs Moves', async () => {
    const actionsOf = async (changes: Changes) => {
      const { changes: planned } = await sandbox.plan(stackWith({ publication: 'orders', ...changes }));
      return planned
        .filter(({ address }) => address.startsWith('konnect_api_publication.'))
        .flatMap(({ actions }) => actions)
        .sort();
    };
    expect(await actionsOf({})).toEqual(['create', 'delete']);
    expect(await actionsOf({ isMoved: true })).toEqual([]);
  }, 60_000);
});
