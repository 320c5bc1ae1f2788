import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  DataTerraformRemoteStateLocal,
  Fn,
  Lazy,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
} from 'cdktf';
import {
  AccessPolicy,
  AuthorizationServer,
  DevPortal,
  type IAuthorizationServer,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
} from '../../../lib';
import { PortalCatalog } from '../../../lib/catalog';
import { CatalogFolder } from '../../support/catalog-fixture';
import { stackWithProviders } from '../../support/how-to';
import { type Synthesized, synthesize, synthesizeApp } from '../../support/synth';
import { ISSUER } from '../../support/validation';

type Servers = readonly IAuthorizationServer[];

/** A server by its id. */
const byId = (stack: TerraformStack, id: string, authorizationServerId: string, provider?: OktaProvider) =>
  AuthorizationServer.fromAttributes(stack, id, { authorizationServerId, issuer: ISSUER, provider });

const alias = (stack: TerraformStack, name: string) =>
  new OktaProvider(stack, `okta-${name}`, { alias: name });

/** Another stack of the same app, with both providers. */
function besideOf(stack: TerraformStack): TerraformStack {
  const team = new TerraformStack(stack.node.root as TerraformStack, 'team');
  new OktaProvider(team, 'okta', {});
  new KonnectProvider(team, 'konnect', {});
  return team;
}

const one: [string, (stack: TerraformStack) => Servers][] = [
  ['found as the default one', (s) => ['a', 'b'].map((id) => AuthorizationServer.fromDefault(s, id))],
  ['found by one name', (s) => ['a', 'b'].map((id) => AuthorizationServer.fromName(s, id, 'partners'))],
  [
    'found by a name that is a variable',
    (s) => {
      const variable = new TerraformVariable(s, 'name', {});
      return ['a', 'b'].map((id) => AuthorizationServer.fromName(s, id, Token.asString(variable.value)));
    },
  ],
  [
    'found by the default provider, given or not',
    (s) => [
      AuthorizationServer.fromDefault(s, 'a'),
      AuthorizationServer.fromDefault(s, 'b', {
        provider: s.node.tryFindChild('okta') as OktaProvider,
      }),
    ],
  ],
  [
    'found by its name, and by the id default',
    (s) => [AuthorizationServer.fromDefault(s, 'a'), byId(s, 'b', 'default')],
  ],
  ['given by one id', (s) => ['a', 'b'].map((id) => byId(s, id, 'aus1'))],
  ['given by one id, with two providers', (s) => ['a', 'b'].map((id) => byId(s, id, 'aus1', alias(s, id)))],
  [
    'given by the id of one that was found',
    (s) => {
      const found = AuthorizationServer.fromDefault(s, 'a');
      return [found, byId(s, 'b', found.authorizationServerId, alias(s, 'other'))];
    },
  ],
  [
    'managed, and given by its id',
    (s) => {
      const own = new AuthorizationServer(s, 'a', { name: 'Own', audiences: ['api://own'] });
      return [own, byId(s, 'b', own.authorizationServerId)];
    },
  ],
  [
    'given by one output of another state, which is a new token each time',
    (s) => {
      const state = new DataTerraformRemoteStateLocal(s, 'state', { path: 'platform.tfstate' });
      return ['a', 'b'].map((id) => byId(s, id, state.getString('server_id')));
    },
  ],
  [
    'given by one expression',
    (s) => {
      const variable = new TerraformVariable(s, 'ids', { type: 'list(string)' });
      return ['a', 'b'].map((id) => byId(s, id, Fn.element(variable.listValue, 0)));
    },
  ],
];

test.each(one)('one server, %s: what one construct adds, the other one has', (_how, serversOf) => {
  const stack = stackWithProviders();
  const [first, second] = serversOf(stack);
  const [scope, claim] = [first.addScope('a'), first.addClientIdClaim('clientId')];
  expect([second.scopes, second.claims]).toEqual([[scope], [claim]]);
  expect(() => second.addScope('a')).toThrow('must not be added twice to one authorization server');
  expect(() => second.addClientIdClaim('clientId')).toThrow('must not be added twice');
});

const two: typeof one = [
  ['found by two names', (s) => ['a', 'b'].map((name) => AuthorizationServer.fromName(s, name, name))],
  [
    'found in two orgs',
    (s) => ['a', 'b'].map((id) => AuthorizationServer.fromDefault(s, id, { provider: alias(s, id) })),
  ],
  ['given by two ids', (s) => ['aus1', 'aus2'].map((id) => byId(s, id, id))],
  ['called default in two orgs', (s) => ['a', 'b'].map((id) => byId(s, id, 'default', alias(s, id)))],
  [
    'given by one variable, in two orgs',
    (s) => {
      const id = new TerraformVariable(s, 'id', {}).stringValue;
      return ['a', 'b'].map((each) => byId(s, each, id, alias(s, each)));
    },
  ],
  [
    'given by two outputs of another state',
    (s) => {
      const state = new DataTerraformRemoteStateLocal(s, 'state', { path: 'platform.tfstate' });
      return ['a', 'b'].map((id) => byId(s, id, state.getString(id)));
    },
  ],
  [
    'of two stacks, at the same place in them',
    (s) => {
      const [own, others] = [s, besideOf(s)].map(
        (each) => new AuthorizationServer(each, 'server', { name: 'Own', audiences: ['api://own'] }),
      );
      return [own, byId(s, 'reference', others.authorizationServerId)];
    },
  ],
  [
    'given by ids that are not known yet',
    (s) => {
      let known = false;
      const late = () =>
        Lazy.stringValue({
          produce: () => {
            if (!known) throw new Error('not known');
            return 'aus1';
          },
        });
      const servers = ['a', 'b'].map((id) => byId(s, id, late()));
      expect(servers.flatMap(({ scopes }) => scopes)).toEqual([]);
      known = true;
      return servers;
    },
  ],
];

