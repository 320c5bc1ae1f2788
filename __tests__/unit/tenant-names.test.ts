import { OktaProvider, type OktaProviderConfig } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider, type KonnectProviderConfig } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type App, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { Api, AuthorizationServer, ControlPlane, DevPortal, OktaDevPortalOidc } from '../../lib';
import { warningsOf } from '../support/validation';

/** Settings of the providers of a stack. */
interface Tenant {
  readonly okta?: OktaProviderConfig;
  readonly konnect?: KonnectProviderConfig;
}

function stackOf(app: App, id: string, { okta = {}, konnect = {} }: Tenant = {}): TerraformStack {
  const stack = new TerraformStack(app, id);
  new OktaProvider(stack, 'okta', okta);
  new KonnectProvider(stack, 'konnect', konnect);
  return stack;
}

/** Two stacks with the same contents; the warnings of the second one about the first. */
function warningsOfTwo(build: (stack: TerraformStack) => void, first?: Tenant, second = first): string[] {
  const app = Testing.app();
  const stacks = [stackOf(app, 'staging', first), stackOf(app, 'production', second)];
  for (const stack of stacks) {
    build(stack);
  }
  return warningsOf(stacks[1]).filter((warning) => warning.includes('both create'));
}

const EU = {
  konnect: { serverUrl: 'https://eu.api.konghq.com' },
  okta: { orgName: 'a', baseUrl: 'okta.com' },
};
const US = {
  konnect: { serverUrl: 'https://us.api.konghq.com' },
  okta: { orgName: 'b', baseUrl: 'okta.com' },
};

describe('two stacks with the same provider settings', () => {
  test.each<readonly [label: string, build: (stack: TerraformStack) => void]>([
    ['portal Orders', (stack) => new DevPortal(stack, 'it', { name: 'Orders' })],
    ['API Orders 1.0', (stack) => new Api(stack, 'it', { name: 'Orders', version: '1.0' })],
    ['control plane Orders', (stack) => new ControlPlane(stack, 'it', { name: 'Orders' })],
    [
      'scope orders of authorization server default',
      (stack) => AuthorizationServer.fromDefault(stack, 'it').addScope('orders'),
    ],
    [
      'claim client of authorization server default',
      (stack) => AuthorizationServer.fromDefault(stack, 'it').addClientIdClaim('client'),
    ],
    [
      'access policy Orders of authorization server partners',
      (stack) =>
        AuthorizationServer.fromLookup(stack, 'it', { name: 'partners' }).addAccessPolicy('policy', {
          name: 'Orders',
          allClients: true,
        }),
    ],
  ])('warn that both create %s', (label, build) => {
    for (const tenant of [undefined, EU]) {
      expect(warningsOfTwo(build, tenant)).toEqual([
        expect.stringContaining(`Stacks staging and production both create ${label}, and their providers`),
      ]);
    }
  });

  test('count what more they both create', () => {
    const [warning] = warningsOfTwo((stack) => {
      const portal = new DevPortal(stack, 'portal', { name: 'Orders' });
      const api = new Api(stack, 'api', { name: 'Orders' });
      new OktaDevPortalOidc(stack, 'oidc', { publications: { orders: { api, portal } } });
    });
    expect(warning).toContain('and 2 more, and their providers');
  });
});

describe('two stacks do not warn', () => {
  const portal = (stack: TerraformStack) => new DevPortal(stack, 'it', { name: 'Orders' });

  test('if their providers have other settings', () => {
    expect(warningsOfTwo(portal, EU, US)).toEqual([]);
    expect(warningsOfTwo(portal, {}, US)).toEqual([]);
  });

  test('if their names differ', () => {
    expect(warningsOfTwo((stack) => new DevPortal(stack, 'it', { name: `Orders ${stack.node.id}` }))).toEqual(
      [],
    );
  });

  test('if one of them releases the name', () => {
    expect(
      warningsOfTwo((stack) => {
        if (stack.node.id === 'staging') {
          portal(stack).release();
        } else {
          portal(stack);
        }
      }),
    ).toEqual([]);
  });

  test('if a setting is known at apply only', () => {
    const app = Testing.app();
    const stacks = ['staging', 'production'].map((id) => {
      const stack = new TerraformStack(app, id);
      new KonnectProvider(stack, 'konnect', {
        serverUrl: new TerraformVariable(stack, 'url', {}).stringValue,
      });
      portal(stack);
      return stack;
    });
    expect(warningsOf(stacks[1]).filter((warning) => warning.includes('both create'))).toEqual([]);
  });

  test('about children of authorization servers that each creates', () => {
    const build = (stack: TerraformStack) =>
      new AuthorizationServer(stack, 'it', { name: stack.node.id, audiences: ['api://x'] }).addScope(
        'orders',
      );
    expect(warningsOfTwo(build)).toEqual([]);
  });
});
