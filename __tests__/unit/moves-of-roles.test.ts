import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { DevPortal, Moves, PortalApi, type PortalTeam, ProviderVersions } from '../../lib';
import { followed, movedBlocks } from '../support/moves';
import { newStack, type Synthesized, synthesize, synthesizeApp } from '../support/synth';

/*
 * The role of a team for an API has an id that derives from the path of the API. So it moves with two constructs
 * that do not lie in each other, and nobody says which of them moved first.
 */

const ROLE = 'konnect_portal_team_role';

/** Makes constructs on the way to a path, and returns the last but one with the id of the last. */
function at(stack: TerraformStack, path: string): [Construct, string] {
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

interface Made {
  readonly stack: TerraformStack;
  readonly portal: DevPortal;
  readonly team: PortalTeam;
  readonly api: PortalApi;
}

function prepared(stack: TerraformStack): TerraformStack {
  new KonnectProvider(stack, 'konnect', { serverUrl: 'https://eu.api.konghq.com' });
  ProviderVersions.require(stack, { konnect: '~> 3.20' });
  return stack;
}

/** A team with both roles for an API. */
function roles({ portal: portalPath, api: apiPath }: Place): Made {
  const stack = prepared(newStack());
  const portal = new DevPortal(...at(stack, portalPath), { name: 'Portal', rbacEnabled: true });
  const api = new PortalApi(...at(stack, apiPath), { name: 'Orders' });
  const team = portal.addTeam('team', { name: 'Partners' });
  team.grantViewer(api);
  team.grantConsumer(api);
  return { stack, portal, team, api };
}

const addressesAt = (place: Place) => synthesize(roles(place).stack).addresses();

/** The states of all places lead to what there is. */
function expectFollowed(json: Synthesized, places: readonly Place[]): void {
  for (const place of places) {
    expect([place, followed(addressesAt(place), json)]).toEqual([place, json.addresses()]);
  }
  const origins = movedBlocks(json).map(({ from }) => from);
  expect(new Set(origins).size).toBe(origins.length);
}

test('an API that is renamed takes its roles along', () => {
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

test('an API that was renamed and nested comes from each of its places', () => {
  const { stack, api } = roles({ portal: 'portal', api: 'apis/orders' });
  Moves.from(api, 'api', 'orders');
  expectFollowed(synthesize(stack), [
    { portal: 'portal', api: 'api' },
    { portal: 'portal', api: 'orders' },
  ]);
});

test('API and portal may have moved one after the other, whichever came first', () => {
  const { stack, api, portal } = roles({ portal: 'platform/developers', api: 'orders' });
  Moves.from(api, 'api');
  Moves.from(portal, 'portal', 'developers');
  const places = ['portal', 'developers', 'platform/developers'].flatMap((each) => [
    { portal: each, api: 'api' },
    { portal: each, api: 'orders' },
  ]);
  expectFollowed(synthesize(stack), places);
});

test('a construct that holds all of it may have moved', () => {
  const { stack, api } = roles({ portal: 'new/portal', api: 'new/orders' });
  Moves.from(api.node.scope as Construct, 'old');
  Moves.from(api, 'new/api');
  expectFollowed(synthesize(stack), [
    { portal: 'old/portal', api: 'old/api' },
    { portal: 'new/portal', api: 'new/api' },
  ]);
});

test('a move of the role itself is taken as it is', () => {
  const { stack, api, team } = roles({ portal: 'portal', api: 'orders' });
  Moves.from(api, 'api');
  const [viewer] = team.node.children.filter(({ node }) => node.id.startsWith('API Viewer'));
  Moves.from(viewer as Construct, 'portal/team/by-hand');
  const moved = movedBlocks(synthesize(stack)).filter(({ to }) => to.includes('APIViewer'));
  expect(moved.map(({ from }) => from.replace(/_[0-9A-F]{8}$/, ''))).toEqual([`${ROLE}.portal_team_by-hand`]);
});

test('an API of another stack that moved in it moves the role in the stack of the team', () => {
  function app(id: string, formerId?: string): Synthesized {
    const root = Testing.app();
    const [platform, apis] = ['platform', 'apis'].map((name) => prepared(new TerraformStack(root, name)));
    const api = new PortalApi(apis, id, { name: 'Orders' });
    const portal = new DevPortal(platform, 'portal', { name: 'Portal', rbacEnabled: true });
    portal.addTeam('team', { name: 'Partners' }).grantConsumer(api);
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
