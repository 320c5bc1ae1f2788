import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DataTerraformRemoteStateLocal, Fn, Lazy, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { AuthorizationServer, DevPortal, type IAuthorizationServer, OktaDevPortalOidc } from '../../../lib';
import { PortalCatalog } from '../../../lib/catalog';
import { CatalogFolder } from '../../support/catalog-fixture';
import { stackWithProviders } from '../../support/how-to';
import { type Synthesized, synthesize } from '../../support/synth';
import { expectFailures, ISSUER } from '../../support/validation';

type Servers = readonly IAuthorizationServer[];

/** A reference to a server by its id. */
const byId = (stack: TerraformStack, id: string, authorizationServerId: string, provider?: OktaProvider) =>
  AuthorizationServer.fromAttributes(stack, id, {
    authorizationServerId,
    issuer: 'https://dev-1.okta.com/oauth2/aus1',
    provider,
  });

const alias = (stack: TerraformStack, name: string) =>
  new OktaProvider(stack, `okta-${name}`, { alias: name });

/** Another stack of the same app, with both providers. */
function teamStack(stack: TerraformStack): TerraformStack {
  const team = new TerraformStack(stack.node.root as TerraformStack, 'team');
  new OktaProvider(team, 'okta', {});
  new KonnectProvider(team, 'konnect', {});
  return team;
}

const sameServer: [string, (stack: TerraformStack) => Servers][] = [
  ['both the default server', (s) => ['a', 'b'].map((id) => AuthorizationServer.fromDefault(s, id))],
  [
    'looked up by one name',
    (s) => ['a', 'b'].map((id) => AuthorizationServer.fromLookup(s, id, { name: 'partners' })),
  ],
  [
    'looked up by one variable',
    (s) => {
      const variable = new TerraformVariable(s, 'name', {});
      return ['a', 'b'].map((id) =>
        AuthorizationServer.fromLookup(s, id, { name: Token.asString(variable.value) }),
      );
    },
  ],
  [
    'looked up with the default provider, explicit or not',
    (s) => [
      AuthorizationServer.fromDefault(s, 'a'),
      AuthorizationServer.fromDefault(s, 'b', {
        provider: s.node.tryFindChild('okta') as OktaProvider,
      }),
    ],
  ],
  [
    'looked up, and referenced by the id default',
    (s) => [AuthorizationServer.fromDefault(s, 'a'), byId(s, 'b', 'default')],
  ],
  [
    'looked up as the default server, and referenced by its real id',
    (s) => [
      AuthorizationServer.fromDefault(s, 'a'),
      AuthorizationServer.fromAttributes(s, 'b', { authorizationServerId: 'aus1', issuer: ISSUER }),
    ],
  ],
  ['referenced by one id', (s) => ['a', 'b'].map((id) => byId(s, id, 'aus1'))],
  [
    'referenced by one id with two providers',
    (s) => ['a', 'b'].map((id) => byId(s, id, 'aus1', alias(s, id))),
  ],
  [
    'looked up, and referenced by the resulting id',
    (s) => {
      const found = AuthorizationServer.fromDefault(s, 'a');
      return [found, byId(s, 'b', found.authorizationServerId, alias(s, 'other'))];
    },
  ],
  [
    'created here, and referenced by its id',
    (s) => {
      const own = new AuthorizationServer(s, 'a', { name: 'Own', audiences: ['api://own'] });
      return [own, byId(s, 'b', own.authorizationServerId)];
    },
  ],
  [
    'referenced by one output of another state, a new token each time',
    (s) => {
      const state = new DataTerraformRemoteStateLocal(s, 'state', { path: 'platform.tfstate' });
      return ['a', 'b'].map((id) => byId(s, id, state.getString('server_id')));
    },
  ],
  [
    'referenced by one expression',
    (s) => {
      const variable = new TerraformVariable(s, 'ids', { type: 'list(string)' });
      return ['a', 'b'].map((id) => byId(s, id, Fn.element(variable.listValue, 0)));
    },
  ],
];

test.each(sameServer)('one server, %s: both references have its scopes and claims', (_how, serversOf) => {
  const stack = stackWithProviders();
  const [first, second] = serversOf(stack);
  const [scope, claim] = [first.addScope('a'), first.addClientIdClaim('clientId')];
  expect([second.scopes, second.claims]).toEqual([[scope], [claim]]);
  expectFailures(
    () => second.addScope('a'),
    ['scopeName', /must not be added twice to one authorization server/],
  );
  expectFailures(() => second.addClientIdClaim('clientId'), ['claimName', /must not be added twice/]);
});

