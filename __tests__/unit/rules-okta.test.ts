import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  AccessPolicy,
  type AccessPolicyOptions,
  type AccessPolicyRuleOptions,
  AuthorizationServer,
  type AuthorizationServerAttributes,
  type IAuthorizationServer,
  type IOidcClient,
  OidcAuthStrategy,
  type OidcAuthStrategyProps,
  OidcClient,
  type OidcClientProps,
  OidcClientType,
  OktaDevPortalOidc,
} from '../../lib';
import { newStack } from '../support/synth';
import {
  type Broken,
  ISSUER,
  type Kept,
  messageOf,
  rowsOf,
  rulesWithoutMessage,
  UUID,
} from '../support/validation';

const strategy = (stack: TerraformStack, props: Partial<OidcAuthStrategyProps>) =>
  new OidcAuthStrategy(stack, 'Id', {
    name: 'okta',
    issuer: ISSUER,
    credentialClaim: ['clientId'],
    scopes: ['api.access'],
    ...props,
  });

const found = (stack: TerraformStack, props: Partial<AuthorizationServerAttributes>) =>
  AuthorizationServer.fromAttributes(stack, 'Id', {
    authorizationServerId: 'default',
    issuer: ISSUER,
    ...props,
  });

/** The same server however often it is asked for. */
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

const twice = (accessPolicy: AccessPolicy, client: IOidcClient) =>
  times(2, () => accessPolicy.addClient(client));

function times(count: number, act: () => unknown): void {
  for (let n = 0; n < count; n += 1) {
    act();
  }
}

