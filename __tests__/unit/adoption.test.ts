import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import {
  Adoption,
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ValidationError,
} from 'okta-dev-portal-oidc';

const SERVICE_ID = '0f1e2d3c-4b5a-4968-8776-655443322110';
const PLANE_ID = '1f1e2d3c-4b5a-4968-8776-655443322110';
const SERVICE = 'konnect_gateway_service.service_6D174F83';
const SERVICE_IMPORT = JSON.stringify({ id: SERVICE_ID, control_plane_id: PLANE_ID });

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adoption-'));
  file = join(folder, 'adoption.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Json {
  readonly import?: readonly object[];
  readonly resource: { readonly [type: string]: { readonly [name: string]: object } };
}

/** A stack whose construct adopts the file. */
function adopting(add: (stack: TerraformStack) => void = () => undefined): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  add(stack);
  new OktaDevPortalOidc(stack, 'oidc', { adopt: Adoption.fromFile(file) });
  return stack;
}

function jsonOf(stack: TerraformStack): Json {
  stack.prepareStack();
  return stack.toTerraform() as Json;
}

function write(imports: unknown, more: object = {}): void {
  writeFileSync(file, JSON.stringify({ version: 2, stacks: { stack: { imports, ...more } } }));
}

function addService(stack: TerraformStack): void {
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'plane' });
  const gatewayService = new GatewayService(stack, 'service', { controlPlane, host: 'orders.internal' });
  new Api(stack, 'api', { name: 'Orders', gatewayService });
}

test('a stack without OktaDevPortalOidc applies the file, and creates no triggers', () => {
  const stack = new TerraformStack(Testing.app(), 'stack');
  const portal = new DevPortal(stack, 'portal', { name: 'Portal' });
  const address = `konnect_portal.${portal.resource.friendlyUniqueId}`;
  write({ [address]: PLANE_ID });
  Adoption.fromFile(file).applyTo(stack);
  const json = jsonOf(stack);
  expect(json.import).toEqual([{ to: address, id: PLANE_ID }]);
  expect(json.resource).not.toHaveProperty('terraform_data');
});

test('each address gets an import block, also one that the stack does not have', () => {
  write({ 'konnect_gateway_control_plane.control-plane': PLANE_ID, 'konnect_api.renamed': 'api-1' });
  expect(jsonOf(adopting(addService)).import).toEqual([
    { to: 'konnect_gateway_control_plane.control-plane', id: PLANE_ID, provider: undefined },
    { to: 'konnect_api.renamed', id: 'api-1', provider: undefined },
  ]);
});

test('a block has the provider of its resource', () => {
  write({ 'konnect_gateway_control_plane.control-plane': PLANE_ID });
  const json = jsonOf(
    adopting((stack) => {
      const provider = new KonnectProvider(stack, 'konnect', { alias: 'eu' });
      new ControlPlane(stack, 'control-plane', { name: 'plane', provider });
    }),
  );
  expect(json.import).toEqual([expect.objectContaining({ provider: 'konnect.eu' })]);
});

test('an id in the file is a text and nothing else', () => {
  write({ 'konnect_api.api': 'a ${b}' });
  expect(jsonOf(adopting()).import).toEqual([expect.objectContaining({ id: 'a $${b}' })]);
});

test('an adopted gateway service has the id of the file', () => {
  write({ [SERVICE]: SERVICE_IMPORT });
  expect(Object.values(jsonOf(adopting(addService)).resource.konnect_gateway_service ?? {})).toEqual([
    expect.objectContaining({ id: SERVICE_ID }),
  ]);
});

test.each([
  [false, 0],
  [true, 3],
])('a stack that adopts partially (%s) creates %i terraform_data', (partial, count) => {
  write({}, { partial });
  const stack = adopting((inside) => {
    const other = OktaDevPortalOidc.fromAttributes(inside, 'other', {
      authorizationServerId: 'aus1',
      issuer: 'https://dev-1.okta.com/oauth2/aus1',
      scopeNames: ['api.access'],
      strategyId: SERVICE_ID,
    });
    const api = new Api(inside, 'api', { name: 'Orders' });
    other.publish('orders', { api, portal: new DevPortal(inside, 'portal', { name: 'Portal' }) });
  });
  expect(Object.keys(jsonOf(stack).resource.terraform_data ?? {})).toHaveLength(count);
});

