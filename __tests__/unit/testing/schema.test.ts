import { konnectProvider } from '../../../packages/sandbox/src/fake-providers/konnect';
import { providers } from '../../../testing/schema/entries';
import { type Provider, parseBlock } from '../../../testing/schema/types';
import { checkBody } from '../../../testing/schema/values';
import { schemaViolations } from '../../../testing/schema/violations';
import { expectValid } from '../../support/valid';

const variable = Object.fromEntries(['a', 'b', 'c', 'keys', 'labels', 'x'].map((name) => [name, {}]));
const portal = (body: object) => ({ variable, resource: { konnect_portal: { P: { name: 'p', ...body } } } });
const strategy = (openidConnect: unknown) => ({
  resource: { konnect_application_auth_strategy: { S: { openid_connect: openidConnect } } },
});
const oauth = (body: object) => ({
  variable,
  resource: { okta_app_oauth: { A: { label: 'a', type: 'web', ...body } } },
});
const claim = { name: 'groups', type: 'FILTER', value: '.*' };

const howTo = {
  '//': { metadata: { backend: 'local', note: '${okta_app_oauth.nobody.id}' } },
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
  it.each([{ okta: '4.20.0' }, { okta: '6.12.0' }] as const)(
    'of the how-to passes with okta $okta',
    (options) => {
      expectValid(howTo, options);
      expectValid(JSON.stringify(howTo), options);
    },
  );

  it.each<[string, object]>([
    ['null stands for nothing', portal({ id: null, labels: { team: null }, description: null })],
    ['an expression fits any type', portal({ labels: '${var.labels}', rbac_enabled: '${!true}' })],
    ['an embedded template is a string', portal({ description: 'a ${var.b} and %{ if true }c%{ endif }' })],
    ['a number as a text', oauth({ authentication_policy: 1, auto_key_rotation: 'true' })],
    ['numbers and bools as texts', portal({ rbac_enabled: 'true', labels: { x: 1, y: true } })],
    ['a text of expressions where a bool is due', portal({ rbac_enabled: '${var.a}${var.b}' })],
    [
      'a number in a text',
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
    ['providers without a schema', { resource: { random_id: { R: { whatever: '${random_id.R.hex}' } } } }],
    [
      'references that are none',
      portal({
        description: '$${konnect_api.a.id} ${"konnect_api.b.id"} ${[for a_b in var.c : "${a_b.d}"]}',
      }),
    ],
  ])('%s', (_, json) => {
    expect(schemaViolations(json)).toEqual([]);
  });
});

describe('a resource of konnect 3.21', () => {
  const developer = (body: object) => ({
    resource: { konnect_portal_developer: { D: { portal_id: 'p', email: 'a@b.example', ...body } } },
  });

  it('is known to 3.21 and to no version before', () => {
    expectValid(developer({ full_name: 'D' }), { konnect: '3.21' });
    expect(schemaViolations(developer({ full_name: 'D' }))).toEqual([
      'konnect_portal_developer.D: unknown resource type',
    ]);
  });

  it('is checked like every other', () => {
    expect(schemaViolations(developer({ status: {} }), { konnect: '3.21' })).toEqual([
      'konnect_portal_developer.D: attribute "status" must be string, is object',
      'konnect_portal_developer.D: missing required attribute "full_name"',
    ]);
    expectValid(portal({}), { konnect: '3.21' });
  });
});

describe('a developer in a team', () => {
  const member = (version: string) => ({
    terraform: { required_providers: { konnect: { version } } },
    resource: {
      konnect_portal_team_developer: { M: { portal_id: 'p', team_id: 't', developer_id: 'd' } },
    },
  });

  it('is known to konnect 3.24 and to no version before', () => {
    expectValid(member('>= 3.24.0, < 4.0.0'));
    expect(schemaViolations(member('>= 3.21.0, < 4.0.0'))).toEqual([
      'konnect_portal_team_developer.M: unknown resource type',
    ]);
  });

  it('has what the stand-in provider takes', () => {
    const { resources } = konnectProvider({ url: 'http://127.0.0.1', token: 'token' });
    const known = providers({ okta: '4.20.0', konnect: '3.24' }).get('konnect')?.resources;
    expect(Object.keys(resources).filter((type) => !known?.has(type))).toEqual([]);
    for (const type of ['konnect_portal_team_role', 'konnect_portal_team_developer']) {
      expect([...(known?.get(type)?.attributes.keys() ?? [])].sort()).toEqual(
        Object.keys(resources[type].schema?.block.attributes ?? {}).sort(),
      );
    }
  });
});

