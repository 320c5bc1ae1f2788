import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import {
  AccessPolicy,
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  KonnectRegion,
  OidcAuthStrategy,
  OidcClient,
  OktaDevPortalOidc,
  PortalApplication,
  PortalDeveloper,
  PortalRole,
  ProviderVersions,
} from '../../lib';
import { newStack } from './synth';
import { UUID } from './validation';

const NAME = 'Fixture';

/** A stack with both providers and one construct of each interface that props take. */
export class Fixture {
  public readonly stack = newStack();
  public readonly okta = new OktaProvider(this.stack, 'okta', {});
  public readonly konnect = new KonnectProvider(this.stack, 'konnect', {});
  public readonly server = AuthorizationServer.fromDefault(this.stack, 'server');
  public readonly scope = this.server.addScope('fixture');
  public readonly client = OidcClient.fromClientId(this.stack, 'client', '0oa1');
  public readonly policy = new AccessPolicy(this.stack, 'policy', {
    authorizationServer: this.server,
    name: NAME,
    clients: [OidcClient.fromClientId(this.stack, 'policy-client', '0oa2')],
  });
  public readonly portal = new DevPortal(this.stack, 'portal', { name: NAME });
  public readonly page = this.portal.addPage('page', { slug: 'fixture', content: NAME });
  public readonly members = DevPortal.fromPortalId(this.stack, 'members', UUID, { rbacEnabled: true });
  public readonly developer = PortalDeveloper.fromDeveloperId(this.stack, 'developer', UUID, this.portal);
  public readonly api = new Api(this.stack, 'api', { name: NAME });
  public readonly document = this.api.addDocument('document', { slug: 'fixture', content: NAME });
  public readonly controlPlane = ControlPlane.fromControlPlaneId(this.stack, 'control-plane', UUID);
  public readonly service = GatewayService.fromAttributes(this.stack, 'service', {
    serviceId: UUID,
    controlPlane: this.controlPlane,
  });
  public readonly strategy = OidcAuthStrategy.fromStrategyId(this.stack, 'strategy', UUID);
  public readonly region = KonnectRegion.EU;
  public readonly role = PortalRole.API_VIEWER;
  public readonly team = this.members.addTeam('team', { name: NAME, region: this.region });
  public readonly application = new PortalApplication(this.stack, 'application', {
    client: OidcClient.fromClientId(this.stack, 'application-client', '0oa3'),
    developer: this.developer,
    strategy: this.strategy,
  });
  public readonly oidc = new OktaDevPortalOidc(this.stack, 'oidc', {
    authorizationServer: this.server,
    claimName: 'fixture',
    scopes: ['fixture'],
    accessPolicy: { name: 'Fixture clients' },
    name: NAME,
  });

  public constructor() {
    ProviderVersions.require(this.stack, { konnect: '~> 3.24' });
  }
}
