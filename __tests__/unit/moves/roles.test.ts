import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { Api, DevPortal, Moves, type PortalTeam, ProviderVersions } from '../../../lib';
import { newStack, type Synthesized, synthesize, synthesizeApp } from '../../support/synth';
import { followed, movedBlocks } from './moved-blocks';

/*
 * The role of a team for an API has an id that derives from the path of the API. So it moves with two constructs,
 * neither of which contains the other, and which of them moved first is unknown.
 */

const ROLE = 'konnect_portal_team_role';

/** Creates the constructs of a path but the last. Returns the parent and the id of the last. */
function placeAt(stack: TerraformStack, path: string): [Construct, string] {
  const ids = path.split('/');
  const scope = ids
    .slice(0, -1)
    .reduce<Construct>(
      (parent, id) => (parent.node.tryFindChild(id) as Construct) ?? new Construct(parent, id),
      stack,
    );
  return [scope, ids[ids.length - 1]];
}

interface Place {
  readonly portal: string;
  readonly api: string;
}

interface Roles {
  readonly stack: TerraformStack;
  readonly portal: DevPortal;
  readonly team: PortalTeam;
  readonly api: Api;
}

function configure(stack: TerraformStack): TerraformStack {
  new KonnectProvider(stack, 'konnect', { serverUrl: 'https://eu.api.konghq.com' });
  ProviderVersions.require(stack, { konnect: '~> 3.20' });
  return stack;
}

/** A team with both roles for an API. */
function roles({ portal: portalPath, api: apiPath }: Place): Roles {
  const stack = configure(newStack());
  const portal = new DevPortal(...placeAt(stack, portalPath), { name: 'Portal', rbacEnabled: true });
  const api = new Api(...placeAt(stack, apiPath), { name: 'Orders' });
  const team = portal.addTeam('team', { name: 'Partners' });
  api.grantViewer(team);
  api.grantConsumer(team);
  return { stack, portal, team, api };
}

const addressesAt = (place: Place) => synthesize(roles(place).stack).addresses();

/** Expects that the moves lead from the addresses of each place to the present ones. */
function expectFollowed(json: Synthesized, places: readonly Place[]): void {
  for (const place of places) {
    expect([place, followed(addressesAt(place), json)]).toEqual([place, json.addresses()]);
  }
  const origins = movedBlocks(json).map(({ from }) => from);
  expect(new Set(origins).size).toBe(origins.length);
}

test('a renamed API moves its roles', () => {
  const { stack, api } = roles({ portal: 'portal', api: 'orders' });
  Moves.from(api, 'api');
  const json = synthesize(stack);
  expect(movedBlocks(json).filter(({ from }) => from.startsWith(ROLE))).toEqual([
    {
      from: `${ROLE}.portal_team_APIViewer-api_42C527D6`,
      to: `${ROLE}.portal_team_APIViewer-orders_AAEBD1B3`,
    },
    {
      from: `${ROLE}.portal_team_APIConsumer-api_821229DF`,
      to: `${ROLE}.portal_team_APIConsumer-orders_024BED15`,
    },
  ]);
  expectFollowed(json, [{ portal: 'portal', api: 'api' }]);
});

test('an API that was renamed and nested has both former paths', () => {
  const { stack, api } = roles({ portal: 'portal', api: 'apis/orders' });
  Moves.from(api, 'api', 'orders');
  expectFollowed(synthesize(stack), [
    { portal: 'portal', api: 'api' },
    { portal: 'portal', api: 'orders' },
  ]);
});

test('API and portal can move one after the other, in either order', () => {
  const { stack, api, portal } = roles({ portal: 'platform/developers', api: 'orders' });
  Moves.from(api, 'api');
  Moves.from(portal, 'portal', 'developers');
  const places = ['portal', 'developers', 'platform/developers'].flatMap((each) => [
    { portal: each, api: 'api' },
    { portal: each, api: 'orders' },
  ]);
  expectFollowed(synthesize(stack), places);
});

test('a construct around both can move', () => {
  const { stack, api } = roles({ portal: 'new/portal', api: 'new/orders' });
  Moves.from(api.node.scope as Construct, 'old');
  Moves.from(api, 'new/api');
  expectFollowed(synthesize(stack), [
    { portal: 'old/portal', api: 'old/api' },
    { portal: 'new/portal', api: 'new/api' },
  ]);
});

test('former paths of the role itself are the only ones', () => {
  const { stack, api, team } = roles({ portal: 'portal', api: 'orders' });
  Moves.from(api, 'api');
  const [viewer] = team.node.children.filter(({ node }) => node.id.startsWith('API Viewer'));
  Moves.from(viewer as Construct, 'portal/team/former');
  const moved = movedBlocks(synthesize(stack)).filter(({ to }) => to.includes('APIViewer'));
  expect(moved.map(({ from }) => from.replace(/_[0-9A-F]{8}$/, ''))).toEqual([`${ROLE}.portal_team_former`]);
});

test('an API that moves in another stack moves the role in the stack of the team', () => {
  function app(id: string, formerId?: string): Synthesized {
    const root = Testing.app();
    const [platform, apis] = ['platform', 'apis'].map((name) => configure(new TerraformStack(root, name)));
    const api = new Api(apis, id, { name: 'Orders' });
    const portal = new DevPortal(platform, 'portal', { name: 'Portal', rbacEnabled: true });
    api.grantConsumer(portal.addTeam('team', { name: 'Partners' }));
    if (formerId) {
      Moves.from(api, formerId);
    }
    return synthesizeApp(root, 'platform')[0];
  }
  const before = app('api');
  const after = app('orders', 'api');
  expect(before.addresses()).not.toEqual(after.addresses());
  expect(followed(before.addresses(), after)).toEqual(after.addresses());
  expect(movedBlocks(before)).toEqual([]);
});
