import type { FastifyInstance } from 'fastify';
import { object, text } from '../http/json-schema';
import { KonnectError } from './errors';
import { listQuery, page } from './lists';
import { type KonnectModel, paramsOf } from './model';

const PORTAL = '/v3/portals/:portal';
const IDENTITY_PROVIDERS = object({ 'filter[type][eq]': text() });
const SNIPPETS = listQuery({
  filters: {
    id: 'id',
    name: 'text',
    title: 'text',
    visibility: 'text',
    created_at: 'date',
    updated_at: 'date',
  },
});
const IP_ALLOW_LIST = object({
  'page[size]': text(),
  'page[before]': text(),
  'page[after]': text(),
});
const AUTHENTICATION_SETTINGS = {
  basic_auth_enabled: true,
  oidc_auth_enabled: false,
  saml_auth_enabled: false,
  oidc_team_mapping_enabled: false,
  idp_mapping_enabled: false,
  konnect_mapping_enabled: false,
};
const NO_QUERY = object({});
const CUSTOMIZATION = {
  theme: { mode: 'system' },
  menu: { main: [], footer_sections: [], footer_bottom: [] },
  css: null,
  robots: null,
};
/** One transparent pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Read-only settings of portals, for clients such as kongctl. */
export function addPortalSettingRoutes(http: FastifyInstance, model: KonnectModel): void {
  const setting = (path: string, answer: unknown, querystring = NO_QUERY) =>
    http.get(`${PORTAL}/${path}`, { schema: { querystring } }, async (request) => {
      model.portals.get(paramsOf(request).portal);
      return answer;
    });
  setting('authentication-settings', AUTHENTICATION_SETTINGS);
  setting('customization', CUSTOMIZATION);
  setting('integrations', {});
  setting('audit-log-webhook', { enabled: false });
  setting('email-templates', { data: [] });
  setting('identity-providers', [], IDENTITY_PROVIDERS);
  setting('ip-allow-list', { data: [], meta: { size: 0, next: null, previous: null } }, IP_ALLOW_LIST);
  setting('assets/logo', { data: PIXEL });
  setting('assets/favicon', { data: PIXEL });
  http.get(`${PORTAL}/snippets`, { schema: { querystring: SNIPPETS } }, async (request) => {
    model.portals.get(paramsOf(request).portal);
    return page(request, []);
  });
  for (const [path, what] of [
    ['custom-domain', 'Custom domain'],
    ['email-config', 'Email config'],
  ] as const) {
    http.get(`${PORTAL}/${path}`, async (request) => {
      const { id } = model.portals.get(paramsOf(request).portal);
      throw KonnectError.notFound(`${what} of portal`, id);
    });
  }
}
