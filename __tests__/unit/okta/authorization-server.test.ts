import { AuthorizationServer, AuthorizationServerScope, IssuerMode, KeyRotationMode } from '../../../lib';
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
  });
  expect(json.counts()).toEqual({ okta_auth_server_scope: 1 });
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

describe('scopes and claims are replaced with their server', () => {
  test('by its resource if this stack creates it', () => {
    const stack = stackWithProviders();
    const server = new AuthorizationServer(stack, 'server', { name: 'own', audiences: ['api://own'] });
    server.addScope('api.access');
    const json = synthesize(stack);
    const [name] = Object.keys(json.resources('okta_auth_server'));
    expect(json.only('okta_auth_server_scope').lifecycle).toEqual({
      replace_triggered_by: [`okta_auth_server.${name}.id`],
    });
    expect(json.counts()).not.toHaveProperty('terraform_data');
  });

  test('by one trigger on its id if it is looked up', () => {
    const stack = stackWithProviders();
    const server = AuthorizationServer.fromLookup(stack, 'server', { name: 'partners' });
    server.addScope('a');
    server.addScope('b');
    server.addClientIdClaim('clientId');
    const json = synthesize(stack);
    const [name] = Object.keys(json.resources('terraform_data'));
    const [data] = Object.keys(json.data('okta_auth_server'));
    expect(json.only('terraform_data').triggers_replace).toEqual({
      id: `\${data.okta_auth_server.${data}.id}`,
    });
    const children = [
      ...Object.values(json.resources('okta_auth_server_scope')),
      json.only('okta_auth_server_claim'),
    ];
    expect(children.map((child) => child.lifecycle)).toEqual(
      Array(3).fill({ replace_triggered_by: [`terraform_data.${name}`] }),
    );
  });
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
