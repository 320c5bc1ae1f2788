import type { Written } from '../../support/request-faults';

interface ImportBlock {
  readonly to: string;
  readonly id: string;
}

type Resources = {
  readonly [type: string]: { readonly [name: string]: { readonly name?: string; readonly label?: string } };
};

/** By path of the request that creates an object: its resource type and its import id. */
const CREATED: readonly (readonly [RegExp, string, (id: string, path: string) => string])[] = [
  [/^\/v2\/control-planes$/, 'konnect_gateway_control_plane', (id) => id],
  [/^\/v3\/apis$/, 'konnect_api', (id) => id],
  [/^\/v3\/portals$/, 'konnect_portal', (id) => id],
  [/\/application-auth-strategies$/, 'konnect_application_auth_strategy', (id) => id],
  [
    /\/core-entities\/services$/,
    'konnect_gateway_service',
    (id, path) => child(id, 'control_plane_id', path),
  ],
  [/\/core-entities\/routes$/, 'konnect_gateway_route', (id, path) => child(id, 'control_plane_id', path)],
  [/\/pages$/, 'konnect_portal_page', (id, path) => child(id, 'portal_id', path)],
  [/\/implementations$/, 'konnect_api_implementation', (id, path) => child(id, 'api_id', path)],
  [/^\/api\/v1\/apps$/, 'okta_app_oauth', (id) => id],
  [/\/scopes$/, 'okta_auth_server_scope', (id, path) => `${path.split('/')[4]}/${id}`],
  [/\/claims$/, 'okta_auth_server_claim', (id, path) => `${path.split('/')[4]}/${id}`],
  [/\/policies$/, 'okta_auth_server_policy', (id, path) => `${path.split('/')[4]}/${id}`],
  [
    /\/rules$/,
    'okta_auth_server_policy_rule',
    (id, path) => `${path.split('/')[4]}/${path.split('/')[6]}/${id}`,
  ],
];

function child(id: string, parent: string, path: string): string {
  return JSON.stringify({ id, [parent]: path.split('/')[3] });
}

/** Terraform JSON with an `import` block for each created object. */
export function withImports(json: string, created: readonly Written[]): string {
  const configuration = JSON.parse(json) as { readonly resource: Resources };
  const blocks = created.map((each) => importBlock(configuration.resource, each));
  return JSON.stringify({ ...configuration, ...(blocks.length > 0 && { import: blocks }) });
}

function importBlock(resources: Resources, { path, body }: Written): ImportBlock {
  const [, type, idOf] = CREATED.find(([pattern]) => pattern.test(path)) ?? [];
  if (!type || !idOf) {
    throw new Error(`no import id for ${path}`);
  }
  const candidates = Object.entries(resources[type]);
  const [name] =
    candidates.find(([, { name, label }]) => [body.name, body.label].includes(name ?? label)) ??
    candidates[0];
  return { to: `${type}.${name}`, id: idOf(String(body.id), path) };
}
