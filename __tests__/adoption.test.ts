import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { TerraformStack, Testing } from 'cdktf';
import { Adoption, DevPortal, GatewayService, OktaDevPortalOidc, PortalApi } from 'okta-dev-portal-oidc';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adoption-'));
  file = join(folder, 'adopt.json');
  writeFileSync(file, JSON.stringify(IDS));
});

afterEach(() => rmSync(folder, { recursive: true }));

const IDS = {
  version: 1,
  okta: {
    authorizationServer: { id: 'aus1', name: 'default' },
    claims: { clientId: 'ocl1' },
    scopes: { 'api.access': 'scp1' },
    policies: { 'Okta OIDC': { id: '00p1', rules: { 'Client credentials': '0pr1' } } },
    applications: { App: '0oa1' },
  },
  konnect: {
    authStrategies: { 'Okta OIDC': 'strategy-1' },
    portals: { Portal: { id: 'portal-1', pages: { '/': 'page-1' } } },
    apis: { Orders: { id: 'api-1', implementation: 'link-1', publishedTo: ['Portal'] } },
    controlPlane: { id: 'plane-1', name: 'plane' },
    services: { service: { id: 'service-1', routes: { route: 'route-1' } } },
  },
};

interface Names {
  readonly api?: string;
  readonly portal?: string;
  readonly label?: string;
}

function synthesize({ api: apiName = 'Orders', portal: portalName = 'Portal', label = 'App' }: Names = {}) {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'plane' });
  const routes = { route: { paths: ['/orders'] } };
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlaneId,
    host: 'orders.internal',
    routes,
  });
  const portal = new DevPortal(stack, 'portal', { name: portalName });
  const api = new PortalApi(stack, 'api', { name: apiName, gatewayService });
  new OktaDevPortalOidc(stack, 'oidc', {
    adopt: Adoption.fromFile(file),
    clients: { app: { label, redirectUris: ['https://localhost/callback'] } },
    publications: { orders: { api, portal } },
  });
  stack.prepareStack();
  return stack.toTerraform() as {
    import: { to: string; id: string }[];
    resource: { [type: string]: { [name: string]: { id?: string } } };
  };
}

test('every resource gets an import block with the id that its provider takes', () => {
  const { import: blocks, resource } = synthesize();
  expect(Object.fromEntries(blocks.map(({ to, id }) => [to.split('.')[0], id]))).toEqual({
    konnect_gateway_control_plane: 'plane-1',
    konnect_gateway_service: '{"id":"service-1","control_plane_id":"plane-1"}',
    konnect_gateway_route: '{"id":"route-1","control_plane_id":"plane-1"}',
    konnect_portal: 'portal-1',
    konnect_portal_page: '{"id":"page-1","portal_id":"portal-1"}',
    konnect_api: 'api-1',
    konnect_api_implementation: '{"api_id":"api-1","id":"link-1"}',
    konnect_application_auth_strategy: 'strategy-1',
    konnect_api_publication: '{"api_id":"api-1","portal_id":"portal-1"}',
    okta_auth_server_claim: 'aus1/ocl1',
    okta_auth_server_scope: 'aus1/scp1',
    okta_auth_server_policy: 'aus1/00p1',
    okta_auth_server_policy_rule: 'aus1/00p1/0pr1',
    okta_app_oauth: '0oa1',
  });
  const addresses = Object.entries(resource).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
  expect(blocks.map(({ to }) => to).sort()).toEqual(addresses.sort());
});

test('a gateway service keeps its id', () => {
  const { resource } = synthesize();
  expect(Object.values(resource.konnect_gateway_service)).toMatchObject([{ id: 'service-1' }]);
});

test('a resource that is not in the file is refused, with the names that are', () => {
  expect(() => synthesize({ label: 'Another', api: 'Invoices' })).toThrow(
    [
      'stack/oidc: invalid input',
      `  - stack/api/Resource: name: adopting, every resource must be in ${file}. Received "Invoices". Set the name to "Orders", or write the file again.`,
      `  - stack/api/Implementation: api_id: adopting, every resource must be in ${file}. Received "Invoices". Take it out of the stack until the rest is adopted, or write the file again.`,
      `  - stack/oidc/Client-app/Resource: label: adopting, every resource must be in ${file}. Received "Another". Set the label to "App", or write the file again.`,
    ].join('\n'),
  );
});

test.each<[string, string]>([
  ['no JSON', 'not json'],
  ['another version', JSON.stringify({ ...IDS, version: 2 })],
  ['something else', '{}'],
])('a file that holds %s is refused', (_, content) => {
  writeFileSync(file, content);
  expect(() => synthesize()).toThrow(
    `stack/oidc: invalid input\n  - adopt: must be a file that okta-dev-portal-oidc adopt wrote for this version of the library. Received "${file}". Write it with: okta-dev-portal-oidc adopt --file ${file}`,
  );
});

test('a file that is not there is refused', () => {
  rmSync(file);
  expect(() => synthesize()).toThrow(/Write it with: okta-dev-portal-oidc adopt --file .* \(.*ENOENT/);
});

test('what is not of the right kind in a file is refused, all of it', () => {
  const okta = { ...IDS.okta, claims: { clientId: 5 }, scopes: { a: '${TfToken[TOKEN.1]}' } };
  writeFileSync(file, JSON.stringify({ ...IDS, okta }));
  expect(() => synthesize()).toThrow(
    [
      'stack/oidc: invalid input',
      '  - adopt.okta.claims.clientId: must be a string. Received 5. Give a text, or a token that stands for one.',
      '  - adopt.okta.scopes.a: must be known when the app is synthesized: resources depend on it. Received "${TfToken[TOKEN.1]}". Write it into the code instead of passing a token.',
    ].join('\n'),
  );
});
