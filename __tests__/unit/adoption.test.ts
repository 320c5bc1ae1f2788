import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { PortalTeam } from '@kong/konnect-cdktf-bindings/lib/portal-team';
import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  Adoption,
  AuthorizationServer,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  type OktaDevPortalOidcProps,
  PortalApi,
  type PortalApiProps,
} from 'okta-dev-portal-oidc';
import { newStack } from '../support/synth';
import { OTHER_UUID, UUID } from '../support/validation';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adoption-'));
  file = written('adopt.json', { okta: OKTA, konnect: KONNECT });
});

afterEach(() => rmSync(folder, { recursive: true }));

const SERVER = {
  id: 'aus1',
  name: 'default',
  claims: [{ id: 'ocl1', name: 'clientId' }],
  scopes: [{ id: 'scp1', name: 'api.access' }],
  policies: [
    { id: '00p1', name: 'Okta OIDC', clients: ['0oa1'], rules: [{ id: '0pr1', name: 'Client credentials' }] },
  ],
};
const APPLICATION = { id: '0oa1', clientId: '0oa1', label: 'App' };
const OKTA = { authorizationServers: [SERVER], applications: [APPLICATION] };
const STRATEGY = { id: 'strategy-1', name: 'Okta OIDC' };
const PORTAL = { id: 'portal-1', name: 'Portal', pages: [{ id: 'page-1', slug: '/' }] };
const API = {
  id: 'api-1',
  name: 'Orders',
  version: null,
  versions: [] as object[],
  implementation: 'link-1',
  publishedTo: ['portal-1'],
};
const SERVICE = { id: 'service-1', name: 'service', routes: [{ id: 'route-1', name: 'route' }] };
const PLANE = { id: 'plane-1', name: 'plane', services: [SERVICE] };
const KONNECT = { authStrategies: [STRATEGY], portals: [PORTAL], apis: [API], controlPlanes: [PLANE] };

/** Writes an adoption file. */
function written(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ version: 1, ...content }));
  return path;
}

interface Changes {
  readonly api?: Partial<PortalApiProps>;
  readonly portalName?: string;
  readonly label?: string;
  readonly serviceId?: string;
  readonly oidc?: Partial<OktaDevPortalOidcProps>;
  readonly before?: (stack: TerraformStack) => Partial<OktaDevPortalOidcProps>;
  readonly after?: (stack: TerraformStack, oidc: OktaDevPortalOidc) => void;
}

interface Json {
  readonly import: readonly { readonly to: string; readonly id: string }[];
  readonly resource: {
    readonly [type: string]: { readonly [name: string]: { readonly [argument: string]: unknown } };
  };
}

/** The how-to, adopting. */
function synthesize({ api: apiProps, portalName = 'Portal', label = 'App', ...changes }: Changes = {}): Json {
  const stack = newStack();
  const { id: controlPlaneId } = new GatewayControlPlane(stack, 'control-plane', { name: 'plane' });
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlaneId,
    serviceId: changes.serviceId,
    host: 'orders.internal',
    routes: { route: { paths: ['/orders'] } },
  });
  const portal = new DevPortal(stack, 'portal', { name: portalName });
  const api = new PortalApi(stack, 'api', { name: 'Orders', gatewayService, ...apiProps });
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    ...changes.before?.(stack),
    adopt: Adoption.fromFile(file),
    clients: { app: { label, redirectUris: ['https://localhost/callback'] } },
    publications: { orders: { api, portal } },
    ...changes.oidc,
  });
  changes.after?.(stack, oidc);
  return jsonOf(stack);
}

function jsonOf(stack: TerraformStack): Json {
  stack.prepareStack();
  return stack.toTerraform() as Json;
}

function addresses({ resource }: Json): string[] {
  return Object.entries(resource).flatMap(([type, blocks]) =>
    Object.keys(blocks).map((name) => `${type}.${name}`),
  );
}

