import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { Fn, TerraformVariable, Testing, Token } from 'cdktf';
import {
  AccessPolicy,
  ApiPublication,
  AuthMethod,
  AuthorizationServer,
  DevPortal,
  GatewayService,
  type IPortalApi,
  OidcAuthStrategy,
  OidcClient,
  OidcClientType,
  OktaDevPortalOidc,
  PortalApi,
  ValidationError,
} from '../../lib';
import { rules } from '../../lib/rules';
import { newStack } from '../support/synth';
import {
  type Act,
  type Kept,
  messageOf,
  OTHER_UUID,
  sideOfRule,
  UUID,
  warningsOf,
} from '../support/validation';

const variable = (stack: Parameters<Act>[0], type: string) =>
  new TerraformVariable(stack, `Variable${stack.node.children.length}`, { type });
const text = (stack: Parameters<Act>[0]) => variable(stack, 'string').stringValue;
const texts = (stack: Parameters<Act>[0]) => variable(stack, 'list(string)').listValue;
const count = (stack: Parameters<Act>[0]) => variable(stack, 'number').numberValue;

test('every rule belongs to the test file of one side', () => {
  expect(Object.keys(sideOfRule).sort()).toEqual(Object.keys(rules).sort());
});

describe('one error', () => {
  const act: Act = (stack) =>
    new OktaDevPortalOidc(stack, 'Oidc', {
      claimName: 'cid',
      scopes: ['openid', 'openid'],
      name: '',
      authMethods: [AuthMethod.PASSWORD, AuthMethod.CLIENT_CREDENTIALS],
      labels: { team: '' },
      policyPriority: 0,
      accessTokenLifetimeMinutes: 4,
      clients: {
        web: { label: 'web', redirectUris: [] },
        job: { label: '', type: OidcClientType.SERVICE, redirectUris: ['https://app.example.com/*'] },
      },
      allowedClientIds: ['0oa1', '0oa1'],
    });
  const message = [
    'stack/Oidc: invalid input',
    '  - claimName: must not be empty nor a claim that Okta reserves in access tokens (acr, amr, as_uri, cid, groups, iss, jti, rpt, rsi, token_type, uid, username, ver). Received "cid". Choose another name, for example clientId.',
    '  - scopes: must not name a scope twice (Okta). Received ["openid","openid"]. Remove the repetition.',
    '  - scopes[0]: must not be a scope that Okta reserves for users (openid, profile, email, address, phone, offline_access, device_sso): client credentials cannot ask for it. Received "openid". Leave it out; the gateway needs your own scopes only.',
    '  - scopes[1]: must not be a scope that Okta reserves for users (openid, profile, email, address, phone, offline_access, device_sso): client credentials cannot ask for it. Received "openid". Leave it out; the gateway needs your own scopes only.',
    '  - name: must have 1 to 256 characters (Konnect). Received "". Use a name of that length.',
    '  - authMethods: must not hold password beside client_credentials: both read the Basic header and share a token cache (Kong openid-connect plugin). Received ["password","client_credentials"]. Use one of them.',
    '  - labels.team: must have 1 to 63 characters of a-z, A-Z, 0-9, -, _ and ., the first and last a letter or digit (Konnect). Received "". Rewrite the value within these characters.',
    '  - policyPriority: must be a whole number from 1 (Okta). Received 0. Use 1 for the first to be evaluated.',
    '  - accessTokenLifetimeMinutes: must be 5 to 1440 minutes, a whole number (Okta). Received 4. Choose a lifetime in that range.',
    '  - clients.web.redirectUris: must hold at least one URI for a web application (Okta). Received []. Give the sign-in callback of the application, or make it a service application with OidcClientType.SERVICE.',
    '  - clients.job.label: must not be empty. Received "". Give it a value.',
    '  - clients.job.redirectUris: must be left out for a service application: nobody signs in to it (Okta). Received ["https://app.example.com/*"]. Remove the URIs, or make it a web application with OidcClientType.WEB.',
    '  - clients.job.redirectUris[0]: must be an absolute URI without fragment, wildcard and white space (Okta). Received "https://app.example.com/*". Write the full callback URI, one entry for each.',
    '  - allowedClientIds: must not name a client twice. Received ["0oa1","0oa1"]. Remove the repetition.',
  ];

  test('says everything that is wrong', () => {
    expect(messageOf(() => act(newStack())).split('\n')).toEqual(message);
  });

  test('has the parts of what it says', () => {
    let error: unknown;
    try {
      act(newStack());
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ name: 'ValidationError', constructPath: 'stack/Oidc' });
    const { failures } = error as ValidationError;
    expect(failures).toHaveLength(message.length - 1);
    expect(failures[8]).toEqual({
      prop: 'accessTokenLifetimeMinutes',
      rule: 'must be 5 to 1440 minutes, a whole number (Okta)',
      received: '4',
      remedy: 'Choose a lifetime in that range',
    });
  });
});