describe('a violation', () => {
  it.each<[object, ...string[]]>([
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
    [portal({ description: '${var.nobody}' }), 'P: dangling reference to "var.nobody"'],
    [portal({ description: '${upper(local.nobody)}' }), 'P: dangling reference to "local.nobody"'],
    [portal({ description: 'a ${module.nobody.id}' }), 'P: dangling reference to "module.nobody"'],
    [portal({ depends_on: ['module.nobody'] }), 'P: dangling reference to "module.nobody"'],
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
      'P: dangling reference to "konnect_api.a"',
    ],
    [portal({ depends_on: ['data.okta_group.g'] }), 'P: dangling reference to "data.okta_group.g"'],
    [portal({ provider: 'konnect.eu' }), 'P: dangling reference to provider "konnect.eu"'],
    [
      portal({ description: 'see ${upper(konnect_api.a[0].id)}' }),
      'P: dangling reference to "konnect_api.a"',
    ],
    [portal({ description: '${var.a["${konnect_api.a.id}"]}' }), 'P: dangling reference to "konnect_api.a"'],
    [portal({ description: '${var.a[konnect_api.a.id]}' }), 'P: dangling reference to "konnect_api.a"'],
    [
      portal({ description: '${konnect_portal.P[0].nmae}' }),
      'P: reference to unknown attribute "konnect_portal.P.nmae"',
    ],
  ])('in %j', (json, ...messages) => {
    expect(schemaViolations(json)).toEqual(messages.map((message) => `konnect_portal.${message}`));
  });

  it.each<[object, ...string[]]>([
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
    [{ output: { o: { value: '${konnect_api.a.id}' } } }, 'output.o: dangling reference to "konnect_api.a"'],
    [{ locals: { l: ['${data.konnect_api.a.id}'] } }, 'locals.l: dangling reference to "data.konnect_api.a"'],
    [
      strategy({ configs: { openid_connect: { scopes: 'x', issuer: [] } } }),
      'konnect_application_auth_strategy.S: attribute "openid_connect.configs.openid_connect.issuer" must be string, is list',
      'konnect_application_auth_strategy.S: attribute "openid_connect.configs.openid_connect.scopes" must be list, is string',
    ],
    [strategy([]), 'konnect_application_auth_strategy.S: attribute "openid_connect" must be object, is list'],
    [strategy({ '//': 'x' }), 'konnect_application_auth_strategy.S: unknown attribute "openid_connect.//"'],
    [
      oauth({ groups_claim: [claim, claim] }),
      'okta_app_oauth.A: block "groups_claim" must be there at most once, is there 2 times',
    ],
    [
      oauth({ timeouts: [{}, {}] }),
      'okta_app_oauth.A: block "timeouts" must be there at most once, is there 2 times',
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

  it('depends on the version of okta', () => {
    const json = { resource: { okta_app_connection: { C: {} } } };
    const unknownType = 'okta_app_connection.C: unknown resource type';
    expect(schemaViolations(json)).toEqual([unknownType]);
    expect(schemaViolations(json, { okta: '6.12.0' })).not.toContain(unknownType);
  });

  it('fails the test', () => {
    expect(() => expectValid(portal({ nmae: 1 }))).toThrow('konnect_portal.P: unknown attribute "nmae"');
  });
});

describe('the pinned schemas of okta', () => {
  const okta = (version: '4.20.0' | '6.12.0') =>
    providers({ okta: version, konnect: '3.19.0' }).get('okta') as Provider;

  it('are whole: what 4.20.0 has is in 6.12.0 too, which has more', () => {
    const [older, newer] = [okta('4.20.0'), okta('6.12.0')];
    expect([older.resources.size, older.dataSources.size]).toEqual([104, 48]);
    expect([newer.resources.size, newer.dataSources.size]).toEqual([145, 99]);
    expect([...newer.resources.keys()]).toEqual(expect.arrayContaining([...older.resources.keys()]));
    expect([...newer.dataSources.keys()]).toEqual(expect.arrayContaining([...older.dataSources.keys()]));
  });

  it('know attributes that are called description', () => {
    const user = { first_name: 'A', last_name: 'B', login: 'a@b.test', email: 'a@b.test' };
    const json = { resource: { okta_group: { G: { name: 'g', description: 'd' } }, okta_user: { U: user } } };
    expectValid(json, { okta: '4.20.0' });
    expectValid(json, { okta: '6.12.0' });
  });
});

describe('what the pinned schemas do not have', () => {
  const string = { type: 'string', required: true };
  const nested = (nesting_mode: string) => ({
    nested_type: { nesting_mode, attributes: { s: string } },
    optional: true,
  });
  const block = parseBlock({
    attributes: {
      tuple: { type: ['tuple', ['string', 'bool']], optional: true },
      object: { type: ['object', { a: 'string', b: 'bool' }, ['b']], optional: true },
      list: nested('list'),
      set: nested('set'),
      map: nested('map'),
    },
    block_types: {
      some: { nesting_mode: 'set', min_items: 1, max_items: 2, block: {} },
      labelled: { nesting_mode: 'map', block: { attributes: { s: string } } },
    },
  });

  it.each<[object, ...string[]]>([
    [{ some: {} }],
    [{ some: [{}, {}], tuple: ['a', true], object: { a: 'a' }, list: [{ s: '' }], map: { k: { s: '' } } }],
    [{}, 'block "some" must be there at least once, is there 0 times'],
    [{ some: null }, 'block "some" must be there at least once, is there 0 times'],
    [{ some: [{}, {}, {}] }, 'block "some" must be there at most 2 times, is there 3 times'],
    [{ some: {}, tuple: ['a'] }, 'attribute "tuple" must have length 2, has 1'],
    [{ some: {}, tuple: ['a', 'b'] }, 'attribute "tuple[1]" must be bool, is string'],
    [
      { some: {}, object: { b: 1 } },
      'missing required attribute "object.a"',
      'attribute "object.b" must be bool, is number',
    ],
    [{ some: {}, list: [{ s: '' }, {}] }, 'missing required attribute "list[1].s"'],
    [{ some: {}, set: [{ s: '', t: '' }] }, 'unknown attribute "set[0].t"'],
    [{ some: {}, map: { k: { s: [] } } }, 'attribute "map.k.s" must be string, is list'],
    [{ some: {}, labelled: { k: { s: {} } } }, 'attribute "labelled.k.s" must be string, is object'],
  ])('is checked in %j', (body, ...messages) => {
    const found: string[] = [];
    checkBody(block, body, '', (violation) => found.push(violation));
    expect(found).toEqual(messages);
  });

  it('and a schema of an unknown format is refused', () => {
    expect(() => parseBlock({ attributes: { a: { type: 'text' } } })).toThrow(
      'unknown type in provider schema: "text"',
    );
  });
});
