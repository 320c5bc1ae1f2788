import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack } from 'cdktf';
import {
  Adoption,
  AuthorizationServer,
  DevPortal,
  GatewayService,
  Moves,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApi,
  PortalApplication,
  PortalDeveloper,
  PortalRole,
  ProviderVersions,
  ValidationError,
  Visibility,
} from '../../lib';
import { Given } from '../support/fixture';
import { Page } from '../support/pages';

describe('what throws says so', () => {
  const given = new Given();
  const { stack, portal, api, server, members, service, developer } = given;
  const oidc = new OktaDevPortalOidc(stack, 'oidc');
  const team = members.addTeam('team', { name: 'Partners' });
  const policy = server.addAccessPolicy('policy', { name: 'Clients' });
  const client = OidcClient.fromClientId(stack, 'client', '0oa1');
  const other = new KonnectProvider(new TerraformStack(stack, 'nested'), 'konnect', {});
  const noServer = { authorizationServerId: '', issuer: '', scopeNames: [], strategyId: '' };
  const twice = (act: () => unknown) => () => [act(), act()];

  /** Methods by section and name, called with what they refuse. */
  const calls: { readonly [method: string]: () => unknown } = {
    'AccessPolicy.addClient': twice(() => policy.addClient(client)),
    'AccessPolicy.addRule': () => policy.addRule({ name: '', scopes: [] }),
    'Adoption.fromFile': () => new OktaDevPortalOidc(stack, 'adopting', { adopt: Adoption.fromFile('none') }),
    'Adoption.applyTo': () => Adoption.fromFile('none').applyTo(stack),
    'AuthorizationServer.fromAttributes': () => AuthorizationServer.fromAttributes(stack, 'a', noServer),
    'AuthorizationServer.fromDefault': () => AuthorizationServer.fromDefault(stack, 'b', { provider: other }),
    'AuthorizationServer.fromName': () => AuthorizationServer.fromName(stack, 'c', ''),
    'DevPortal.fromPortalId': () => DevPortal.fromPortalId(stack, 'd', ''),
    'GatewayService.fromAttributes': () =>
      GatewayService.fromAttributes(stack, 'e', { serviceId: '', controlPlaneId: '' }),
    'IAuthorizationServer.addAccessPolicy': () => server.addAccessPolicy('f', { name: '' }),
    'IAuthorizationServer.addClientIdClaim': () => server.addClientIdClaim('cid'),
    'IAuthorizationServer.addScope': () => server.addScope('openid'),
    'IDevPortal.addPage': () => portal.addPage('g', { slug: '', content: '' }),
    'IDevPortal.addTeam': () => portal.addTeam('h', { name: 'Without RBAC' }),
    'IGatewayService.addRoute': () => service.addRoute('i', {}),
    'IOktaDevPortalOidc.addClient': () => oidc.addClient('j', { label: '' }),
    'IOktaDevPortalOidc.allowClient': () => oidc.allowClient(''),
    'IOktaDevPortalOidc.publish': () => oidc.publish('k', { api, portal, visibility: Visibility.PRIVATE }),
    'IOktaDevPortalOidc.registerClient': () => oidc.registerClient('l', { client, developer, name: '' }),
    'Moves.from': () => Moves.from(portal),
    'OidcAuthStrategy.fromStrategyId': () => OidcAuthStrategy.fromStrategyId(stack, 'm', ''),
    'OidcClient.fromClientId': () => OidcClient.fromClientId(stack, 'n', ''),
    'OktaDevPortalOidc.fromAttributes': () => OktaDevPortalOidc.fromAttributes(stack, 'o', noServer),
    'OktaDevPortalOidc.fromOidc': () =>
      OktaDevPortalOidc.fromOidc(stack, 'p', oidc, { konnectProvider: other }),
    'PortalApi.fromApiId': () => PortalApi.fromApiId(stack, 'q', ''),
    'PortalApi.linkTo': twice(() => api.linkTo(service)),
    'PortalApplication.register': () => {
      const { strategy } = oidc;
      const application = new PortalApplication(stack, 'r', { client, developer, strategy });
      twice(() => application.register('s', { api }))();
    },
    'PortalDeveloper.fromDeveloperId': () => PortalDeveloper.fromDeveloperId(stack, 't', '', portal),
    'PortalTeam.grant': twice(() => team.grant(api, PortalRole.API_VIEWER)),
    'PortalTeam.grantConsumer': twice(() => team.grantConsumer(api)),
    'PortalTeam.grantViewer': () => team.grantViewer(api),
    'ProviderVersions.require': () => ProviderVersions.require(stack, { konnect: 'newest' }),
  };

  test.each(Object.entries(calls))('%s', (_method, call) => {
    expect(call).toThrow(ValidationError);
  });

  test('and nothing else is a method of the reference but what takes every name', () => {
    const sections = new Page('docs/api.md').content.split(/^### /m).slice(1);
    const methods = sections.flatMap((section) => {
      const [owner] = section.split('\n');
      const lines = section.split('\n').filter((line) => /^- `/.test(line));
      return lines.map((line) => ({
        name: `${owner}.${/(\w+)\(/.exec(line)?.[1]}`,
        says: /\. Throws /.test(line),
      }));
    });
    expect(methods.filter(({ says }) => !says).map(({ name }) => name)).toEqual([
      'KonnectRegion.custom',
      'PortalRole.custom',
    ]);
    // A class repeats what its interface says.
    const names = methods.map(({ name }) =>
      name.replace(
        /^(?=(DevPortal|GatewayService|AuthorizationServer|OktaDevPortalOidc)\.(add|allow|publish|register))/,
        'I',
      ),
    );
    const called = Object.keys(calls);
    expect([...new Set(names)].filter((name) => !called.includes(name) && !/\.custom$/.test(name))).toEqual(
      [],
    );
  });

  test('also where it is a property', () => {
    expect(new Page('docs/api.md').content).toContain(
      '| `clientSecret` | `string` | The client secret, a sensitive value. Throws ValidationError when the client keeps its secret out of the Terraform state. |',
    );
  });
});