describe('values that are known at apply only', () => {
  const kept: Kept[] = [
    [
      'everything in one construct',
      (s) =>
        new OktaDevPortalOidc(s, 'Id', {
          authorizationServer: AuthorizationServer.fromAttributes(s, 'Server', {
            authorizationServerId: text(s),
            issuer: text(s),
          }),
          claimName: text(s),
          scopes: [text(s), Token.asString({ Ref: 'scope' }), 'api.access'],
          name: text(s),
          labels: { team: text(s) },
          policyPriority: count(s),
          accessTokenLifetimeMinutes: count(s),
          clients: { web: { label: text(s), redirectUris: [text(s)] } },
          allowedClientIds: [text(s), text(s)],
        }),
    ],
    [
      'lists of a strategy',
      (s) =>
        new OidcAuthStrategy(s, 'Id', {
          name: 'okta',
          issuer: Fn.join('/', ['https:/', text(s), 'oauth2', text(s)]),
          credentialClaim: texts(s),
          scopes: texts(s),
        }),
    ],
    ['list of redirect URIs', (s) => new OidcClient(s, 'Id', { label: 'app', redirectUris: texts(s) })],
    [
      'list of scopes and number of a rule',
      (s) =>
        new AccessPolicy(s, 'Id', {
          authorizationServer: AuthorizationServer.fromDefault(s, 'Server'),
          name: text(s),
          rules: [{ name: text(s), scopes: texts(s), accessTokenLifetimeMinutes: count(s) }],
        }),
    ],
    [
      'scopes of what another repository set up',
      (s) =>
        OktaDevPortalOidc.fromAttributes(s, 'Id', {
          authorizationServerId: text(s),
          issuer: text(s),
          scopeNames: texts(s),
          strategyId: text(s),
        }).allowClient(text(s)),
    ],
    [
      'service and its route',
      (s) =>
        new GatewayService(s, 'Id', {
          serviceId: text(s),
          controlPlaneId: text(s),
          host: text(s),
          port: count(s),
          path: text(s),
          retries: count(s),
          routes: { Route: { paths: texts(s) }, Other: { paths: [text(s)] } },
        }),
    ],
    [
      'portal, page and API',
      (s) => {
        DevPortal.fromPortalId(s, 'Found', text(s)).addPage('Page', { slug: text(s), content: text(s) });
        PortalApi.fromApiId(s, 'FoundApi', text(s));
        new DevPortal(s, 'Id', { name: text(s), description: text(s), labels: { team: text(s) } });
        new PortalApi(s, 'Api', { name: text(s), version: text(s), slug: text(s), specification: text(s) });
      },
    ],
  ];

  test.each(kept)('%s: no rule is asked', (_what, act) => {
    const stack = newStack();
    act(stack);
    expect(() => Testing.synth(stack)).not.toThrow();
  });

  test('a provider whose URL is a variable', () => {
    const stack = newStack();
    new KonnectProvider(stack, 'konnect', { serverUrl: text(stack) });
    new DevPortal(stack, 'Id', { name: 'portal' });
    expect(() => Testing.synth(stack, true)).not.toThrow();
  });
});

