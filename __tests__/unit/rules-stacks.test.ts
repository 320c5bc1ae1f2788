import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DataTerraformRemoteStateLocal, TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  ApiPublication,
  AuthorizationServer,
  DevPortal,
  GatewayService,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApi,
} from '../../lib';
import { stackRules } from '../../lib/rules-stacks';
import { stackWithProviders } from '../support/how-to';
import { newStack } from '../support/synth';
import {
  type Act,
  type Broken,
  ISSUER,
  type Kept,
  messageOf,
  OTHER_UUID,
  rowsOf,
  synthErrorOf,
  UUID,
} from '../support/validation';

const SERVER = { authorizationServerId: 'aus1', issuer: ISSUER };
const REFERENCE = { ...SERVER, scopeNames: ['a'], strategyId: UUID };
const ORG = { orgName: 'acme', baseUrl: 'okta.com' };

/** Another stack of the same app, without providers. */
const beside = (stack: TerraformStack, id = 'team') => new TerraformStack(stack.node.root as Construct, id);

const konnect = (stack: TerraformStack, alias: string) =>
  new KonnectProvider(stack, `konnect-${alias}`, { alias, serverUrl: `https://${alias}.api.konghq.com` });

const okta = (scope: Construct, alias = 'org') => new OktaProvider(scope, `okta-${alias}`, { alias });

const foreign = (prop: string, provider: string, path = 'stack/Id') =>
  `${path}: invalid input\n  - ${prop}: must be a provider of the stack that the resource is in: a stack has its own only (Terraform). Received "${provider}". Create the provider in that stack too and pass that one, or leave it out for its default provider.`;

const broken: Broken = {
  [foreign('provider', 'team/konnect-eu')]: [
    (s) => new DevPortal(s, 'Id', { name: 'portal', provider: konnect(beside(s), 'eu') }),
    (s) => DevPortal.fromPortalId(s, 'Id', UUID, { provider: konnect(beside(s), 'eu') }),
    (s) => new PortalApi(s, 'Id', { name: 'api', provider: konnect(beside(s), 'eu') }),
    (s) => {
      const service = { serviceId: UUID, controlPlaneId: OTHER_UUID, provider: konnect(beside(s), 'eu') };
      GatewayService.fromAttributes(s, 'Id', service);
    },
  ],
  [foreign('provider', 'team/okta-org')]: [
    (s) => new OidcClient(s, 'Id', { label: 'app', redirectUris: [ISSUER], provider: okta(beside(s)) }),
    (s) => AuthorizationServer.fromDefault(s, 'Id', { provider: okta(beside(s)) }),
    (s) => AuthorizationServer.fromAttributes(s, 'Id', { ...SERVER, provider: okta(beside(s)) }),
  ],
  [`${foreign('oktaProvider', 'team/okta-org')}\n${foreign('konnectProvider', 'team/konnect-eu').split('\n')[1]}`]:
    [
      (s) => {
        const team = beside(s);
        new OktaDevPortalOidc(s, 'Id', { oktaProvider: okta(team), konnectProvider: konnect(team, 'eu') });
      },
      (s) => {
        const team = beside(s);
        const providers = { oktaProvider: okta(team), konnectProvider: konnect(team, 'eu') };
        OktaDevPortalOidc.fromAttributes(s, 'Id', { ...REFERENCE, ...providers });
      },
    ],
  [foreign('provider', 'stack/konnect-eu', 'team/Api/Publication-api')]: (s) => {
    const provider = konnect(s, 'eu');
    const api = new PortalApi(beside(s), 'Api', { name: 'api' });
    const portal = DevPortal.fromPortalId(s, 'Portal', UUID);
    new OktaDevPortalOidc(s, 'Id').publish('api', { api, portal, provider });
  },
  'stack/Id: invalid input\n  - id: must be the id of one publication only of an API of another stack, whichever construct publishes it. Received "portal". Publish with another id.':
    (s) => {
      const api = new PortalApi(beside(s), 'Api', { name: 'api' });
      for (const [id, portalId] of Object.entries({ First: UUID, Id: OTHER_UUID })) {
        const portal = DevPortal.fromPortalId(s, `Portal-${id}`, portalId);
        new OktaDevPortalOidc(s, id, { name: id }).publish('portal', { api, portal });
      }
    },
};

