import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { type App, TerraformStack, Testing } from 'cdktf';
import { Api, DevPortal, Moves, OktaDevPortalOidc, PortalDeveloper, ProviderVersions } from '../../../lib';
import { synthesize, synthesizeApp } from '../../support/synth';
import { followed, movedBlocks } from './moved-blocks';

/*
 * A registration is a child of its application with the id of the publication, or the other way round if the
 * publication is in another stack. So it moves with both.
 */

const REGISTRATION = 'konnect_portal_application_registration';

interface Ids {
  readonly oidc: string;
  readonly publication: string;
  readonly application: string;
}

const FIRST: Ids = { oidc: 'oidc', publication: 'orders', application: 'app' };

function newStack(app: App, id: string): TerraformStack {
  const stack = new TerraformStack(app, id);
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' });
  return stack;
}

/** A client that is registered for one API, which is in the stack of the team if there are two. */
function registered(ids: Ids, stacks: 1 | 2 = 1) {
  const app = Testing.app();
  const platform = newStack(app, 'platform');
  const team = stacks === 2 ? newStack(app, 'team') : platform;
  const portal = new DevPortal(platform, 'portal', { name: 'Portal' });
  const api = new Api(team, 'api', { name: 'Orders' });
  const oidc = new OktaDevPortalOidc(platform, ids.oidc);
  const client = oidc.addClient('client', { label: 'App', redirectUris: ['https://localhost/callback'] });
  const developer = new PortalDeveloper(platform, 'developer', {
    portal,
    email: 'dev@example.com',
    fullName: 'Dev',
  });
  const publication = oidc.publish(ids.publication, { api, portal });
  const application = oidc.registerClient(ids.application, { client, developer });
  return { app, platform, team, portal, api, oidc, client, publication, application };
}

const addressesOf = (ids: Ids) => synthesize(registered(ids).platform).addresses();

test('a renamed publication moves its registrations, each from its former path', () => {
  const ids = { ...FIRST, publication: 'sales' };
  const { platform, publication } = registered(ids);
  Moves.from(publication, 'oidc/Publication-orders');
  const json = synthesize(platform);
  const [moved, ...more] = movedBlocks(json).filter(({ from }) => from.startsWith(REGISTRATION));
  expect(moved.from).toMatch(/oidc_Application-app_Registration-orders_/);
  expect(moved.to).toMatch(/oidc_Application-app_Registration-sales_/);
  expect(more).toEqual([]);
  expect(followed(addressesOf(FIRST), json)).toEqual(json.addresses());
});

test('a renamed application keeps its name: another one would replace it', () => {
  const { platform, application } = registered({ ...FIRST, application: 'billing' });
  Moves.from(application, 'oidc/Application-app');
  const json = synthesize(platform);
  expect(json.only('konnect_portal_application').name).toBe('app');
  expect(followed(addressesOf(FIRST), json)).toEqual(json.addresses());
});

test('several constructs can move at once, or one after the other', () => {
  const ids = { oidc: 'login', publication: 'sales', application: 'billing' };
  const { platform, oidc, publication, application } = registered(ids);
  Moves.from(oidc, 'oidc');
  Moves.from(publication, 'oidc/Publication-orders');
  Moves.from(application, 'login/Application-app');
  const json = synthesize(platform);
  for (const before of [
    FIRST,
    { ...FIRST, publication: 'sales' },
    { ...FIRST, publication: 'sales', oidc: 'login' },
  ]) {
    expect([before, followed(addressesOf(before), json)]).toEqual([before, json.addresses()]);
  }
});

test('the construct around them can move last', () => {
  const ids = { oidc: 'login', publication: 'sales', application: 'billing' };
  const { platform, oidc, publication, application } = registered(ids);
  Moves.from(oidc, 'oidc', 'auth');
  Moves.from(publication, 'oidc/Publication-orders', 'auth/Publication-sales');
  Moves.from(application, 'oidc/Application-app', 'auth/Application-billing');
  const json = synthesize(platform);
  const origins = movedBlocks(json).map(({ from }) => from);
  expect(new Set(origins).size).toBe(origins.length);
  for (const before of [FIRST, { ...ids, oidc: 'auth' }]) {
    expect([before, followed(addressesOf(before), json)]).toEqual([before, json.addresses()]);
  }
});

test('a publication that came from another construct has no registration to move', () => {
  const { platform, portal, oidc, client } = registered(FIRST);
  const other = new OktaDevPortalOidc(platform, 'other', {
    name: 'Other',
    authorizationServer: oidc.authorizationServer,
  });
  const api = new Api(platform, 'more', { name: 'More' });
  const developer = new PortalDeveloper(platform, 'other-developer', {
    portal,
    email: 'other@example.com',
    fullName: 'Other',
  });
  other.registerClient('app', { client, developer });
  Moves.from(other.publish('more', { api, portal }), 'former/Publication-orders');
  const json = synthesize(platform);
  expect(movedBlocks(json).filter(({ from }) => from.startsWith(REGISTRATION))).toEqual([]);
});

describe('a registration in the stack of the API', () => {
  const jsonOf = ({ app }: { app: App }) => synthesizeApp(app, 'platform', 'team')[1];

  test('moves with an application of the other stack', () => {
    const before = jsonOf(registered(FIRST, 2)).addresses();
    const after = registered({ ...FIRST, application: 'billing' }, 2);
    Moves.from(after.application, 'oidc/Application-app');
    const json = jsonOf(after);
    expect(movedBlocks(json).filter(({ from }) => from.startsWith(REGISTRATION))).toHaveLength(1);
    expect(followed(before, json)).toEqual(json.addresses());
  });

  test('moves with its publication', () => {
    const before = jsonOf(registered(FIRST, 2)).addresses();
    const after = registered({ ...FIRST, publication: 'sales' }, 2);
    Moves.from(after.publication, 'api/Publication-orders');
    const json = jsonOf(after);
    expect(movedBlocks(json).filter(({ from }) => from.startsWith(REGISTRATION))).toHaveLength(1);
    expect(followed(before, json)).toEqual(json.addresses());
  });
});