describe('an API without a gateway service', () => {
  const publish = (stack: Parameters<Act>[0], api: IPortalApi) =>
    new ApiPublication(stack, 'Publication', {
      api,
      portal: DevPortal.fromPortalId(stack, 'Portal', UUID),
      strategy: OidcAuthStrategy.fromStrategyId(stack, 'Strategy', UUID),
    });
  const warning =
    'API stack/Api is linked to no gateway service, so its strategy is not enforced. Link it with gatewayService or linkTo.';

  test('is warned about', () => {
    const stack = newStack();
    publish(stack, new PortalApi(stack, 'Api', { name: 'api' }));
    expect(warningsOf(stack)).toEqual([warning]);
  });

  test('is warned about where somebody said so', () => {
    const stack = newStack();
    publish(stack, PortalApi.fromApiId(stack, 'Api', UUID, { linkedToGateway: false }));
    expect(warningsOf(stack)).toEqual([warning]);
  });

  test('is not warned about when it is linked after it was published', () => {
    const stack = newStack();
    const api = new PortalApi(stack, 'Api', { name: 'api' });
    publish(stack, api);
    const ids = { serviceId: UUID, controlPlaneId: OTHER_UUID };
    api.linkTo(GatewayService.fromAttributes(stack, 'Service', ids));
    expect(warningsOf(stack)).toEqual([]);
  });

  test('is not warned about where nobody said whether it is linked', () => {
    const stack = newStack();
    publish(stack, PortalApi.fromApiId(stack, 'Api', UUID));
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('inputs that are easily got wrong', () => {
  test('clients beside allClients are refused by a rule', () => {
    const act: Act = (s) =>
      new AccessPolicy(s, 'Id', {
        authorizationServer: AuthorizationServer.fromDefault(s, 'Server'),
        name: 'all',
        allClients: true,
        clients: [OidcClient.fromClientId(s, 'Client', '0oa1')],
      });
    expect(messageOf(() => act(newStack()))).toBe(
      'stack/Id: invalid input\n  - clients: must not name clients when allClients is true: the policy already applies to all of them (Okta). Received ["stack/Client"]. Remove one of the two.',
    );
  });

  test('labels may be a map that is known at apply only', () => {
    const stack = newStack();
    const labels = Token.asStringMap(variable(stack, 'map(string)').value);
    new DevPortal(stack, 'Id', { name: 'portal', labels });
    expect(() => Testing.synth(stack)).not.toThrow();
  });

  test('two constructs share a scope with a slash in its name', () => {
    const stack = newStack();
    const authorizationServer = AuthorizationServer.fromDefault(stack, 'Server');
    new OktaDevPortalOidc(stack, 'A', { authorizationServer, scopes: ['orders/read'] });
    const second = new OktaDevPortalOidc(stack, 'B', { authorizationServer, scopes: ['orders/read'] });
    expect(second.scopes).toEqual(authorizationServer.scopes);
  });

  test('scopes that differ in / and -- only are two scopes', () => {
    const { scopes } = new OktaDevPortalOidc(newStack(), 'Id', { scopes: ['a/b', 'a--b'] });
    expect(scopes[0]).not.toBe(scopes[1]);
  });

  test('an issuer with space around it is refused', () => {
    const issuer = ' https://dev-1.okta.com/oauth2/default\n';
    expect(
      messageOf(() =>
        AuthorizationServer.fromAttributes(newStack(), 'Id', { authorizationServerId: 'default', issuer }),
      ),
    ).toMatch(/^stack\/Id: invalid input\n {2}- issuer: must be an https URL/);
  });

  test('two rules of one name are refused by a rule', () => {
    const stack = newStack();
    const authorizationServer = AuthorizationServer.fromDefault(stack, 'Server');
    const policy = new AccessPolicy(stack, 'Id', { authorizationServer, name: 'policy' });
    policy.addRule({ name: 'same', scopes: ['*'] });
    expect(messageOf(() => policy.addRule({ name: 'same', scopes: ['*'] }))).toContain(
      'stack/Id: invalid input',
    );
  });
});
