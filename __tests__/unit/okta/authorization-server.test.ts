import type { TerraformStack } from 'cdktf';
import {
  AuthorizationServer,
  AuthorizationServerScope,
  type IAuthorizationServer,
  IssuerMode,
  KeyRotationMode,
} from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';

const ATTRIBUTES = { authorizationServerId: 'aus1', issuer: 'https://example.okta.com/oauth2/aus1' };

test('the default server is looked up by its name', () => {
  const stack = stackWithProviders();
  const server = AuthorizationServer.fromDefault(stack, 'server');
  server.addScope('api.access');
  const json = synthesize(stack);
  const [name] = Object.keys(json.data('okta_auth_server'));
  expect(json.only('okta_auth_server_scope')).toEqual({
    auth_server_id: `\${data.okta_auth_server.${name}.id}`,
    name: 'api.access',
    lifecycle: {
      create_before_destroy: true,
      replace_triggered_by: [expect.stringMatching(/^terraform_data\.server_Id_/)],
    },
  });
  expect(json.counts()).toEqual({ okta_auth_server_scope: 1, terraform_data: 1 });
});

test('writes every prop', () => {
  const stack = stackWithProviders();
  new AuthorizationServer(stack, 'server', {
    name: 'partners',
    audiences: ['api://partners'],
    description: 'Partners',
    issuerMode: IssuerMode.CUSTOM_URL,
    keyRotationMode: KeyRotationMode.MANUAL,
    preventDestroy: true,
  });
  expect(synthesize(stack).only('okta_auth_server')).toEqual({
    name: 'partners',
    audiences: ['api://partners'],
    description: 'Partners',
    issuer_mode: 'CUSTOM_URL',
    credentials_rotation_mode: 'MANUAL',
    lifecycle: { prevent_destroy: true },
  });
});

test('leaves optional props to the provider', () => {
  const stack = stackWithProviders();
  new AuthorizationServer(stack, 'server', { name: 'partners', audiences: ['api://partners'] });
  expect(synthesize(stack).only('okta_auth_server')).toEqual({
    name: 'partners',
    audiences: ['api://partners'],
  });
});

test('the claim is an expression in access tokens', () => {
  const stack = stackWithProviders();
  const server = AuthorizationServer.fromAttributes(stack, 'server', ATTRIBUTES);
  const scope = server.addScope('api.access', {
    displayName: 'API',
    description: 'Use the API',
    publishInMetadata: false,
    defaultScope: true,
  });
  server.addClientIdClaim('app_id', { scopes: [scope] });
  const json = synthesize(stack);
  const [scopeName] = Object.keys(json.resources('okta_auth_server_scope'));
  expect(json.only('okta_auth_server_claim')).toMatchObject({
    auth_server_id: 'aus1',
    name: 'app_id',
    value: 'app.clientId',
    value_type: 'EXPRESSION',
    claim_type: 'RESOURCE',
    scopes: [`\${okta_auth_server_scope.${scopeName}.name}`],
  });
  expect(json.only('okta_auth_server_scope')).toMatchObject({
    display_name: 'API',
    description: 'Use the API',
    metadata_publish: 'NO_CLIENTS',
    default: true,
  });
});

test.each<[string, (stack: TerraformStack) => IAuthorizationServer, RegExp]>([
  [
    'a created server',
    (stack) => new AuthorizationServer(stack, 'server', { name: 'own', audiences: ['api://own'] }),
    /^\$\{okta_auth_server\.server_\w+\.id\}$/,
  ],
  [
    'the default server',
    (stack) => AuthorizationServer.fromDefault(stack, 'server'),
    /^\$\{data\.okta_auth_server\.server_\w+\.id\}$/,
  ],
  [
    'a server that is looked up',
    (stack) => AuthorizationServer.fromLookup(stack, 'server', { name: 'partners' }),
    /^\$\{data\.okta_auth_server\.server_\w+\.id\}$/,
  ],
  [
    'an existing server',
    (stack) => AuthorizationServer.fromAttributes(stack, 'server', ATTRIBUTES),
    /^aus1$/,
  ],
])('scopes, claims and policies of %s are replaced when it becomes another one', (_case, create, id) => {
  const stack = stackWithProviders();
  const server = create(stack);
  server.addScope('a');
  server.addScope('b');
  server.addClientIdClaim('clientId');
  server.addAccessPolicy('policy', { name: 'Policy', allClients: true });
  const json = synthesize(stack);
  const children = [
    ...Object.values(json.resources('okta_auth_server_scope')),
    json.only('okta_auth_server_claim'),
    json.only('okta_auth_server_policy'),
  ];
  expect(children.map((child) => json.replacementIds(child))).toEqual(
    Array(4).fill([{ id: expect.stringMatching(id) }]),
  );
  expect(json.counts()).toMatchObject({ terraform_data: 1 });
});

test('scopes and claims are returned in order, as copies', () => {
  const stack = stackWithProviders();
  const server = AuthorizationServer.fromAttributes(stack, 'server', ATTRIBUTES);
  const scopes = [server.addScope('b'), server.addScope('a')];
  const claim = server.addClientIdClaim('clientId');
  server.scopes.pop();
  expect(server.scopes).toEqual(scopes);
  expect(server.claims).toEqual([claim]);
  expect(scopes[0]).toBeInstanceOf(AuthorizationServerScope);
});