const broken: Broken = {
  'stack/Id: invalid input\n  - issuer: must be an https URL without query, fragment and white space, http only on a loopback host (Konnect). Received "dev-1.okta.com/oauth2/default". Take the issuer URI that Okta shows under Security > API > Authorization Servers.':
    (s) => strategy(s, { issuer: 'dev-1.okta.com/oauth2/default' }),
  'stack/Id: invalid input\n  - issuer: must be an https URL without query, fragment and white space, http only on a loopback host (Konnect). Received "http://dev-1.okta.com/oauth2/default". Take the issuer URI that Okta shows under Security > API > Authorization Servers.':
    [
      (s) => strategy(s, { issuer: 'http://dev-1.okta.com/oauth2/default' }),
      (s) => found(s, { issuer: 'http://dev-1.okta.com/oauth2/default' }),
    ],
  'stack/Id: invalid input\n  - issuer: must be an https URL without query, fragment and white space, http only on a loopback host (Konnect). Received "http://localhost.example.com/oauth2/default". Take the issuer URI that Okta shows under Security > API > Authorization Servers.':
    (s) => strategy(s, { issuer: 'http://localhost.example.com/oauth2/default' }),
  'stack/Id: invalid input\n  - issuer: must be an https URL without query, fragment and white space, http only on a loopback host (Konnect). Received "https://dev-1.okta.com/oauth2/default?a=b". Take the issuer URI that Okta shows under Security > API > Authorization Servers.':
    (s) => strategy(s, { issuer: `${ISSUER}?a=b` }),
  'stack/Id: invalid input\n  - issuer: must be an https URL without query, fragment and white space, http only on a loopback host (Konnect). Received "https://dev-1.okta.com/oauth2/default#a". Take the issuer URI that Okta shows under Security > API > Authorization Servers.':
    (s) => strategy(s, { issuer: `${ISSUER}#a` }),
  'stack/Id: invalid input\n  - issuer: must have at most 256 characters (Konnect). Received "https://dev-1.okta.com/oauth2/defaultxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Use an issuer on a shorter domain.':
    [
      (s) => strategy(s, { issuer: ISSUER.padEnd(257, 'x') }),
      (s) => found(s, { issuer: ISSUER.padEnd(257, 'x') }),
    ],
  'stack/Id: invalid input\n  - issuer: must be the issuer of a custom authorization server, ending in /oauth2/<id>: the org authorization server has no custom claims (Okta). Received "https://dev-1.okta.com". Use the default server (AuthorizationServer.fromDefault) or one of your own.':
    (s) => strategy(s, { issuer: 'https://dev-1.okta.com' }),
  'stack/Id: invalid input\n  - issuer: must be the issuer of a custom authorization server, ending in /oauth2/<id>: the org authorization server has no custom claims (Okta). Received "https://dev-1.okta.com/oauth2/default/". Use the default server (AuthorizationServer.fromDefault) or one of your own.':
    (s) => strategy(s, { issuer: `${ISSUER}/` }),
  'stack/Id: invalid input\n  - issuer: must be the issuer of a custom authorization server, ending in /oauth2/<id>: the org authorization server has no custom claims (Okta). Received "https://dev-1.okta.com/". Use the default server (AuthorizationServer.fromDefault) or one of your own.':
    (s) => found(s, { issuer: 'https://dev-1.okta.com/' }),
  'stack/Id: invalid input\n  - authorizationServerId: must not be empty. Received "". Give it a value.': (
    s,
  ) => found(s, { authorizationServerId: '' }),
  'stack/Id: invalid input\n  - name: must not be empty. Received " ". Give it a value.': (s) =>
    AuthorizationServer.fromName(s, 'Id', ' '),
  'stack/Id: invalid input\n  - name: must not be empty. Received "". Give it a value.': [
    (s) => new AuthorizationServer(s, 'Id', { name: '', audiences: ['api://default'] }),
    (s) => policy(s, { name: '' }),
  ],
  'stack/Id: invalid input\n  - audiences: must hold exactly one audience (Okta). Received ["a","b"]. Give the URI that the resource servers expect in aud.':
    (s) => new AuthorizationServer(s, 'Id', { name: 'mine', audiences: ['a', 'b'] }),
  'stack/Id: invalid input\n  - audiences: must hold exactly one audience (Okta). Received []. Give the URI that the resource servers expect in aud.':
    (s) => new AuthorizationServer(s, 'Id', { name: 'mine', audiences: [] }),
  'stack/Server/Claim-cid: invalid input\n  - claimName: must not be empty nor a claim that Okta reserves in access tokens (acr, amr, as_uri, cid, groups, iss, jti, rpt, rsi, token_type, uid, username, ver). Received "cid". Choose another name, for example clientId.':
    (s) => server(s).addClientIdClaim('cid'),
  'stack/Server/Claim- : invalid input\n  - claimName: must not be empty nor a claim that Okta reserves in access tokens (acr, amr, as_uri, cid, groups, iss, jti, rpt, rsi, token_type, uid, username, ver). Received " ". Choose another name, for example clientId.':
    (s) => server(s).addClientIdClaim(' '),
  'stack/Id: invalid input\n  - claimName: must not be empty nor a claim that Okta reserves in access tokens (acr, amr, as_uri, cid, groups, iss, jti, rpt, rsi, token_type, uid, username, ver). Received "username". Choose another name, for example clientId.':
    (s) => new OktaDevPortalOidc(s, 'Id', { claimName: 'username' }),
  'stack/Id: invalid input\n  - claimName: must not be empty nor a claim that Okta reserves in access tokens (acr, amr, as_uri, cid, groups, iss, jti, rpt, rsi, token_type, uid, username, ver). Received "". Choose another name, for example clientId.':
    (s) => new OktaDevPortalOidc(s, 'Id', { claimName: '' }),
  [`stack/Server/Claim-${'x'.repeat(129)}: invalid input\n  - claimName: must have at most 128 characters: the auth strategy names the claim (Konnect). Received "${'x'.repeat(99)}…. Shorten it.`]:
    (s) => server(s).addClientIdClaim('x'.repeat(129)),
  [`stack/Id: invalid input\n  - claimName: must have at most 128 characters: the auth strategy names the claim (Konnect). Received "${'x'.repeat(99)}…. Shorten it.`]:
    (s) => new OktaDevPortalOidc(s, 'Id', { claimName: 'x'.repeat(129) }),
  'stack/Server: invalid input\n  - claimName: must not be added twice to one authorization server (Okta). Received "clientId". Use the claim that addClientIdClaim returned the first time.':
    (s) => times(2, () => server(s).addClientIdClaim('clientId')),
  'stack/Server/Scope-api access: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "api access". Choose a name such as api.access.':
    (s) => server(s).addScope('api access'),
  'stack/Server/Scope-api"access: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "api\\"access". Choose a name such as api.access.':
    (s) => server(s).addScope('api"access'),
  'stack/Server/Scope-api\\access: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "api\\\\access". Choose a name such as api.access.':
    (s) => server(s).addScope('api\\access'),
  'stack/Server/Scope-zugriff.ändern: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "zugriff.ändern". Choose a name such as api.access.':
    (s) => server(s).addScope('zugriff.ändern'),
  'stack/Server/Scope-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…. Choose a name such as api.access.':
    (s) => server(s).addScope('x'.repeat(129)),
  'stack/Server/Scope-: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "". Choose a name such as api.access.':
    (s) => server(s).addScope(''),
  'stack/Server/Scope-okta.users.read: invalid input\n  - scopeName: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "okta.users.read". Choose a name such as api.access.':
    (s) => server(s).addScope('okta.users.read'),
  'stack/Server/Scope-offline_access: invalid input\n  - scopeName: must not be a scope that Okta reserves for users (openid, profile, email, address, phone, offline_access, device_sso): client credentials cannot ask for it. Received "offline_access". Leave it out; the gateway needs your own scopes only.':
    (s) => server(s).addScope('offline_access'),
  'stack/Server: invalid input\n  - scopeName: must not be added twice to one authorization server (Okta). Received "api.access". Use the scope that addScope returned the first time.':
    (s) => times(2, () => server(s).addScope('api.access')),
  'stack/Id: invalid input\n  - scopes: must not name a scope twice (Okta). Received ["a","b","a"]. Remove the repetition.':
    (s) => strategy(s, { scopes: ['a', 'b', 'a'] }),
  'stack/Id: invalid input\n  - scopes[1]: must not be a scope that Okta reserves for users (openid, profile, email, address, phone, offline_access, device_sso): client credentials cannot ask for it. Received "openid". Leave it out; the gateway needs your own scopes only.\n  - scopes[2]: must be printable ASCII without spaces, quotes and backslashes, at most 128 characters, and not begin with okta. (Okta, Konnect). Received "okta.users.read". Choose a name such as api.access.':
    (s) => new OktaDevPortalOidc(s, 'Id', { scopes: ['api.access', 'openid', 'okta.users.read'] }),
  'stack/Id: invalid input\n  - scopeNames: must not name a scope twice (Okta). Received ["a","a"]. Remove the repetition.':
    (s) =>
      OktaDevPortalOidc.fromAttributes(s, 'Id', {
        authorizationServerId: 'default',
        issuer: ISSUER,
        strategyId: UUID,
        scopeNames: ['a', 'a'],
      }),
  'stack/Id: invalid input\n  - label: must not be empty. Received "". Give it a value.': (s) =>
    service(s, { label: '' }),
  [`stack/Id: invalid input\n  - label: must have at most 100 characters (Okta). Received "${'x'.repeat(99)}…. Shorten it.`]:
    (s) => service(s, { label: 'x'.repeat(101) }),
  'stack/Id: invalid input\n  - redirectUris: must hold at least one URI for a web application (Okta). Received []. Give the sign-in callback of the application, or make it a service application with OidcClientType.SERVICE.':
    (s) => web(s, undefined),
  'stack/Id: invalid input\n  - redirectUris[1]: must be an absolute URI without fragment, wildcard and white space (Okta). Received "https://app.example.com/#callback". Write the full callback URI, one entry for each.':
    (s) => web(s, ['https://app.example.com/callback', 'https://app.example.com/#callback']),
  'stack/Id: invalid input\n  - redirectUris[0]: must be an absolute URI without fragment, wildcard and white space (Okta). Received "https://*.example.com/callback". Write the full callback URI, one entry for each.':
    (s) => web(s, ['https://*.example.com/callback']),
  'stack/Id: invalid input\n  - redirectUris[0]: must be an absolute URI without fragment, wildcard and white space (Okta). Received "/callback". Write the full callback URI, one entry for each.':
    (s) => web(s, ['/callback']),
  'stack/Id: invalid input\n  - redirectUris: must be left out for a service application: nobody signs in to it (Okta). Received ["https://app.example.com/callback"]. Remove the URIs, or make it a web application with OidcClientType.WEB.':
    (s) => service(s, { redirectUris: ['https://app.example.com/callback'] }),
  'stack/Id: invalid input\n  - clientId: must not be empty. Received "". Give it a value.': (s) =>
    OidcClient.fromClientId(s, 'Id', ''),
  'stack/Id: invalid input\n  - clientSecret: is not in the Terraform state of this client. Received "okta-only". Set clientSecret: ClientSecretStorage.IN_STATE to keep it there, or copy it from the Okta console.':
    (s) => web(s, ['https://app.example.com/callback']).clientSecret,
  'stack/Id/Rule-rule: invalid input\n  - accessTokenLifetimeMinutes: must be 5 to 1440 minutes, a whole number (Okta). Received 4. Choose a lifetime in that range.':
    (s) => rule(s, { accessTokenLifetimeMinutes: 4 }),
  'stack/Id/Rule-rule: invalid input\n  - accessTokenLifetimeMinutes: must be 5 to 1440 minutes, a whole number (Okta). Received 1441. Choose a lifetime in that range.':
    (s) => rule(s, { accessTokenLifetimeMinutes: 1441 }),
  'stack/Id/Rule-rule: invalid input\n  - accessTokenLifetimeMinutes: must be 5 to 1440 minutes, a whole number (Okta). Received 5.5. Choose a lifetime in that range.':
    (s) => rule(s, { accessTokenLifetimeMinutes: 5.5 }),
  'stack/Id: invalid input\n  - accessTokenLifetimeMinutes: must be 5 to 1440 minutes, a whole number (Okta). Received 4. Choose a lifetime in that range.':
    (s) => new OktaDevPortalOidc(s, 'Id', { accessTokenLifetimeMinutes: 4 }),
  'stack/Id/Rule-: invalid input\n  - name: must not be empty. Received "". Give it a value.': (s) =>
    policy(s, {}).addRule({ name: '', scopes: ['*'] }),
  'stack/Id/Rule-rule: invalid input\n  - scopes: must hold at least one element. Received []. Name what it applies to.':
    (s) => rule(s, { scopes: [] }),
  'stack/Id/Rule-rule: invalid input\n  - scopes: must not name a scope twice (Okta). Received ["a","a"]. Remove the repetition.':
    (s) => rule(s, { scopes: ['a', 'a'] }),
  'stack/Id/Rule-rule: invalid input\n  - grantTypes: must hold at least one element. Received []. Name what it applies to.':
    (s) => rule(s, { grantTypes: [] }),
  'stack/Id: invalid input\n  - priority: must be a whole number from 1 (Okta). Received 0. Use 1 for the first to be evaluated.':
    (s) => policy(s, { priority: 0 }),
  'stack/Id: invalid input\n  - priority: must be a whole number from 1 (Okta). Received 1.5. Use 1 for the first to be evaluated.':
    (s) => policy(s, { priority: 1.5 }),
  'stack/Id: invalid input\n  - policyPriority: must be a whole number from 1 (Okta). Received 0. Use 1 for the first to be evaluated.':
    (s) => new OktaDevPortalOidc(s, 'Id', { policyPriority: 0 }),
  'stack/Id: invalid input\n  - clients: must not name clients when allClients is true: the policy already applies to all of them (Okta). Received ["stack/Client"]. Remove one of the two.':
    (s) => policy(s, { allClients: true }).addClient(OidcClient.fromClientId(s, 'Client', '0oa1')),
  'stack/Id: invalid input\n  - client: must not be added twice to one access policy. Received "stack/Client". Remove the second addition.':
    (s) => twice(policy(s, {}), OidcClient.fromClientId(s, 'Client', '0oa1')),
  'stack/Id: invalid input\n  - client: must not be added twice to one access policy. Received "stack/B". Remove the second addition.':
    (s) =>
      policy(s, {
        clients: [OidcClient.fromClientId(s, 'A', '0oa1'), OidcClient.fromClientId(s, 'B', '0oa1')],
      }),
  'stack/Id/AccessPolicy: invalid input\n  - client: must not be added twice to one access policy. Received "stack/Id/AccessPolicy/Client-1". Remove the second addition.':
    (s) => new OktaDevPortalOidc(s, 'Id', { allowedClientIds: ['0oa1'] }).allowClient('0oa1'),
  'stack/Id: invalid input\n  - name: must not be added twice to one access policy (Okta). Received "rule". Give the second rule another name.':
    (s) => {
      const withRule = policy(s, { rules: [{ name: 'rule', scopes: ['*'] }] });
      withRule.addRule({ name: 'rule', scopes: ['*'] });
    },
  'stack/Id: invalid input\n  - scopes: must be a list that is known when the app is synthesized: each element becomes a resource. Received "a list known at apply". Write the elements into the code; single elements may be tokens.':
    (s) => new OktaDevPortalOidc(s, 'Id', { scopes: new TerraformVariable(s, 'scopes', {}).listValue }),
  'stack/Id: invalid input\n  - allowedClientIds: must be a list that is known when the app is synthesized: each element becomes a resource. Received "a list known at apply". Write the elements into the code; single elements may be tokens.':
    (s) =>
      new OktaDevPortalOidc(s, 'Id', { allowedClientIds: new TerraformVariable(s, 'ids', {}).listValue }),
  'stack/Id: invalid input\n  - allowedClientIds: must not name a client twice. Received ["0oa1","0oa2","0oa1"]. Remove the repetition.':
    (s) => new OktaDevPortalOidc(s, 'Id', { allowedClientIds: ['0oa1', '0oa2', '0oa1'] }),
};

