import { schemaViolations } from '../../../../testing/schema/violations';
import { claim, oauth, portal, strategy } from '../../../support/schema-fixtures';

describe('a violation', () => {
  test.each<[object, ...string[]]>([
    [
      { resource: { konnect_portal: { P: { nmae: 'p' } } } },
      'P: missing required attribute "name"',
      'P: unknown attribute "nmae"',
    ],
    [portal({ name: null }), 'P: missing required attribute "name"'],
    [
      portal({ id: 'x', created_at: '${var.x}' }),
      'P: attribute "created_at" is read-only',
      'P: attribute "id" is read-only',
    ],
    [portal({ labels: { x: [] } }), 'P: attribute "labels.x" must be string, is list'],
    [portal({ labels: ['x'] }), 'P: attribute "labels" must be map, is list'],
    [portal({ rbac_enabled: 'yes' }), 'P: attribute "rbac_enabled" must be bool, is string'],
    [portal({ rbac_enabled: 1 }), 'P: attribute "rbac_enabled" must be bool, is number'],
    [portal({ rbac_enabled: 'a ${var.b}' }), 'P: attribute "rbac_enabled" must be bool, is string'],
    [portal({ force_destroy: {} }), 'P: attribute "force_destroy" must be string, is object'],
    [portal({ description: '${var.missing}' }), 'P: reference to undeclared "var.missing"'],
    [portal({ description: '${upper(local.missing)}' }), 'P: reference to undeclared "local.missing"'],
    [portal({ description: 'a ${module.missing.id}' }), 'P: reference to undeclared "module.missing"'],
    [portal({ depends_on: ['module.missing'] }), 'P: reference to undeclared "module.missing"'],
    [
      portal({ lifecycle: { create_before_delete: true } }),
      'P: unknown attribute "lifecycle.create_before_delete"',
    ],
    [
      portal({ lifecycle: { prevent_destroy: 'yes' } }),
      'P: attribute "lifecycle.prevent_destroy" must be bool, is string',
    ],
    [
      portal({ lifecycle: { ignore_changes: ['naem'] } }),
      'P: lifecycle.ignore_changes names unknown attribute "naem"',
    ],
    [
      portal({ lifecycle: { replace_triggered_by: ['konnect_api.a'] } }),
      'P: reference to undeclared "konnect_api.a"',
    ],
    [portal({ depends_on: ['data.okta_group.g'] }), 'P: reference to undeclared "data.okta_group.g"'],
    [portal({ provider: 'konnect.eu' }), 'P: reference to undeclared provider "konnect.eu"'],
    [
      portal({ description: 'see ${upper(konnect_api.a[0].id)}' }),
      'P: reference to undeclared "konnect_api.a"',
    ],
    [
      portal({ description: '${var.a["${konnect_api.a.id}"]}' }),
      'P: reference to undeclared "konnect_api.a"',
    ],
    [portal({ description: '${var.a[konnect_api.a.id]}' }), 'P: reference to undeclared "konnect_api.a"'],
    [
      portal({ description: '${konnect_portal.P[0].nmae}' }),
      'P: reference to unknown attribute "konnect_portal.P.nmae"',
    ],
  ])('in %j', (json, ...messages) => {
    expect(schemaViolations(json)).toEqual(messages.map((message) => `konnect_portal.${message}`));
  });

  test.each<[object, ...string[]]>([
    [{ resource: { konnect_prtal: { P: {} } } }, 'konnect_prtal.P: unknown resource type'],
    [{ data: { okta_grup: { G: {} } } }, 'data.okta_grup.G: unknown data source type'],
    [{ resource: 'x' }, 'resource: must be object, is string'],
    [{ resource: {}, resorce: {}, '//': 'x' }, 'unknown block "resorce"'],
    [{ resource: { konnect_api: { A: 'x' } } }, 'konnect_api.A: must be object, is string'],
    [{ provider: { konnect: { server: 'x' } } }, 'provider.konnect: unknown attribute "server"'],
    [
      { provider: { okta: [{ scopes: 'x', alias: 'a' }] } },
      'provider.okta.a: attribute "scopes" must be set, is string',
    ],
    [
      { data: { okta_auth_server: { D: { lifecycle: { prevent_destroy: true }, name: 'd' } } } },
      'data.okta_auth_server.D: unknown attribute "lifecycle.prevent_destroy"',
    ],
    [{ resource: { terraform_data: { D: { inputs: 1 } } } }, 'terraform_data.D: unknown attribute "inputs"'],
    [
      { output: { o: { value: '${konnect_api.a.id}' } } },
      'output.o: reference to undeclared "konnect_api.a"',
    ],
    [
      { locals: { l: ['${data.konnect_api.a.id}'] } },
      'locals.l: reference to undeclared "data.konnect_api.a"',
    ],
    [
      strategy({ configs: { openid_connect: { scopes: 'x', issuer: [] } } }),
      'konnect_application_auth_strategy.S: attribute "openid_connect.configs.openid_connect.issuer" must be string, is list',
      'konnect_application_auth_strategy.S: attribute "openid_connect.configs.openid_connect.scopes" must be list, is string',
    ],
    [strategy([]), 'konnect_application_auth_strategy.S: attribute "openid_connect" must be object, is list'],
    [strategy({ '//': 'x' }), 'konnect_application_auth_strategy.S: unknown attribute "openid_connect.//"'],
    [
      oauth({ groups_claim: [claim, claim] }),
      'okta_app_oauth.A: block "groups_claim" must occur at most once, occurs 2 times',
    ],
    [
      oauth({ timeouts: [{}, {}] }),
      'okta_app_oauth.A: block "timeouts" must occur at most once, occurs 2 times',
    ],
    [oauth({ jwks: '${var.keys}' }), 'okta_app_oauth.A: block "jwks" must be object, is string'],
    [
      oauth({ jwks: [{ kid: 'k', kty: [] }] }),
      'okta_app_oauth.A: attribute "jwks[0].kty" must be string, is list',
    ],
    [oauth({ dynamic: { keys: { for_each: [], content: {} } } }), 'okta_app_oauth.A: unknown block "keys"'],
    [
      oauth({ redirect_uris: [{}] }),
      'okta_app_oauth.A: attribute "redirect_uris[0]" must be string, is object',
    ],
  ])('in %j', (json, ...messages) => {
    expect(schemaViolations(json)).toEqual(messages);
  });

  test('depends on the version of okta', () => {
    const json = { resource: { okta_app_connection: { C: {} } } };
    const unknownType = 'okta_app_connection.C: unknown resource type';
    expect(schemaViolations(json)).toEqual([unknownType]);
    expect(schemaViolations(json, { okta: '6.12.0' })).not.toContain(unknownType);
  });
});