const ids = ({ import: blocks }: Json, type: string) =>
  blocks.filter(({ to }) => to.startsWith(`${type}.`)).map(({ id }) => id);

test('a construct that is called like what writes the blocks takes nothing from them', () => {
  const before = (stack: TerraformStack) => {
    new Construct(stack, 'ImportBlocks');
    return {};
  };
  expect(synthesize({ before }).import).toEqual(synthesize().import);
});

test('every resource gets an import block with the id that its provider takes', () => {
  const versions = [{ id: 'version-1', version: '1.0' }];
  file = written('adopt.json', {
    okta: OKTA,
    konnect: { ...KONNECT, apis: [{ ...API, version: '1.0', versions }] },
  });
  const json = synthesize({ api: { version: '1.0', specification: 'openapi: 3.1.0' } });
  expect(Object.fromEntries(json.import.map(({ to, id }) => [to.split('.')[0], id]))).toEqual({
    konnect_gateway_control_plane: 'plane-1',
    konnect_gateway_service: '{"id":"service-1","control_plane_id":"plane-1"}',
    konnect_gateway_route: '{"id":"route-1","control_plane_id":"plane-1"}',
    konnect_portal: 'portal-1',
    konnect_portal_page: '{"id":"page-1","portal_id":"portal-1"}',
    konnect_api: 'api-1',
    konnect_api_version: '{"api_id":"api-1","id":"version-1"}',
    konnect_api_implementation: '{"api_id":"api-1","id":"link-1"}',
    konnect_application_auth_strategy: 'strategy-1',
    konnect_api_publication: '{"api_id":"api-1","portal_id":"portal-1"}',
    okta_auth_server_claim: 'aus1/ocl1',
    okta_auth_server_scope: 'aus1/scp1',
    okta_auth_server_policy: 'aus1/00p1',
    okta_auth_server_policy_rule: 'aus1/00p1/0pr1',
    okta_app_oauth: '0oa1',
  });
  expect(json.import.map(({ to }) => to).sort()).toEqual(addresses(json).sort());
});

test('a gateway service keeps its id, and takes no other', () => {
  expect(Object.values(synthesize().resource.konnect_gateway_service)).toMatchObject([{ id: 'service-1' }]);
  expect(() => synthesize({ serviceId: UUID })).toThrow(
    `stack/service/Resource: id: adopting, a resource must have the id that is in ${file}. Received "${UUID}". Set it to "service-1", or leave it out as long as the stack adopts.`,
  );
});

test('an id in a file is a text and nothing else', () => {
  const controlPlanes = [{ ...PLANE, services: [{ ...SERVICE, id: '${x}' }] }];
  file = written('adopt.json', { okta: OKTA, konnect: { ...KONNECT, controlPlanes } });
  const json = synthesize();
  expect(Object.values(json.resource.konnect_gateway_service)).toMatchObject([{ id: '$${x}' }]);
  expect(ids(json, 'konnect_gateway_service')).toEqual(['{"id":"$${x}","control_plane_id":"plane-1"}']);
});

test('a resource that is not in the file is refused, with the names that are; what belongs to it is not named too', () => {
  expect(() => synthesize({ label: 'Another', api: { name: 'Invoices' }, oidc: { name: 'Other' } })).toThrow(
    [
      'stack: invalid input',
      `  - stack/api/Resource: name: adopting, every resource must be in ${file}. Received "Invoices". Set the name to "Orders", or write the file again.`,
      `  - stack/oidc/Strategy/Resource: name: adopting, every resource must be in ${file}. Received "Other". Set the name to "Okta OIDC", or write the file again.`,
      `  - stack/oidc/Client-app/Resource: label: adopting, every resource must be in ${file}. Received "Another". Set the label to "App", or write the file again.`,
      `  - stack/oidc/AccessPolicy/Resource: name: adopting, every resource must be in ${file}. Received "Other". Set the name to "Okta OIDC", or write the file again.`,
    ].join('\n'),
  );
});