test.each(rowsOf(broken))('%s', (message, act) => {
  expect(messageOf(() => act(newStack()))).toBe(message);
});

const missing = (prop: string, others: string, path = 'stack/Id') =>
  `${path}: invalid input\n  - ${prop}: must be given: all providers for it in the stack have an alias, and Terraform would take one that nobody configured. Received "none of ${others}". Pass one of them as provider, to OktaDevPortalOidc and PortalCatalog as konnectProvider or oktaProvider.`;

const elsewhere = (...props: string[]) =>
  [
    'stack/Id: invalid input',
    ...props.map(
      (prop) =>
        `  - ${prop}: must be in one region with the rest: nothing refers from one region to another (Konnect). Received "https://us.api.konghq.com beside https://eu.api.konghq.com". Give all of them the provider of one region.`,
    ),
  ].join('\n');

const addedTwice = (what: 'claim' | 'scope', name: string) => {
  const id = `${what === 'claim' ? 'Claim' : 'Scope'}-${name}`;
  return `stack/Server/${id}: invalid input\n  - ${what}Name: must be added to the ${what}s of an authorization server once, by one stack of its org (Okta). Received "${name}, the name of team/Server/${id}". Pass one authorizationServer to both, or take what the other stack set up with OktaDevPortalOidc.fromOidc.`;
};

const global: Act = (s) => new KonnectProvider(s, 'konnect', { serverUrl: 'https://global.api.konghq.com' });

const globalUrl =
  'stack/Id: invalid input\n  - serverUrl of the konnect provider: must be the URL of a region: portals, APIs, strategies and control planes do not live in the global one (Konnect). Received "https://global.api.konghq.com". Use https://<region>.api.konghq.com with the region of the organization, for example eu, us or au.';

/** A publication of parts, which are each in a region. */
const publication = (s: TerraformStack, regions: { [part in 'api' | 'portal' | 'own']?: KonnectProvider }) =>
  new ApiPublication(s, 'Id', {
    api: new PortalApi(s, 'Api', { name: 'api', provider: regions.api }),
    portal: DevPortal.fromPortalId(s, 'Portal', UUID, { provider: regions.portal }),
    strategy: OidcAuthStrategy.fromStrategyId(s, 'Strategy', OTHER_UUID),
    provider: regions.own,
  });

const brokenAtSynthesis: Broken = {
  [missing('provider', 'konnect.eu')]: [
    (s) => {
      new DevPortal(s, 'Id', { name: 'portal' });
      konnect(s, 'eu');
    },
    (s) => {
      konnect(s, 'eu');
      new GatewayService(s, 'Id', {
        controlPlaneId: UUID,
        host: 'upstream',
        routes: { route: { paths: ['/'] } },
      });
    },
  ],
  [missing('provider', 'okta.org, okta.other')]: (s) => {
    okta(s);
    okta(new Construct(s, 'Providers'), 'other');
    new OidcClient(s, 'Id', { label: 'app', redirectUris: [ISSUER] });
  },
  [missing('konnectProvider', 'konnect.eu')]: (s) => {
    new OktaProvider(s, 'okta', {});
    const provider = konnect(s, 'eu');
    const api = new PortalApi(s, 'Api', { name: 'api', provider });
    const portal = new DevPortal(s, 'Portal', { name: 'portal', provider });
    new OktaDevPortalOidc(s, 'Id', { publications: { api: { api, portal } } });
  },
  [globalUrl]: [
    (s) => {
      global(s);
      new GatewayService(s, 'Id', { controlPlaneId: UUID, host: 'upstream' });
    },
    (s) => {
      global(s);
      new OidcAuthStrategy(s, 'Id', {
        name: 'okta',
        issuer: ISSUER,
        credentialClaim: ['clientId'],
        scopes: ['a'],
      });
    },
    (s) => {
      global(s);
      const oidc = OktaDevPortalOidc.fromAttributes(s, 'Oidc', REFERENCE);
      new ApiPublication(s, 'Id', {
        api: PortalApi.fromApiId(s, 'Api', UUID),
        portal: DevPortal.fromPortalId(s, 'Portal', UUID),
        strategy: oidc.strategy,
      });
    },
  ],
  [elsewhere('api')]: [
    (s) => publication(s, { api: konnect(s, 'us'), own: konnect(s, 'eu') }),
    (s) => {
      new KonnectProvider(s, 'konnect', { serverUrl: 'https://eu.api.konghq.com/' });
      publication(s, { api: konnect(s, 'us') });
    },
  ],
  [elsewhere('api', 'portal')]: (s) => {
    const us = konnect(s, 'us');
    publication(s, { api: us, portal: us, own: konnect(s, 'eu') });
  },
  [elsewhere('portal')]: (s) => {
    new KonnectProvider(s, 'konnect', {});
    publication(s, { api: konnect(s, 'eu'), portal: konnect(s, 'us') });
  },
  [elsewhere('gatewayService')]: (s) => {
    const service = { controlPlaneId: UUID, host: 'upstream', provider: konnect(s, 'us') };
    const gatewayService = new GatewayService(s, 'Service', service);
    new PortalApi(s, 'Id', { name: 'api', gatewayService, provider: konnect(s, 'eu') });
  },
};