test.each(rowsOf(broken))('%s', (message, act) => {
  expect(messageOf(() => act(newStack()))).toBe(message);
});

const kept: Kept[] = [
  ['issuer of 256 characters', (s) => strategy(s, { issuer: ISSUER.padEnd(256, 'x') })],
  ['issuer by http on localhost', (s) => strategy(s, { issuer: 'http://localhost:8080/oauth2/default' })],
  ['issuer by http on 127.0.0.1', (s) => strategy(s, { issuer: 'http://127.0.0.1:8080/oauth2/default' })],
  ['issuer by http on ::1', (s) => strategy(s, { issuer: 'http://[::1]:8080/oauth2/default' })],
  ['scope name of 128 characters', (s) => server(s).addScope('x'.repeat(128))],
  ['scope name with every kind of sign', (s) => server(s).addScope("https://api.example.com/a:b,c;d'e")],
  ['claim name that differs in case from a reserved one', (s) => server(s).addClientIdClaim('CID')],
  ['service client without redirect URIs', (s) => service(s, {})],
  ['label of 100 characters', (s) => service(s, { label: '😀'.repeat(100) })],
  ['redirect URI of a native application', (s) => web(s, ['com.example.app:/callback'])],
  ['token lifetime, 5', (s) => rule(s, { accessTokenLifetimeMinutes: 5 })],
  ['token lifetime, 1440', (s) => rule(s, { accessTokenLifetimeMinutes: 1440 })],
  ['scopes for users in a rule, which has no say about them', (s) => rule(s, { scopes: ['openid'] })],
];

test.each(kept)('%s is accepted', (_what, act) => {
  expect(() => act(newStack())).not.toThrow();
});

test('every rule of the Okta side has a message here', () => {
  expect(rulesWithoutMessage('okta', broken)).toEqual([]);
});
