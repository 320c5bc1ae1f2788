import type { TerraformStack } from 'cdktf';
import {
  AccessPolicy,
  type AccessPolicyOptions,
  AccessPolicyRule,
  type AccessPolicyRuleOptions,
  AuthorizationServer,
  type AuthorizationServerAttributes,
  type IAuthorizationServer,
  OidcClient,
  type OidcClientProps,
  OidcClientType,
  OktaDevPortalOidc,
} from '../../lib';
import { newStack } from '../support/synth';
import { type Act, expectFailures, type InvalidInput, ISSUER, rowsOf, UUID } from '../support/validation';

const X129 = 'x'.repeat(129);

const found = (stack: TerraformStack, props: Partial<AuthorizationServerAttributes>) =>
  AuthorizationServer.fromAttributes(stack, 'Id', {
    authorizationServerId: 'default',
    issuer: ISSUER,
    ...props,
  });

/** The server of the stack, always the same. */
const server = (stack: TerraformStack) =>
  (stack.node.tryFindChild('Server') as IAuthorizationServer | undefined) ??
  AuthorizationServer.fromDefault(stack, 'Server');

const policy = (stack: TerraformStack, options: Partial<AccessPolicyOptions>) =>
  new AccessPolicy(stack, 'Id', { authorizationServer: server(stack), name: 'clients', ...options });

const rule = (stack: TerraformStack, options: Partial<AccessPolicyRuleOptions>) =>
  policy(stack, {}).addRule({ name: 'rule', scopes: ['*'], ...options });

const service = (stack: TerraformStack, props: Partial<OidcClientProps>) =>
  new OidcClient(stack, 'Id', { label: 'app', type: OidcClientType.SERVICE, ...props });

const web = (stack: TerraformStack, redirectUris: string[] | undefined) =>
  new OidcClient(stack, 'Id', { label: 'app', redirectUris });

const client = (stack: TerraformStack, id = 'Client') => OidcClient.fromClientId(stack, id, '0oa1');

const oidc = (stack: TerraformStack, props: ConstructorParameters<typeof OktaDevPortalOidc>[2]) =>
  new OktaDevPortalOidc(stack, 'Id', props);

const twice = (act: () => unknown) => [act(), act()];