test('a link and a publication that do not exist are refused', () => {
  const apis = [{ ...API, implementation: null, publishedTo: [] }];
  file = written('adopt.json', { okta: OKTA, konnect: { ...KONNECT, apis } });
  expect(() => synthesize()).toThrow(
    [
      'stack: invalid input',
      `  - stack/api/Implementation: api_id: adopting, every resource must be in ${file}. Received "api-1". Take it out of the stack until the rest is adopted, or write the file again.`,
      `  - stack/oidc/Publication-orders/Resource: portal_id, api_id: adopting, every resource must be in ${file}. Received ["portal-1","api-1"]. Take it out of the stack until the rest is adopted, or write the file again.`,
    ].join('\n'),
  );
});

test('a home page that does not exist is refused, with the prop that leaves it out', () => {
  file = written('adopt.json', { okta: OKTA, konnect: { ...KONNECT, portals: [{ ...PORTAL, pages: [] }] } });
  expect(() => synthesize()).toThrow(
    `stack/portal/HomePage/Resource: slug: adopting, every resource must be in ${file}. Received "/". Give the portal homePage: '' until the rest is adopted, or write the file again.`,
  );
});

test('a resource of a type that no file has is refused, unless it is imported by hand', () => {
  const team = (stack: TerraformStack) =>
    new PortalTeam(stack, 'team', { portalId: 'portal-1', name: 'Team', description: 'Team' });
  expect(() => synthesize({ after: (stack) => team(stack) })).toThrow(
    `stack/team: type: adopting, every resource must be of a type that ${file} can have. Received "konnect_portal_team". Take it out of the stack until the rest is adopted, or import it with importFrom.`,
  );
  const json = synthesize({
    after: (stack) => team(stack).importFrom('{"id":"team-1","portal_id":"portal-1"}'),
  });
  expect(ids(json, 'konnect_portal_team')).toEqual(['{"id":"team-1","portal_id":"portal-1"}']);
});

describe('names', () => {
  test('name and version together tell an API from others', () => {
    const second = { ...API, id: 'api-2', version: '2.0', implementation: null, publishedTo: [UUID] };
    file = written('adopt.json', { okta: OKTA, konnect: { ...KONNECT, apis: [API, second] } });
    const json = synthesize({
      after: (stack, oidc) => {
        const api = new PortalApi(stack, 'second', { name: 'Orders', version: '2.0' });
        oidc.publish('second', { api, portal: DevPortal.fromPortalId(stack, 'same', UUID) });
      },
    });
    expect(ids(json, 'konnect_api')).toEqual(['api-1', 'api-2']);
    expect(ids(json, 'konnect_api_publication')).toEqual([
      '{"api_id":"api-1","portal_id":"portal-1"}',
      `{"api_id":"api-2","portal_id":"${UUID}"}`,
    ]);
  });

  test.each(['a ${b} %{c}', '$${', 'line\r\nbreak "q"'])('%j is found in any of them', (name) => {
    const policies = [{ ...SERVER.policies[0], name }];
    file = written('adopt.json', {
      okta: {
        ...OKTA,
        authorizationServers: [{ ...SERVER, policies }],
        applications: [{ ...APPLICATION, label: name }],
      },
      konnect: {
        ...KONNECT,
        authStrategies: [{ ...STRATEGY, name }],
        portals: [{ ...PORTAL, name }],
        apis: [{ ...API, name }],
      },
    });
    const json = synthesize({ api: { name }, portalName: name, label: name, oidc: { name } });
    expect(json.import.map(({ to }) => to).sort()).toEqual(addresses(json).sort());
  });

  test('what has no name is found by its id', () => {
    const routes = [
      { id: 'route-1', name: null },
      { id: 'route-2', name: null },
    ];
    const controlPlanes = [{ ...PLANE, services: [{ ...SERVICE, id: UUID, name: null, routes }] }];
    file = written('adopt.json', { okta: OKTA, konnect: { ...KONNECT, controlPlanes } });
    const stack = newStack();
    const plane = new GatewayControlPlane(stack, 'control-plane', { name: 'plane' });
    const service = new GatewayService(stack, 'service', {
      controlPlaneId: plane.id,
      serviceId: UUID,
      host: 'orders.internal',
      routes: { a: { paths: ['/a'] } },
    });
    service.resource.resetName();
    service.routes[0].resource.resetName();
    new OktaDevPortalOidc(stack, 'oidc', { adopt: Adoption.fromFile(file) });
    expect(() => jsonOf(stack)).toThrow(
      `stack/service/a/Resource: name: adopting, one thing of that name must be in ${file}. Received null. Import the one that is meant with importFrom: {"id":"route-1","control_plane_id":"plane-1"} or {"id":"route-2","control_plane_id":"plane-1"}.`,
    );
    service.routes[0].resource.id = 'route-2';
    expect(ids(jsonOf(stack), 'konnect_gateway_route')).toEqual([
      '{"id":"route-2","control_plane_id":"plane-1"}',
    ]);
    expect(ids(jsonOf(stack), 'konnect_gateway_service')).toEqual([
      `{"id":"${UUID}","control_plane_id":"plane-1"}`,
    ]);
  });

  test('of two things of one name none is taken, unless it is imported by hand', () => {
    file = written('adopt.json', {
      okta: { ...OKTA, applications: [APPLICATION, { ...APPLICATION, id: '0oa2', clientId: '0oa2' }] },
      konnect: KONNECT,
    });
    expect(() => synthesize()).toThrow(
      `stack/oidc/Client-app/Resource: label: adopting, one thing of that name must be in ${file}. Received "App". Import the one that is meant with importFrom: 0oa1 or 0oa2.`,
    );
    const json = synthesize({
      oidc: { clients: {}, allowedClientIds: ['0oa1'] },
      after: (_, oidc) =>
        oidc
          .addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] })
          .resource.importFrom('0oa2'),
    });
    expect(ids(json, 'okta_app_oauth')).toEqual(['0oa2']);
  });
});