test('several constructs of a stack adopt one file', () => {
  write({ 'konnect_api.api': 'api-1' });
  const stack = adopting();
  new OktaDevPortalOidc(stack, 'second', { name: 'Second', adopt: Adoption.fromFile(file) });
  expect(jsonOf(stack).import).toHaveLength(1);
  const copy = join(folder, 'copy.json');
  writeFileSync(copy, JSON.stringify({ version: 2, stacks: { stack: { imports: {} } } }));
  expect(
    failureOf(() => new OktaDevPortalOidc(stack, 'third', { name: 'Third', adopt: Adoption.fromFile(copy) })),
  ).toMatchObject({ prop: 'adopt', rule: 'must be the same file for all constructs of a stack' });
});

test('a construct with the name of the one that writes the blocks changes nothing', () => {
  write({ 'konnect_api.api': 'api-1' });
  const json = jsonOf(adopting((stack) => new Construct(stack, 'ImportBlocks')));
  expect(json.import).toHaveLength(1);
});

/** The only failure of what is called. */
function failureOf(call: () => unknown): object | undefined {
  try {
    call();
  } catch (error) {
    const failures = ValidationError.isValidationError(error) ? error.failures : [];
    expect(failures).toHaveLength(1);
    return failures[0];
  }
  return undefined;
}

const NO_FILE = 'must be a file that okta-dev-portal-oidc adopt wrote with this version of the library';
const NO_STACK = 'must list the imports of stack "stack"';

test.each<[string, string | undefined, string]>([
  ['nothing', undefined, NO_FILE],
  ['no JSON', 'not json', NO_FILE],
  ['another format', JSON.stringify({ version: 1, okta: {}, konnect: {} }), NO_FILE],
  ['a list', '[]', NO_FILE],
  ['no stacks', JSON.stringify({ version: 2, stacks: 'all' }), NO_FILE],
  ['other stacks', JSON.stringify({ version: 2, stacks: { other: { imports: {} } } }), NO_STACK],
  [
    'nested ids',
    JSON.stringify({ version: 2, stacks: { stack: { imports: { a: { id: 'b' } } } } }),
    NO_STACK,
  ],
  ['a list of ids', JSON.stringify({ version: 2, stacks: { stack: { imports: ['a'] } } }), NO_STACK],
  [
    'a service without an id',
    JSON.stringify({ version: 2, stacks: { stack: { imports: { [SERVICE]: '{}' } } } }),
    NO_STACK,
  ],
  ['an empty id', JSON.stringify({ version: 2, stacks: { stack: { imports: { a: '' } } } }), NO_STACK],
])('a file that holds %s is refused', (_, content, rule) => {
  if (content !== undefined) {
    writeFileSync(file, content);
  }
  expect(failureOf(() => adopting())).toMatchObject({ prop: 'adopt', rule, received: JSON.stringify(file) });
});

test('the message names the reason and the remedy', () => {
  expect(() => adopting()).toThrow(
    `stack/oidc: invalid input\n  - \`adopt\` ${NO_FILE}. Received "${file}". Remove the prop or the call, run cdktf synth and okta-dev-portal-oidc adopt stack --file ${file}, and add it again. ENOENT: no such file or directory, open '${file}'.`,
  );
});

test.each([[Symbol('path')], [0], [undefined]])('what is not a path, %p, is no file', (path) => {
  const adopt = Adoption.fromFile(path as unknown as string);
  const stack = new TerraformStack(Testing.app(), 'stack');
  expect(failureOf(() => new OktaDevPortalOidc(stack, 'oidc', { adopt }))).toMatchObject({
    prop: 'adopt',
    rule: NO_FILE,
  });
});
