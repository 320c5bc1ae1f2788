import { Testing } from 'cdktf';
import * as lib from '../../lib';
import { prerequisites, stackWithProviders } from '../support/how-to';
import { synthesize } from '../support/synth';
import { catchError, expectSynthFailures, UUID } from '../support/validation';

type Library = typeof lib;

/** Another copy of the library, as when two packages of an app depend on different versions. */
function loadCopy(): Library {
  const cdktf = jest.requireActual<typeof import('cdktf')>('cdktf');
  let copy: Library | undefined;
  jest.isolateModules(() => {
    // One CDKTF for the app: it is a peer dependency.
    jest.doMock('cdktf', () => cdktf);
    copy = jest.requireActual<Library>('../../lib');
  });
  jest.dontMock('cdktf');
  return copy as Library;
}

const copy = loadCopy();

test('they are two copies', () => {
  expect(copy.OktaDevPortalOidc).not.toBe(lib.OktaDevPortalOidc);
});

describe('two copies of the library in one app', () => {
  const client = { label: 'App', redirectUris: ['https://localhost/callback'] };

  test('share portals, APIs, publications and registrations', () => {
    const stack = stackWithProviders();
    copy.ProviderVersions.require(stack, { konnect: '~> 3.21' });
    const { portal, api } = prerequisites(stack);
    const oidc = new copy.OktaDevPortalOidc(stack, 'oidc', { clients: { app: client } });
    oidc.publish('api', { api, portal });
    const developer = lib.PortalDeveloper.fromDeveloperId(stack, 'developer', UUID, portal);
    const application = oidc.registerClient('app', { client: oidc.clients[0], developer });
    expect(application.registrations).toHaveLength(1);
    const counts = synthesize(stack).counts();
    expect(counts).toMatchObject({ konnect_api_publication: 1, konnect_portal_application_registration: 1 });
  });

  test('see publications of each other', () => {
    const stack = stackWithProviders();
    const { portal, api } = prerequisites(stack);
    new lib.OktaDevPortalOidc(stack, 'one').publish('api', { api, portal });
    const other = new copy.OktaDevPortalOidc(stack, 'two', { name: 'Two' });
    expect(() => other.publish('api', { api, portal })).toThrow(/must not be published twice/);
  });

  test('see unique names of each other', () => {
    const stack = stackWithProviders();
    new lib.OktaDevPortalOidc(stack, 'one', { authorizationServer: serverOf(stack) });
    new copy.OktaDevPortalOidc(stack, 'two', { authorizationServer: serverOf(stack) });
    expectSynthFailures(stack, ['name', /one auth strategy only.*also the name of stack\/one/, 'stack/two']);
  });

  test('share claims and scopes of an authorization server', () => {
    const stack = stackWithProviders();
    const authorizationServer = serverOf(stack);
    const one = new lib.OktaDevPortalOidc(stack, 'one', { authorizationServer });
    const two = new copy.OktaDevPortalOidc(stack, 'two', { authorizationServer, name: 'Two' });
    expect(two.claim).toBe(one.claim);
    expect(synthesize(stack).counts()).toMatchObject({
      okta_auth_server_claim: 1,
      okta_auth_server_scope: 1,
    });
  });

  test('follow moves of each other', () => {
    const stack = stackWithProviders();
    const api = new lib.Api(stack, 'api', { name: 'API' });
    copy.Moves.from(api, 'orders');
    expect(synthesize(stack).json.moved).toHaveLength(1);
  });

  test('accept enum-likes and errors of each other', () => {
    const stack = stackWithProviders();
    const portal = new lib.DevPortal(stack, 'portal', { name: 'Portal', rbacEnabled: true });
    const team = new copy.PortalTeam(stack, 'team', { portal, name: 'Team', region: lib.KonnectRegion.EU });
    expect(
      new lib.Api(stack, 'api', { name: 'API' }).grant(team, copy.PortalRole.API_VIEWER).node.scope,
    ).toBe(team);
    const error = catchError(() => new lib.Api(stack, 'other', { name: '' }));
    expect(copy.ValidationError.isValidationError(error)).toBe(true);
  });
});

test('two apps do not see each other', () => {
  const [one, two] = [stackWithProviders(), stackWithProviders()];
  for (const stack of [one, two]) {
    const { portal } = prerequisites(stack);
    const api = lib.Api.fromApiId(stack, 'existing', UUID);
    new lib.OktaDevPortalOidc(stack, 'oidc', { publications: { api: { api, portal } } });
  }
  expect(Testing.synth(one, true)).toBe(Testing.synth(two, true));
});

function serverOf(stack: Parameters<typeof prerequisites>[0]): lib.IAuthorizationServer {
  const known = stack.node.tryFindChild('server') as lib.IAuthorizationServer | undefined;
  return known ?? lib.AuthorizationServer.fromDefault(stack, 'server');
}