describe('the authorization server', () => {
  beforeEach(() => {
    const authorizationServers = [{ ...SERVER, name: 'Mine' }];
    file = written('adopt.json', { okta: { ...OKTA, authorizationServers }, konnect: KONNECT });
  });

  test('has to be that of the file', () => {
    expect(() => synthesize()).toThrow(
      [
        'stack: invalid input',
        `  - stack/oidc/AuthorizationServer/Data: name: adopting, the authorization server must be in ${file}. Received "default". Pass authorizationServer: AuthorizationServer.fromName(stack, 'server', "Mine").`,
      ].join('\n'),
    );
    expect(() =>
      synthesize({
        before: (stack) => ({
          authorizationServer: AuthorizationServer.fromAttributes(stack, 'server', {
            authorizationServerId: 'aus2',
            issuer: 'https://dev-1.okta.com/oauth2/aus2',
          }),
        }),
      }),
    ).toThrow(/auth_server_id: adopting, the authorization server must be in .* Received "aus2"\./);
  });

  test.each<[string, (stack: TerraformStack) => AuthorizationServer | object]>([
    ['its name', (stack) => AuthorizationServer.fromName(stack, 'server', 'Mine')],
    [
      'its id',
      (stack) =>
        AuthorizationServer.fromAttributes(stack, 'server', {
          authorizationServerId: 'aus1',
          issuer: 'https://dev-1.okta.com/oauth2/aus1',
        }),
    ],
    [
      'a resource',
      (stack) => new AuthorizationServer(stack, 'server', { name: 'Mine', audiences: ['api://x'] }),
    ],
  ])('is known by %s', (_, server) => {
    const json = synthesize({
      before: (stack) => ({ authorizationServer: server(stack) as AuthorizationServer }),
    });
    expect(ids(json, 'okta_auth_server_claim')).toEqual(['aus1/ocl1']);
    expect(ids(json, 'okta_auth_server_policy_rule')).toEqual(['aus1/00p1/0pr1']);
    expect(addresses(json).filter((each) => each.startsWith('terraform_data'))).toEqual([]);
  });

  test('needs no memory for what was added before the construct adopts', () => {
    const authorizationServer = (stack: TerraformStack) => {
      const server = AuthorizationServer.fromName(stack, 'server', 'Mine');
      server.addScope('api.access');
      return server;
    };
    const json = synthesize({ before: (stack) => ({ authorizationServer: authorizationServer(stack) }) });
    expect(addresses(json).filter((each) => each.startsWith('terraform_data'))).toEqual([]);
    expect(JSON.stringify(json)).not.toContain('replace_triggered_by":["terraform_data');
    const creating = newStack();
    authorizationServer(creating);
    expect(addresses(jsonOf(creating))).toContain('terraform_data.server_Id_C745B24C');
  });
});