const otherServers: typeof sameServer = [
  [
    'looked up by two names',
    (s) => ['a', 'b'].map((name) => AuthorizationServer.fromLookup(s, name, { name })),
  ],
  [
    'looked up in two orgs',
    (s) => ['a', 'b'].map((id) => AuthorizationServer.fromDefault(s, id, { provider: alias(s, id) })),
  ],
  ['referenced by two ids', (s) => ['aus1', 'aus2'].map((id) => byId(s, id, id))],
  ['with the id default in two orgs', (s) => ['a', 'b'].map((id) => byId(s, id, 'default', alias(s, id)))],
  [
    'referenced by one variable in two orgs',
    (s) => {
      const id = new TerraformVariable(s, 'id', {}).stringValue;
      return ['a', 'b'].map((each) => byId(s, each, id, alias(s, each)));
    },
  ],
  [
    'referenced by two outputs of another state',
    (s) => {
      const state = new DataTerraformRemoteStateLocal(s, 'state', { path: 'platform.tfstate' });
      return ['a', 'b'].map((id) => byId(s, id, state.getString(id)));
    },
  ],
  [
    'of two stacks with the same path in both',
    (s) => {
      const [own, others] = [s, teamStack(s)].map(
        (each) => new AuthorizationServer(each, 'server', { name: 'Own', audiences: ['api://own'] }),
      );
      return [own, byId(s, 'reference', others.authorizationServerId)];
    },
  ],
  [
    'referenced by tokens that cannot be resolved yet',
    (s) => {
      let known = false;
      const unresolved = () =>
        Lazy.stringValue({
          produce: () => {
            if (!known) throw new Error('not known');
            return 'aus1';
          },
        });
      const servers = ['a', 'b'].map((id) => byId(s, id, unresolved()));
      expect(servers.flatMap(({ scopes }) => scopes)).toEqual([]);
      known = true;
      return servers;
    },
  ],
];

test.each(otherServers)('two servers, %s: each has its own scopes and claims', (_how, serversOf) => {
  const [first, second] = serversOf(stackWithProviders());
  first.addScope('a');
  first.addClientIdClaim('clientId');
  expect([second.scopes, second.claims]).toEqual([[], []]);
});

describe('two OktaDevPortalOidc without authorizationServer', () => {
  let first: OktaDevPortalOidc;
  let second: OktaDevPortalOidc;
  let json: Synthesized;

  beforeEach(() => {
    const stack = stackWithProviders();
    [first, second] = ['first', 'second'].map(
      (id) => new OktaDevPortalOidc(stack, id, { name: id, allowedClientIds: ['0oa1'] }),
    );
    json = synthesize(stack);
  });

  test('share claim and scope at the addresses that the first one alone has', () => {
    const alone = stackWithProviders();
    new OktaDevPortalOidc(alone, 'first', { name: 'first', allowedClientIds: ['0oa1'] });
    expect([second.claim, second.scopes]).toEqual([first.claim, first.scopes]);
    expect(json.counts()).toMatchObject({ okta_auth_server_claim: 1, okta_auth_server_scope: 1 });
    expect(json.addresses()).toEqual(expect.arrayContaining(synthesize(alone).addresses()));
  });

  test('create their policies one after the other', () => {
    const policies = json.resources('okta_auth_server_policy');
    expect(Object.values(policies).map(({ depends_on: before }) => before)).toEqual([
      undefined,
      [`okta_auth_server_policy.${Object.keys(policies)[0]}`],
    ]);
  });
});

test('scopes that are known at apply only are numbered for each construct', () => {
  const stack = stackWithProviders();
  const text = (name: string) => new TerraformVariable(stack, name, {}).stringValue;
  const servers = ['a', 'b'].map((id) => AuthorizationServer.fromDefault(stack, id));
  const added = servers.map((server, index) => server.addScope(text(`scope-${index}`)));
  expect(added.map(({ node }) => node.path)).toEqual(['stack/a/Scope-0', 'stack/b/Scope-0']);
});

test('two catalogs of a stack share the default server', () => {
  const folder = new CatalogFolder();
  const stack = stackWithProviders();
  const portals = { main: new DevPortal(stack, 'main', { name: 'Main' }) };
  for (const key of ['orders', 'stock']) {
    const file = folder.write(`${key}.yaml`, `strategies: { ${key}: { scopes: [api.access] } }`);
    new PortalCatalog(stack, key, { file, portals });
  }
  folder.remove();
  expect(synthesize(stack).counts()).toMatchObject({
    konnect_application_auth_strategy: 2,
    okta_auth_server_claim: 1,
    okta_auth_server_scope: 1,
  });
});