test.each(two)('two servers, %s: each has its own', (_how, serversOf) => {
  const [first, second] = serversOf(stackWithProviders());
  first.addScope('a');
  first.addClientIdClaim('clientId');
  expect([second.scopes, second.claims]).toEqual([[], []]);
});

describe('two constructs without authorizationServer', () => {
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

  test('share claim and scope, which keep the addresses that the first one alone gives them', () => {
    const alone = stackWithProviders();
    new OktaDevPortalOidc(alone, 'first', { name: 'first', allowedClientIds: ['0oa1'] });
    expect([second.claim, second.scopes]).toEqual([first.claim, first.scopes]);
    expect(json.counts()).toMatchObject({ okta_auth_server_claim: 1, okta_auth_server_scope: 1 });
    expect(json.addresses()).toEqual(expect.arrayContaining(synthesize(alone).addresses()));
  });

  test('have policies that are created one after the other', () => {
    const policies = json.resources('okta_auth_server_policy');
    expect(Object.values(policies).map(({ depends_on: before }) => before)).toEqual([
      undefined,
      [`okta_auth_server_policy.${Object.keys(policies)[0]}`],
    ]);
  });
});

test('scopes that are known at apply only keep the ids that each construct counts', () => {
  const stack = stackWithProviders();
  const text = (name: string) => new TerraformVariable(stack, name, {}).stringValue;
  const servers = ['a', 'b'].map((id) => AuthorizationServer.fromDefault(stack, id));
  const added = servers.map((server, index) => server.addScope(text(`scope-${index}`)));
  expect(added.map(({ node }) => node.path)).toEqual(['stack/a/Scope-0', 'stack/b/Scope-0']);
});

test('references by remote state to one server have policies one after the other', () => {
  const stack = stackWithProviders();
  const state = new DataTerraformRemoteStateLocal(stack, 'state', { path: 'platform.tfstate' });
  for (const policyName of ['Readers', 'Writers']) {
    OktaDevPortalOidc.fromAttributes(stack, policyName, {
      authorizationServerId: state.getString('server_id'),
      issuer: state.getString('issuer'),
      scopeNames: state.getList(policyName),
      strategyId: state.getString(policyName),
      policyName,
    }).allowClient('0oa1');
  }
  const policies = Object.values(synthesize(stack).resources('okta_auth_server_policy'));
  expect(policies.map(({ depends_on: before }) => before)).toEqual([
    undefined,
    [expect.stringMatching(/^okta_auth_server_policy\.Readers_/)],
  ]);
});

test('a server of another stack and a reference to it are one server for the policies here', () => {
  const app = Testing.app();
  const platform = new TerraformStack(app, 'platform');
  new OktaProvider(platform, 'okta', {});
  new KonnectProvider(platform, 'konnect', {});
  const team = besideOf(platform);
  const oidc = new OktaDevPortalOidc(platform, 'oidc');
  OktaDevPortalOidc.fromOidc(team, 'first', oidc).allowClient('0oa1');
  const own = new OktaDevPortalOidc(team, 'second', {
    authorizationServer: oidc.authorizationServer,
    name: 'Own',
    allowedClientIds: ['0oa1'],
  });
  expect(own.claim).toBe(oidc.claim);
  const [json] = synthesizeApp(app, 'team');
  const policies = Object.values(json.resources('okta_auth_server_policy'));
  expect(policies.map(({ depends_on: before }) => before)).toEqual([
    undefined,
    [expect.stringMatching(/^okta_auth_server_policy\.first_/)],
  ]);
});

test('policies that are added to a server stand in one row with those of clients, behind what they wait for', () => {
  const stack = stackWithProviders();
  const [server, same] = ['a', 'b'].map((id) => AuthorizationServer.fromDefault(stack, id));
  const client = new OidcClient(stack, 'client', { label: 'Client', type: OidcClientType.SERVICE });
  server.addAccessPolicy('first', { name: 'First', allClients: true });
  new OktaDevPortalOidc(stack, 'oidc', { authorizationServer: same, allowedClientIds: ['0oa1'] });
  const dependsOn = [client.resource];
  new AccessPolicy(stack, 'last', {
    name: 'Last',
    allClients: true,
    authorizationServer: server,
    dependsOn,
  });
  AuthorizationServer.fromName(stack, 'other', 'other').addAccessPolicy('alone', {
    name: 'Alone',
    allClients: true,
  });
  const policies = Object.values(synthesize(stack).resources('okta_auth_server_policy'));
  expect(Object.fromEntries(policies.map(({ name, depends_on: before }) => [name, before]))).toEqual({
    First: undefined,
    'Okta OIDC': [expect.stringMatching(/^okta_auth_server_policy\.a_first_/)],
    Last: [
      expect.stringMatching(/^okta_app_oauth\.client_/),
      expect.stringMatching(/^okta_auth_server_policy\.oidc_/),
    ],
    Alone: undefined,
  });
});

test('two catalogs of a stack share the server that neither was given', () => {
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