/** What the validations of a stack say, one message for each construct that is refused. */
function failuresOf(stack: TerraformStack): string[] {
  const [title, ...failures] = (synthErrorOf(stack) ?? '').split('\n\n')[0].split(/\n {2}\[[^\]]+\] /);
  expect(title).toBe('Validation failed with the following errors:');
  return failures;
}

test.each(rowsOf(brokenAtSynthesis))('at synthesis, %s', (message, act) => {
  const stack = newStack();
  act(stack);
  expect(failuresOf(stack)).toEqual([message]);
});

describe('one claim and one scope that two stacks add to the server of one org', () => {
  test.each<[string, (stack: TerraformStack) => void]>([
    [
      'by its name and providers that say which org',
      (stack) => {
        for (const each of [beside(stack), stack]) {
          new OktaProvider(each, 'okta', ORG);
          const server = AuthorizationServer.fromDefault(each, 'Server');
          server.addClientIdClaim('clientId');
          server.addScope('api.access');
        }
      },
    ],
    [
      'by an id that no other server has',
      (stack) => {
        for (const each of [beside(stack), stack]) {
          new OktaProvider(each, 'okta', {});
          const server = AuthorizationServer.fromAttributes(each, 'Server', SERVER);
          server.addClientIdClaim('clientId');
          server.addScope('api.access');
        }
      },
    ],
    [
      'by reference to the stack that manages it',
      (stack) => {
        const team = beside(stack);
        new OktaProvider(team, 'okta', {});
        new OktaProvider(stack, 'okta', {});
        const first = new AuthorizationServer(team, 'Server', { name: 'Own', audiences: ['api://own'] });
        const { authorizationServerId, issuer } = first;
        const second = AuthorizationServer.fromAttributes(stack, 'Server', { authorizationServerId, issuer });
        for (const server of [first, second]) {
          server.addClientIdClaim('clientId');
          server.addScope('api.access');
        }
      },
    ],
  ])('%s: refused', (_how, act) => {
    const stack = newStack();
    act(stack);
    expect(failuresOf(stack)).toEqual([addedTwice('claim', 'clientId'), addedTwice('scope', 'api.access')]);
  });
});