describe('the clients of a policy', () => {
  const clientsOf = (clients: readonly string[]) => {
    const policies = [{ ...SERVER.policies[0], clients }];
    file = written('adopt.json', {
      okta: { ...OKTA, authorizationServers: [{ ...SERVER, policies }] },
      konnect: KONNECT,
    });
  };

  test('have to stay', () => {
    clientsOf(['0oa1', '0oa2', '0oa3']);
    expect(() => synthesize()).toThrow(
      /stack\/oidc\/AccessPolicy\/Resource: client_whitelist: adopting, an access policy must keep its clients, or they get no more tokens\. Received \["\$\{okta_app_oauth\..*\.client_id\}"\]\. Add "0oa2", "0oa3" to allowedClientIds\./,
    );
    const json = synthesize({ oidc: { allowedClientIds: ['0oa2', '0oa3'] } });
    expect(ids(json, 'okta_auth_server_policy')).toEqual(['aus1/00p1']);
  });

  test('may be all of the org', () => {
    clientsOf(['ALL_CLIENTS']);
    expect(() => synthesize()).toThrow(/Set clientWhitelist of its resource to \['ALL_CLIENTS'\]\./);
    const json = synthesize({
      after: (_, oidc) => {
        if (oidc.accessPolicy) {
          oidc.accessPolicy.resource.clientWhitelist = ['ALL_CLIENTS'];
        }
      },
    });
    expect(ids(json, 'okta_auth_server_policy')).toEqual(['aus1/00p1']);
  });

  test('have client ids that need not be the ids of their applications', () => {
    clientsOf(['my-client']);
    file = written('adopt.json', {
      okta: {
        authorizationServers: [{ ...SERVER, policies: [{ ...SERVER.policies[0], clients: ['my-client'] }] }],
        applications: [{ ...APPLICATION, clientId: 'my-client' }],
      },
      konnect: KONNECT,
    });
    expect(ids(synthesize(), 'okta_app_oauth')).toEqual(['0oa1']);
  });
});