const invalid: readonly InvalidInput[] = [
  [
    'issuer',
    /must be an https URL/,
    (s) => found(s, { issuer: 'dev-1.okta.com/oauth2/default' }),
    (s) => found(s, { issuer: 'http://dev-1.okta.com/oauth2/default' }),
    (s) => found(s, { issuer: 'http://localhost.example.com/oauth2/default' }),
    (s) => found(s, { issuer: `${ISSUER}?a=b` }),
    (s) => found(s, { issuer: `${ISSUER}#a` }),
  ],
  ['issuer', /at most 256 characters \(Konnect/, (s) => found(s, { issuer: ISSUER.padEnd(257, 'x') })],
  [
    'issuer',
    /must end in \/oauth2\/<id>/,
    (s) => found(s, { issuer: 'https://dev-1.okta.com' }),
    (s) => found(s, { issuer: `${ISSUER}/` }),
  ],
  ['authorizationServerId', /must not be empty/, (s) => found(s, { authorizationServerId: '' })],
  [
    'name',
    /must not be empty/,
    (s) => AuthorizationServer.fromLookup(s, 'Id', { name: ' ' }),
    (s) => new AuthorizationServer(s, 'Id', { name: '', audiences: ['api://default'] }),
    (s) => policy(s, { name: '' }),
    (s) => rule(s, { name: '' }),
  ],
  [
    'audiences',
    /exactly 1 item \(Okta\)/,
    (s) => new AuthorizationServer(s, 'Id', { name: 'mine', audiences: ['a', 'b'] }),
    (s) => new AuthorizationServer(s, 'Id', { name: 'mine', audiences: [] }),
  ],
  [
    'authorizationServer',
    /must be a construct with authorizationServerId/,
    (s) => oidc(s, { authorizationServer: new OktaDevPortalOidc(s, 'other') as never }),
  ],
  [
    'claimName',
    /must not be empty or a claim that Okta reserves/,
    (s) => server(s).addClientIdClaim('cid'),
    (s) => server(s).addClientIdClaim(' '),
    (s) => oidc(s, { claimName: 'username' }),
    (s) => oidc(s, { claimName: '' }),
  ],
  [
    'claimName',
    /at most 128 characters \(Konnect/,
    (s) => server(s).addClientIdClaim(X129),
    (s) => oidc(s, { claimName: X129 }),
  ],
  ['claimName', /must not be added twice/, (s) => twice(() => server(s).addClientIdClaim('clientId'))],
  [
    'scopeName',
    /must be printable ASCII/,
    (s) => server(s).addScope('api access'),
    (s) => server(s).addScope('api"access'),
    (s) => server(s).addScope('api\\access'),
    (s) => server(s).addScope('zugriff.ändern'),
    (s) => server(s).addScope(X129),
    (s) => server(s).addScope(''),
    (s) => server(s).addScope('okta.users.read'),
  ],
  ['scopeName', /must not be a system scope of Okta/, (s) => server(s).addScope('offline_access')],
  ['scopeName', /must not be added twice/, (s) => twice(() => server(s).addScope('api.access'))],
  ['scopes[1]', /must not be a system scope of Okta/, (s) => oidc(s, { scopes: ['api.access', 'openid'] })],
  [
    'scopes',
    /must not contain a value twice/,
    (s) => oidc(s, { scopes: ['a', 'b', 'a'] }),
    (s) => rule(s, { scopes: ['a', 'a'] }),
  ],
  [
    'scopeNames',
    /must not contain a value twice/,
    (s) =>
      OktaDevPortalOidc.fromAttributes(s, 'Id', {
        authorizationServerId: 'default',
        issuer: ISSUER,
        strategyId: UUID,
        scopeNames: ['a', 'a'],
      }),
  ],
  ['label', /must not be empty/, (s) => service(s, { label: '' })],
  ['label', /at most 100 characters \(Okta\)/, (s) => service(s, { label: 'x'.repeat(101) })],
  ['redirectUris', /at least one URI for a web application/, (s) => web(s, undefined), (s) => web(s, [])],
  ['redirectUris', /must be empty for a service application/, (s) => service(s, { redirectUris: [ISSUER] })],
  [
    'redirectUris[1]',
    /must be an absolute URI without fragment/,
    (s) => web(s, [ISSUER, 'https://app.example.com/#callback']),
    (s) => web(s, [ISSUER, 'https://*.example.com/callback']),
    (s) => web(s, [ISSUER, '/callback']),
  ],
  [
    'clientId',
    /must not be empty/,
    (s) => OidcClient.fromClientId(s, 'Id', ''),
    (s) => oidc(s, {}).allowClient(' '),
  ],
  ['clientSecret', /is not in the Terraform state/, (s) => web(s, [ISSUER]).clientSecret],
  [
    'accessTokenLifetimeMinutes',
    /whole number of minutes, 5 to 1440 \(Okta\)/,
    (s) => rule(s, { accessTokenLifetimeMinutes: 4 }),
    (s) => rule(s, { accessTokenLifetimeMinutes: 1441 }),
    (s) => rule(s, { accessTokenLifetimeMinutes: 5.5 }),
  ],
  [
    'accessPolicy.accessTokenLifetimeMinutes',
    /5 to 1440/,
    (s) => oidc(s, { accessPolicy: { accessTokenLifetimeMinutes: 4 } }),
  ],
  [
    'accessPolicy.name',
    /at most 100 characters/,
    (s) => oidc(s, { accessPolicy: { name: 'x'.repeat(101) } }),
  ],
  [
    'accessPolicy.description',
    /1 to 255 characters/,
    (s) => oidc(s, { accessPolicy: { description: '' } }),
    (s) => oidc(s, { accessPolicy: { description: 'x'.repeat(256) } }),
  ],
  ['accessPolicy.groups[0]', /must be EVERYONE/, (s) => oidc(s, { accessPolicy: { groups: ['00g1'] } })],
  ['accessPolicy.priority', /1 or more \(Okta\)/, (s) => oidc(s, { accessPolicy: { priority: 0 } })],
  [
    'accessPolicy.priorty',
    /is not a known prop.*Use priority/,
    (s) => oidc(s, { accessPolicy: { priorty: 1 } as never }),
  ],
  ['priority', /1 or more \(Okta\)/, (s) => policy(s, { priority: 0 }), (s) => policy(s, { priority: 1.5 })],
  ['scopes', /at least 1 item/, (s) => rule(s, { scopes: [] })],
  ['grantTypes', /at least 1 item/, (s) => rule(s, { grantTypes: [] })],
  [
    'clients',
    /must be empty if allClients is true/,
    (s) => policy(s, { allClients: true, clients: [client(s)] }),
    (s) => policy(s, { allClients: true }).addClient(client(s)),
  ],
  [
    'client',
    /must not be added twice/,
    (s) => {
      const clients = policy(s, { clients: [client(s)] });
      clients.addClient(client(s, 'Same'));
    },
    (s) => policy(s, { clients: [client(s, 'A'), client(s, 'B')] }),
    (s) => oidc(s, { allowedClientIds: ['0oa1'] }).allowClient('0oa1'),
  ],
  [
    'name',
    /must not be the name of another rule/,
    (s) => policy(s, { rules: [{ name: 'rule', scopes: ['*'] }] }).addRule({ name: 'rule', scopes: ['*'] }),
  ],
  [
    'allowedClientIds',
    /must not contain a value twice/,
    (s) => oidc(s, { allowedClientIds: ['a', 'b', 'a'] }),
  ],
];

test.each(rowsOf(invalid))('%s %s', (prop, text, act) => {
  expectFailures(() => act(newStack()), [prop, text]);
});

const valid: readonly (readonly [what: string, act: Act])[] = [
  ['issuer of 256 characters', (s) => found(s, { issuer: ISSUER.padEnd(256, 'x') })],
  ['issuer by http on localhost', (s) => found(s, { issuer: 'http://localhost:8080/oauth2/default' })],
  ['issuer by http on 127.0.0.1', (s) => found(s, { issuer: 'http://127.0.0.1:8080/oauth2/default' })],
  ['issuer by http on ::1', (s) => found(s, { issuer: 'http://[::1]:8080/oauth2/default' })],
  ['scope name of 128 characters', (s) => server(s).addScope('x'.repeat(128))],
  ['scope name with all kinds of characters', (s) => server(s).addScope("https://api.example.com/a:b,c;d'e")],
  ['claim name that differs in case from a reserved one', (s) => server(s).addClientIdClaim('CID')],
  ['label of 100 characters', (s) => service(s, { label: '😀'.repeat(100) })],
  ['redirect URI of a native application', (s) => web(s, ['com.example.app:/callback'])],
  ['token lifetime, 5', (s) => rule(s, { accessTokenLifetimeMinutes: 5 })],
  ['token lifetime, 1440', (s) => rule(s, { accessTokenLifetimeMinutes: 1440 })],
  ['system scopes in a rule', (s) => rule(s, { scopes: ['openid'] })],
  [
    'name of the policy, undefined',
    (s) => oidc(s, { accessPolicy: { name: undefined } }).allowClient('0oa1'),
  ],
  ['group EVERYONE', (s) => oidc(s, { accessPolicy: { groups: ['EVERYONE'] } })],
  [
    'rule of an existing policy',
    (s) => {
      const authorizationServer = server(s);
      const found = AccessPolicy.fromAttributes(s, 'Found', { authorizationServer, policyId: '00p1' });
      new AccessPolicyRule(s, 'Id', { policy: found, name: 'rule', scopes: ['*'] });
    },
  ],
];

test.each(valid)('%s is valid', (_what, act) => {
  expect(() => act(newStack())).not.toThrow();
});

test('two constructs share a scope with a slash in its name', () => {
  const stack = newStack();
  const authorizationServer = server(stack);
  new OktaDevPortalOidc(stack, 'A', { authorizationServer, scopes: ['orders/read'] });
  const second = new OktaDevPortalOidc(stack, 'B', {
    authorizationServer,
    scopes: ['orders/read'],
    name: 'B',
  });
  expect(second.scopes).toEqual(authorizationServer.scopes);
});

test('scopes that differ in / and -- only are two scopes', () => {
  const { scopes } = oidc(newStack(), { scopes: ['a/b', 'a--b'] });
  expect(scopes[0]).not.toBe(scopes[1]);
});
