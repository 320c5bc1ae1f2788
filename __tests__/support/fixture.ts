import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import type { TerraformStack } from 'cdktf';
import {
  AuthorizationServer,
  DevPortal,
  GatewayService,
  type IAuthorizationServer,
  OidcAuthStrategy,
  type OktaScope,
  PortalApi,
  PortalDeveloper,
} from '../../lib';
import { newStack } from './synth';
import { UUID } from './validation';

/** What the example of a construct refers to, in a stack of its own. */
export class Given {
  public readonly stack: TerraformStack = newStack();
  public readonly okta = new OktaProvider(this.stack, 'okta', {});
  public readonly konnect = new KonnectProvider(this.stack, 'konnect', {});
  public readonly server: IAuthorizationServer = AuthorizationServer.fromDefault(this.stack, 'server');
  public readonly scope: OktaScope = this.server.addScope('given');
  public readonly portal = new DevPortal(this.stack, 'portal', { name: 'Given' });
  public readonly members = DevPortal.fromPortalId(this.stack, 'members', UUID, { rbacEnabled: true });
  public readonly developer = PortalDeveloper.fromDeveloperId(this.stack, 'developer', UUID, this.portal);
  public readonly api = new PortalApi(this.stack, 'api', { name: 'Given' });
  public readonly service = GatewayService.fromAttributes(this.stack, 'service', {
    serviceId: UUID,
    controlPlaneId: UUID,
  });
  public readonly strategy = OidcAuthStrategy.fromStrategyId(this.stack, 'strategy', UUID);
}