test('one stack takes several files over, and tells what has one name by what it belongs to', () => {
  file = written('first.json', {
    okta: OKTA,
    konnect: { ...KONNECT, controlPlanes: [{ ...PLANE, services: [{ ...SERVICE, id: UUID }] }] },
  });
  const server = {
    ...SERVER,
    id: 'aus2',
    name: 'Other',
    claims: [{ id: 'ocl2', name: 'clientId' }],
    scopes: [{ id: 'scp2', name: 'api.access' }],
    policies: [],
  };
  const service = { id: OTHER_UUID, name: 'service', routes: [] };
  const second = written('second.json', {
    okta: { authorizationServers: [server], applications: [] },
    konnect: {
      authStrategies: [{ id: 'strategy-2', name: 'Second' }],
      portals: [PORTAL],
      apis: [{ ...API, id: 'api-2', name: 'Invoices', implementation: 'link-2' }],
      controlPlanes: [{ id: 'plane-2', name: 'other-plane', services: [service] }],
    },
  });
  const json = synthesize({
    serviceId: UUID,
    after: (stack, oidc) => {
      const { id: controlPlaneId } = new GatewayControlPlane(stack, 'other-plane', { name: 'other-plane' });
      const gatewayService = new GatewayService(stack, 'other-service', {
        controlPlaneId,
        serviceId: OTHER_UUID,
        name: 'service',
        host: 'invoices.internal',
      });
      const api = new PortalApi(stack, 'invoices', { name: 'Invoices', gatewayService });
      new OktaDevPortalOidc(stack, 'second', {
        adopt: Adoption.fromFile(second),
        name: 'Second',
        authorizationServer: AuthorizationServer.fromName(stack, 'other', 'Other'),
        publications: { invoices: { api, portal: oidc.publications[0].portal } },
      });
    },
  });
  expect(json.import.map(({ to }) => to).sort()).toEqual(addresses(json).sort());
  expect(ids(json, 'okta_auth_server_claim')).toEqual(['aus1/ocl1', 'aus2/ocl2']);
  expect(ids(json, 'konnect_gateway_service').map((id) => JSON.parse(id) as object)).toEqual([
    { id: UUID, control_plane_id: 'plane-1' },
    { id: OTHER_UUID, control_plane_id: 'plane-2' },
  ]);
});

describe('a file of what exists of a stack', () => {
  test('imports that, and leaves the rest to be created', () => {
    file = written('adopt.json', {
      partial: true,
      okta: { ...OKTA, applications: [] },
      konnect: { ...KONNECT, portals: [], apis: [], controlPlanes: [{ ...PLANE, services: [] }] },
    });
    const json = synthesize();
    expect(json.import.map(({ id }) => id).sort()).toEqual(
      ['plane-1', 'strategy-1', 'aus1/ocl1', 'aus1/scp1', 'aus1/00p1', 'aus1/00p1/0pr1'].sort(),
    );
    expect(addresses(json).filter((each) => each.startsWith('terraform_data'))).toHaveLength(1);
  });

  test('may have more than the stack, but not two things that one resource could be', () => {
    file = written('adopt.json', {
      partial: true,
      okta: { ...OKTA, applications: [APPLICATION, { ...APPLICATION, id: '0oa2', clientId: '0oa2' }] },
      konnect: { ...KONNECT, portals: [PORTAL, { id: 'portal-2', name: 'Other', pages: [] }] },
    });
    expect(() => synthesize()).toThrow('importFrom: 0oa1 or 0oa2.');
    expect(ids(synthesize({ label: 'New' }), 'okta_app_oauth')).toEqual([]);
  });
});

test.each<[string, string]>([
  ['no JSON', 'not json'],
  ['another version', JSON.stringify({ version: 2, okta: OKTA, konnect: KONNECT })],
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
  const claims = [{ id: 5, name: 'clientId' }];
  const scopes = [{ id: 'scp1', name: '${TfToken[TOKEN.1]}' }];
  file = written('adopt.json', {
    okta: { ...OKTA, authorizationServers: [{ ...SERVER, claims, scopes }] },
    konnect: KONNECT,
  });
  expect(() => synthesize()).toThrow(
    [
      'stack/oidc: invalid input',
      '  - adopt.okta.authorizationServers[0].claims[0].id: must be a string. Received 5. Give a text, or a token that stands for one.',
      '  - adopt.okta.authorizationServers[0].scopes[0].name: must be known when the app is synthesized: resources depend on it. Received "${TfToken[TOKEN.1]}". Write it into the code instead of passing a token.',
    ].join('\n'),
  );
});

test.each([[Symbol('path')], [0], [undefined]])('what is no path, %p, is no file of adopt', (path) => {
  const adopt = Adoption.fromFile(path as unknown as string);
  expect(() => new OktaDevPortalOidc(newStack(), 'oidc', { adopt })).toThrow(
    `adopt: must be a file that okta-dev-portal-oidc adopt wrote for this version of the library. Received "${String(path)}".`,
  );
});
