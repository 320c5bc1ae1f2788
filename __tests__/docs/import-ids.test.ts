import { konnectProvider } from '../../packages/sandbox/src/fake-providers/konnect';
import { oktaProvider } from '../../packages/sandbox/src/fake-providers/okta';
import { Page } from '../support/pages';

/*
 * The table of import ids, held against the fake providers, whose import ids are those of the real ones.
 */
const TYPES: { readonly [name: string]: string } = {
  application: 'okta_app_oauth',
  'authorization server': 'okta_auth_server',
  claim: 'okta_auth_server_claim',
  scope: 'okta_auth_server_scope',
  'access policy': 'okta_auth_server_policy',
  rule: 'okta_auth_server_policy_rule',
  API: 'konnect_api',
  'link of an API': 'konnect_api_implementation',
  'version of an API': 'konnect_api_version',
  document: 'konnect_api_document',
  publication: 'konnect_api_publication',
  strategy: 'konnect_application_auth_strategy',
  'control plane': 'konnect_gateway_control_plane',
  'gateway service': 'konnect_gateway_service',
  'plugin ace': 'konnect_gateway_plugin_ace',
  route: 'konnect_gateway_route',
  portal: 'konnect_portal',
  page: 'konnect_portal_page',
  team: 'konnect_portal_team',
  developer: 'konnect_portal_developer',
  'application on a portal': 'konnect_portal_application',
  registration: 'konnect_portal_application_registration',
};

/** Resources that cannot be imported. */
const NEVER = ['konnect_portal_team_role', 'konnect_portal_team_developer'];

const resources = {
  ...oktaProvider({ url: 'http://127.0.0.1', apiToken: 'none' }).resources,
  ...konnectProvider({ url: 'http://127.0.0.1', token: 'none' }).resources,
};
const page = new Page('docs/shared-state.md');
const rows = page
  .tables('Resource')
  .flatMap(([names = '', id = '']) => names.split(', ').map((name) => [name, id] as const));

test('every resource that can be imported is in the table', () => {
  expect(rows.map(([name]) => TYPES[name])).not.toContain(undefined);
  const known = [...rows.map(([name]) => TYPES[name] ?? ''), ...NEVER];
  expect(known.sort()).toEqual(Object.keys(resources).sort());
  for (const type of NEVER) {
    expect(() => resources[type]?.import('{}')).toThrow('cannot be imported');
  }
});

test.each(rows)('%s is imported by its id', (name, written) => {
  const id = written === 'its id' ? 'abc' : written.replace(/`/g, '').replace(/<\w+>|…/g, 'abc');
  const attributes = resources[TYPES[name] ?? '']?.import(id);
  expect(attributes).toBeDefined();
  // Nothing in the id that the provider does not take.
  const parts = id.startsWith('{') ? Object.keys(JSON.parse(id)) : id.split('/');
  expect(Object.values(attributes ?? {})).toEqual(parts.map(() => 'abc'));
});
