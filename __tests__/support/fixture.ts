import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import type { TerraformStack } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  type AuthorizationServerScope,
  ControlPlane,
  DevPortal,
  GatewayService,
  type IAuthorizationServer,
  OidcAuthStrategy,
  PortalDeveloper,
} from '../../lib';
import { newStack } from './synth';
import { UUID } from './validation';

/** A stack with both providers and one construct of each interface that props take. */
export class Fixture {
  public readonly stack: TerraformStack = newStack();
  public readonly okta = new OktaProvider(this.stack, 'okta', {});
  public readonly konnect = new KonnectProvider(this.stack, 'konnect', {});
  public readonly server: IAuthorizationServer = AuthorizationServer.fromDefault(this.stack, 'server');
  public readonly scope: AuthorizationServerScope = this.server.addScope('fixture');
  public readonly portal = new DevPortal(this.stack, 'portal', { name: 'Fixture' });
  public readonly members = DevPortal.fromPortalId(this.stack, 'members', UUID, { rbacEnabled: true });
  public readonly developer = PortalDeveloper.fromDeveloperId(this.stack, 'developer', UUID, this.portal);
  public readonly api = new Api(this.stack, 'api', { name: 'Fixture' });
  public readonly controlPlane = ControlPlane.fromControlPlaneId(this.stack, 'control-plane', UUID);
  public readonly service = GatewayService.fromAttributes(this.stack, 'service', {
    serviceId: UUID,
    controlPlane: this.controlPlane,
  });
  public readonly strategy = OidcAuthStrategy.fromStrategyId(this.stack, 'strategy', UUID);
}
