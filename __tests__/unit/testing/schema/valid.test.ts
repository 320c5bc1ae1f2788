import { schemaViolations } from '../../../../testing/schema/violations';
import { claim, oauth, portal, variable } from './schema-fixtures';
import '../../../../testing/jest';

const howTo = {
  '//': { metadata: { backend: 'local', note: '${okta_app_oauth.other.id}' } },
  terraform: { required_providers: { okta: { source: 'okta/okta', version: '4.20.0' } } },
  provider: { okta: [{}], konnect: [{ server_url: 'https://eu.api.example.com' }] },
  data: { okta_auth_server: { default: { name: 'default' } } },
  resource: {
    okta_auth_server_scope: {
      scope: { auth_server_id: '${data.okta_auth_server.default.id}', name: 'api.access' },
    },
    okta_app_oauth: {
      app: {
        '//': { metadata: { path: 'how-to/app', uniqueId: 'app' } },
        label: 'Dev Portal app',
        type: 'web',
        grant_types: ['authorization_code', 'client_credentials'],
        redirect_uris: ['https://localhost/callback'],
        groups_claim: claim,
      },
    },
    okta_auth_server_policy: {
      policy: {
        auth_server_id: '${data.okta_auth_server.default.id}',
        name: 'Dev Portal',
        description: 'the ${okta_app_oauth.app.label}',
        priority: 1,
        client_whitelist: ['${okta_app_oauth.app.client_id}'],
        lifecycle: { ignore_changes: ['priority'] },
      },
    },
    konnect_portal: { portal: { name: 'MyDevPortal', authentication_enabled: true, force_destroy: true } },
    konnect_api: { api: { name: 'MyAPI' } },
    konnect_application_auth_strategy: {
      oidc: {
        openid_connect: {
          name: 'Okta OIDC',
          display_name: 'Okta OIDC',
          strategy_type: 'openid_connect',
          configs: {
            openid_connect: {
              issuer: '${data.okta_auth_server.default.issuer}',
              credential_claim: ['clientId'],
              auth_methods: ['client_credentials'],
              scopes: ['${okta_auth_server_scope.scope.name}'],
            },
          },
        },
        lifecycle: { create_before_destroy: true },
      },
    },
    konnect_api_publication: {
      publication: {
        api_id: '${konnect_api.api.id}',
        portal_id: '${konnect_portal.portal.id}',
        auth_strategy_ids: ['${konnect_application_auth_strategy.oidc.id}'],
        lifecycle: { replace_triggered_by: ['terraform_data.published'] },
      },
    },
    terraform_data: { published: { triggers_replace: { portalId: '${konnect_portal.portal.id}' } } },
  },
  output: { secret: { value: '${okta_app_oauth.app.client_secret}', sensitive: true } },
};

describe('a valid configuration', () => {
  test.each([{ okta: '4.20.0' }, { okta: '6.12.0' }] as const)(
    'of the how-to passes with okta $okta',
    (options) => {
      expect(howTo).toMatchProviderSchemas(options);
      expect(JSON.stringify(howTo)).toMatchProviderSchemas(options);
    },
  );

  test.each<[string, object]>([
    ['null for unset attributes', portal({ id: null, labels: { team: null }, description: null })],
    ['an expression of any type', portal({ labels: '${var.labels}', rbac_enabled: '${!true}' })],
    ['a template in a string', portal({ description: 'a ${var.b} and %{ if true }c%{ endif }' })],
    ['a number as text', oauth({ authentication_policy: 1, auto_key_rotation: 'true' })],
    ['numbers and bools as text', portal({ rbac_enabled: 'true', labels: { x: 1, y: true } })],
    ['expressions for a bool', portal({ rbac_enabled: '${var.a}${var.b}' })],
    [
      'a number as text with an expression',
      {
        variable,
        resource: {
          konnect_gateway_service: {
            S: { control_plane_id: 'c', host: 'h', port: '8080', retries: '${var.a}0', read_timeout: '1e3' },
          },
        },
      },
    ],
    [
      'references to variables, local values and modules',
      {
        variable: [{ v: { default: '' } }],
        locals: { l: '${var.v}', list: ['${local.l}'] },
        module: { m: { source: './m', portal: '${konnect_portal.P.id}' } },
        ...{ resource: { konnect_portal: { P: { name: '${local.l}', depends_on: ['module.m'] } } } },
        output: { o: { value: '${module.m.url}${module.m[0].url}${each.value}${path.module}' } },
      },
    ],
    [
      'meta-arguments',
      portal({ count: 1, depends_on: [], connection: {}, provisioner: [{ 'local-exec': {} }] }),
    ],
    ['for_each', portal({ for_each: { a: 1 }, name: '${each.value.name}' })],
    ['conditions', portal({ lifecycle: { precondition: [{ condition: '${true}', error_message: 'no' }] } })],
    ['lifecycle of all changes', portal({ lifecycle: [{ ignore_changes: 'all' }] })],
    ['resources as a list', { resource: [{ konnect_portal: [{ P: [{ name: 'p' }] }] }] }],
    ['a block as an object', oauth({ groups_claim: claim, timeouts: { create: '1m' } })],
    ['blocks as a list', oauth({ groups_claim: [claim], timeouts: [{ create: '1m' }] })],
    [
      'a dynamic block',
      oauth({
        dynamic: { groups_claim: { for_each: ['x'], content: { ...claim, value: '${groups_claim.value}' } } },
      }),
    ],
    [
      'an attribute of any type',
      { resource: { terraform_data: { D: { input: [1, 'a'], triggers_replace: 1 } } } },
    ],
    [
      'a provider with an alias',
      { ...portal({ provider: 'konnect.eu' }), provider: { konnect: { alias: 'eu' } } },
    ],
    ['providers without a schema', { resource: { random_id: { R: { anything: '${random_id.R.hex}' } } } }],
    [
      'text that looks like references',
      portal({
        description: '$${konnect_api.a.id} ${"konnect_api.b.id"} ${[for a_b in var.c : "${a_b.d}"]}',
      }),
    ],
  ])('%s', (_case, json) => {
    expect(schemaViolations(json)).toEqual([]);
  });
});