const kept: Kept[] = [
  [
    'stacks of two environments, whose orgs only their variables tell apart',
    (s) => {
      const dev = beside(s, 'dev');
      for (const stack of [dev, s]) {
        new OktaProvider(stack, 'okta', {});
        new KonnectProvider(stack, 'konnect', {});
        new OktaDevPortalOidc(stack, 'oidc', { allowedClientIds: ['0oa1'] });
      }
    },
  ],
  [
    'stacks of two orgs, by id default and policies of one name',
    (s) => {
      for (const [stack, orgName] of [[beside(s), 'dev'] as const, [s, 'prod'] as const]) {
        new OktaProvider(stack, 'okta', { ...ORG, orgName });
        new KonnectProvider(stack, 'konnect', {});
        const authorizationServer = AuthorizationServer.fromAttributes(stack, 'server', {
          authorizationServerId: 'default',
          issuer: ISSUER,
        });
        new OktaDevPortalOidc(stack, 'oidc', { authorizationServer, allowedClientIds: ['0oa1'] });
      }
    },
  ],
  [
    'an org that a provider says in part, and one that it takes from a variable',
    (s) => {
      for (const [index, stack] of [beside(s), s].entries()) {
        const orgName = new TerraformVariable(stack, 'org', {}).stringValue;
        new OktaProvider(stack, 'okta', index === 0 ? { orgName: 'acme' } : { ...ORG, orgName });
        AuthorizationServer.fromDefault(stack, 'server').addScope('a');
      }
    },
  ],
  [
    'a default provider that is created late, and inside of a construct',
    (s) => {
      new DevPortal(s, 'portal', { name: 'portal' });
      konnect(s, 'eu');
      new KonnectProvider(new Construct(s, 'providers'), 'konnect', {});
    },
  ],
  [
    'parts of which two providers say nothing, or the same',
    (s) => {
      new KonnectProvider(s, 'konnect', {});
      const own = new KonnectProvider(s, 'own', { alias: 'own', serverUrl: 'https://EU.api.konghq.com/' });
      const serverUrl = new TerraformVariable(s, 'url', {}).stringValue;
      publication(s, {
        api: konnect(s, 'eu'),
        portal: new KonnectProvider(s, 'variable', { alias: 'variable', serverUrl }),
        own,
      });
    },
  ],
  [
    'publications of one id of two APIs of another stack',
    (s) => {
      const team = beside(s);
      new KonnectProvider(team, 'konnect', {});
      new KonnectProvider(s, 'konnect', {});
      new OktaProvider(s, 'okta', {});
      const portal = DevPortal.fromPortalId(s, 'portal', UUID);
      const oidc = new OktaDevPortalOidc(s, 'oidc');
      for (const name of ['orders', 'stock']) {
        oidc.publish('portal', { api: new PortalApi(team, name, { name }), portal });
      }
    },
  ],
];

test.each(kept)('%s: accepted', (_what, act) => {
  const stack = newStack();
  act(stack);
  expect(synthErrorOf(stack)).toBeUndefined();
});

test('a provider that comes between two syntheses is found', () => {
  const stack = newStack();
  konnect(stack, 'eu');
  new PortalApi(stack, 'Id', { name: 'api' });
  expect(failuresOf(stack)).toEqual([missing('provider', 'konnect.eu')]);
  new KonnectProvider(new Construct(stack, 'providers'), 'konnect', {});
  expect(synthErrorOf(stack)).toBeUndefined();
});

describe('two references of a stack to one server by remote state', () => {
  function references(policyName?: string): TerraformStack {
    const stack = stackWithProviders();
    const state = new DataTerraformRemoteStateLocal(stack, 'state', { path: 'platform.tfstate' });
    for (const id of ['First', 'Id']) {
      OktaDevPortalOidc.fromAttributes(stack, id, {
        authorizationServerId: state.getString('server_id'),
        issuer: state.getString('issuer'),
        scopeNames: state.getList(`${id}_scopes`),
        strategyId: state.getString(`${id}_strategy`),
        ...(id === 'Id' && { policyName }),
      }).allowClient('0oa1');
    }
    return stack;
  }

  test('need names for their policies: refused without', () => {
    expect(failuresOf(references())).toEqual([
      'stack/Id: invalid input\n  - policyName: must be the name of one access policy only on its authorization server (Okta). Received "Okta OIDC (stack), the name of stack/First". Give the one that is not deployed yet another name or policyName.',
    ]);
  });

  test('are accepted with a name for the second', () => {
    expect(synthErrorOf(references('Writers'))).toBeUndefined();
  });
});

test('every rule has a message here', () => {
  const messages = [
    ...Object.keys({ ...broken, ...brokenAtSynthesis }),
    addedTwice('claim', ''),
    addedTwice('scope', ''),
  ];
  const lines = messages.flatMap((message) => message.split('\n'));
  const unsaid = Object.entries(stackRules).filter(
    ([, { rule, remedy }]) =>
      !lines.some((line) => line.includes(`: ${rule}. Received `) && line.endsWith(`. ${remedy}.`)),
  );
  expect(unsaid).toEqual([]);
});
