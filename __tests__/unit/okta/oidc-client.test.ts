import { TerraformOutput } from 'cdktf';
import { ClientSecretStorage, OidcClient, OidcClientType } from '../../../lib';
import { stackWithProviders } from '../../support/how-to';
import { synthesize } from '../../support/synth';
import { expectFailures } from '../../support/validation';

const redirectUris = ['https://localhost/callback'];

test('a web application has both grant types and no secret in the state', () => {
  const stack = stackWithProviders();
  new OidcClient(stack, 'client', { label: 'App', redirectUris });
  expect(synthesize(stack).only('okta_app_oauth')).toEqual({
    label: 'App',
    type: 'web',
    grant_types: ['authorization_code', 'client_credentials'],
    response_types: ['code'],
    redirect_uris: redirectUris,
    omit_secret: true,
  });
});

test('a service has client credentials only', () => {
  const stack = stackWithProviders();
  new OidcClient(stack, 'client', { label: 'Robot', type: OidcClientType.SERVICE });
  expect(synthesize(stack).only('okta_app_oauth')).toEqual({
    label: 'Robot',
    type: 'service',
    grant_types: ['client_credentials'],
    response_types: ['token'],
    omit_secret: true,
  });
});

test('IN_STATE keeps the secret in the state, as a reference', () => {
  const stack = stackWithProviders();
  const client = new OidcClient(stack, 'client', {
    label: 'App',
    redirectUris,
    secretStorage: ClientSecretStorage.IN_STATE,
  });
  new TerraformOutput(stack, 'secret', { value: client.clientSecret, sensitive: true });
  const json = synthesize(stack);
  const [name] = Object.keys(json.resources('okta_app_oauth'));
  expect(json.only('okta_app_oauth')).not.toHaveProperty('omit_secret');
  expect(json.json.output).toEqual({
    secret: { value: `\${okta_app_oauth.${name}.client_secret}`, sensitive: true },
  });
});

test('writes meta-arguments', () => {
  const stack = stackWithProviders();
  const first = new OidcClient(stack, 'first', { label: 'First', redirectUris });
  new OidcClient(stack, 'second', {
    label: 'Second',
    redirectUris,
    dependsOn: [first.resource],
    preventDestroy: true,
  });
  const apps = synthesize(stack).resources('okta_app_oauth');
  const second = Object.values(apps).find((app) => app.label === 'Second');
  expect(second).toMatchObject({
    depends_on: [expect.stringMatching(/^okta_app_oauth\.first_/)],
    lifecycle: { prevent_destroy: true },
  });
});

test('has no secret unless it is in the state', () => {
  const stack = stackWithProviders();
  const client = new OidcClient(stack, 'client', { label: 'App', redirectUris });
  expectFailures(() => client.clientSecret, ['clientSecret', /is not in the Terraform state of this client/]);
});
