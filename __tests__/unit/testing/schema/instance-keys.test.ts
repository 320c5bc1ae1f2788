import { TerraformIterator, Testing } from 'cdktf';
import { AuthorizationServer, OidcClient, OidcClientType } from '../../../../lib';
import { schemaViolations } from '../../../../testing/schema/violations';
import { stackWithProviders } from '../../../support/how-to';

const APP = { label: 'a', type: 'service' };

/** A configuration with a repeated application, and one output. */
const outputOf = (value: string, repetition: object) => ({
  variable: { x: {} },
  resource: { okta_app_oauth: { A: { ...APP, ...repetition } } },
  output: { o: { value } },
});

test.each([
  ['for_each', { for_each: { a: 1 } }],
  ['count', { count: '${var.x}' }],
])('a reference to a resource with %s needs an instance key', (name, repetition) => {
  expect(schemaViolations(outputOf('${okta_app_oauth.A.client_id}', repetition))).toEqual([
    `output.o: reference to "okta_app_oauth.A.client_id" without instance key: it has ${name}`,
  ]);
});

test.each([
  '${okta_app_oauth.A["a"].client_id}',
  '${okta_app_oauth.A[0].client_id}',
  '${okta_app_oauth.A[each.key].client_id}',
  '${okta_app_oauth.A[*].client_id}',
  '${okta_app_oauth.A.*.client_id}',
  '${values(okta_app_oauth.A)[*].client_id}',
  '${[for key, app in okta_app_oauth.A : app.client_id]}',
  '${keys(okta_app_oauth.A)}',
])('%s has one', (value) => {
  expect(schemaViolations(outputOf(value, { for_each: { a: 1 } }))).toEqual([]);
});

test('a resource without for_each and count needs none', () => {
  const repetition = { for_each: null };
  expect(schemaViolations(outputOf('${okta_app_oauth.A.client_id}', repetition))).toEqual([]);
});

test('modules, data sources and triggers are checked too', () => {
  const json = {
    module: { m: { source: './m', for_each: { a: 1 } } },
    data: { okta_group: { G: { name: 'g', count: 2 } } },
    resource: {
      konnect_api: { A: { name: 'a', count: 2 } },
      terraform_data: { D: { lifecycle: { replace_triggered_by: ['konnect_api.A.id', 'konnect_api.A'] } } },
    },
    output: { o: { value: '${module.m.url} ${data.okta_group.G.id} ${module.m["a"].url}' } },
  };
  expect(schemaViolations(json)).toEqual([
    'output.o: reference to "data.okta_group.G.id" without instance key: it has count',
    'output.o: reference to "module.m.url" without instance key: it has for_each',
    'terraform_data.D: reference to "konnect_api.A.id" without instance key: it has count',
  ]);
});

test('forEach on a client makes the reference of its policy invalid', () => {
  const stack = stackWithProviders();
  const client = new OidcClient(stack, 'client', { label: 'Client', type: OidcClientType.SERVICE });
  client.resource.forEach = TerraformIterator.fromList(['a', 'b']);
  const policy = AuthorizationServer.fromDefault(stack, 'server').addAccessPolicy('policy', {
    name: 'Policy',
    clients: [client],
  });
  const violations = () => schemaViolations(JSON.parse(Testing.synth(stack)));
  expect(violations()).toEqual([
    expect.stringMatching(
      /^okta_auth_server_policy\.\w+: reference to "okta_app_oauth\.\w+\.client_id" without/,
    ),
  ]);
  const { fqn } = client.resource;
  policy.resource.addOverride('client_whitelist', `\${values(${fqn})[*].client_id}`);
  expect(violations()).toEqual([]);
});
