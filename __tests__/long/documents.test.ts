import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Api, type ApiDocumentOptions, DevPortal, Moves, OktaDevPortalOidc } from 'okta-dev-portal-oidc';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { Admin } from '../support/admin';
import { synthesizeExample } from '../support/examples';
import { describeWithTerraform } from '../support/sandbox';

interface Document {
  readonly id: string;
  readonly slug: string;
  readonly status: string;
  readonly children: readonly Document[];
}

interface Portal {
  readonly default_application_auth_strategy_id: string | null;
}

/*
 * Versions and documents of an API, and the default strategy of a portal, with real Terraform.
 */
describeWithTerraform('documents and default strategies', () => {
  let sandbox: Sandbox;
  let admin: Admin;

  beforeEach(async () => {
    sandbox = await Sandbox.start();
    admin = new Admin(sandbox);
  }, 30_000);

  afterEach(() => sandbox.stop());

  const deploy = async (build: (stack: TerraformStack) => void) => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    new OktaProvider(stack, 'okta', {});
    new KonnectProvider(stack, 'konnect', {});
    build(stack);
    const json = Testing.synth(stack, true);
    const { changes } = await sandbox.deployJson('stack', json);
    expect(await sandbox.planJson('stack', json)).toEqual({ changes: [] });
    return changes;
  };

  const entities = <T>(type: string) => (sandbox.konnect.snapshot() as { [name: string]: T[] })[type] ?? [];

  async function documents(): Promise<readonly Document[]> {
    const [api] = entities<{ id: string }>('apis');
    const list = await admin.konnect('GET', `/v3/apis/${api?.id}/documents`);
    return (list as unknown as { data: Document[] }).data;
  }

  test('the example publishes two versions and nested documents, with its strategy as default', async () => {
    const [stack] = synthesizeExample('documents').stacks;
    await sandbox.deployJson('documents', stack?.json ?? '');
    expect(await sandbox.planJson('documents', stack?.json ?? '')).toEqual({ changes: [] });
    expect(await documents()).toMatchObject([
      { slug: 'start', children: [] },
      { slug: 'guides', children: [{ slug: 'errors' }, { slug: 'paging', status: 'unpublished' }] },
    ]);
    expect(
      entities<{ version: string }>('versions')
        .map(({ version }) => version)
        .sort(),
    ).toEqual(['1.0', '2.0']);
    const [strategy] = entities<{ id: string }>('strategies');
    expect(entities<Portal>('portals')).toMatchObject([
      { default_application_auth_strategy_id: strategy?.id },
    ]);
  }, 60_000);

  test('a changed document is updated in place, also what it no longer has', async () => {
    const build = (options: ApiDocumentOptions) =>
      deploy((stack) => new Api(stack, 'api', { name: 'Orders' }).addDocument('guide', options));
    await build({ slug: 'guide', content: '# One', published: false });
    const [before] = await documents();
    expect(await build({ slug: 'manual', title: 'Manual', content: '# Two' })).toMatchObject({
      change: 1,
      remove: 0,
    });
    expect(await documents()).toEqual([
      expect.objectContaining({ id: before?.id, slug: 'manual', title: 'Manual', status: 'published' }),
    ]);
  }, 60_000);

  test.each([
    ['to the top', 'guides/first', false],
    ['below another one', 'first', true],
  ])(
    'a document that moves %s in code and in Konnect stays',
    async (_name, formerPath, isBelow) => {
      const build = (below: boolean, moved?: string) =>
        deploy((stack) => {
          const api = new Api(stack, 'api', { name: 'Orders' });
          const guides = api.addDocument('guides', { slug: 'guides', content: '# Guides' });
          const first = (below ? guides : api).addDocument('first', { slug: 'first', content: '# First' });
          if (moved) {
            Moves.from(first, `api/${moved}`);
          }
        });
      await build(!isBelow);
      await build(isBelow, formerPath);
      const guides = (await documents()).find(({ slug }) => slug === 'guides');
      expect(guides?.children.map(({ slug }) => slug)).toEqual(isBelow ? ['first'] : []);
      expect(await documents()).toHaveLength(isBelow ? 1 : 2);
    },
    60_000,
  );

  test('documents are replaced with their API', async () => {
    const build = (provider: string) =>
      deploy((stack) => {
        const guides = new Api(stack, provider, { name: provider }).addDocument('guides', {
          slug: 'guides',
          content: '# Guides',
        });
        guides.addDocument('first', { slug: 'first', content: '# First' });
      });
    await build('orders');
    await build('invoices');
    expect(await documents()).toMatchObject([{ slug: 'guides', children: [{ slug: 'first' }] }]);
  }, 60_000);

  describe('the default strategy', () => {
    const build = (scopes: string[] | undefined, isDefault = true) =>
      deploy((stack) => {
        const portal = new DevPortal(stack, 'portal', { name: 'Portal' });
        if (scopes) {
          const oidc = new OktaDevPortalOidc(stack, 'oidc', { scopes });
          oidc.publish('api', { api: new Api(stack, 'api', { name: 'Orders' }), portal });
          if (isDefault) {
            portal.useDefaultStrategy(oidc.strategy);
          }
        }
      });
    const defaults = () =>
      entities<Portal>('portals').map(({ default_application_auth_strategy_id: id }) => id);
    const ids = () => entities<{ id: string }>('strategies').map(({ id }) => id);
    test('follows a strategy that is replaced, and the old one is deleted last', async () => {
      await build(['orders.read']);
      const [first] = ids();
      expect(defaults()).toEqual([first]);
      sandbox.requests.clear();
      await build(['orders.read', 'orders.write']);
      expect(ids()).toEqual([expect.not.stringMatching(String(first))]);
      expect(defaults()).toEqual(ids());
      expect(methods()).toEqual(['POST strategies', 'PATCH portals', 'DELETE strategies']);
    }, 60_000);

    test('is removed', async () => {
      await build(['orders.read']);
      expect(await build(['orders.read'], false)).toMatchObject({ add: 0, change: 1, remove: 0 });
      expect(defaults()).toEqual([null]);
      expect(ids()).toHaveLength(1);
    }, 60_000);

    test('is removed with its strategy, before the strategy is deleted', async () => {
      await build(['orders.read']);
      sandbox.requests.clear();
      await build(undefined);
      expect(defaults()).toEqual([null]);
      expect(methods()).toEqual(['PATCH portals', 'DELETE strategies']);
    }, 60_000);

    /** Writes to the portal and the strategies, in order. */
    function methods(): string[] {
      return sandbox.requests.writes().flatMap(({ method, path }) => {
        const [, what] = /\/(?:application-auth-)?(portals|strategies)\/?[^/]*$/.exec(path) ?? [];
        return what && !path.includes('publications') ? [`${method} ${what}`] : [];
      });
    }
  });
});
