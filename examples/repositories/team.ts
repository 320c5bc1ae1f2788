import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { DataTerraformRemoteStateLocal, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
  Visibility,
} from 'okta-dev-portal-oidc';

/** A team's repository: an API on the platform's portal, and a client of it. */
export class Team extends TerraformStack {
  public constructor(scope: Construct, id: string, platformStatePath: string) {
    super(scope, id);
    ProviderVersions.require(this);
    new OktaProvider(this, 'okta', {});
    new KonnectProvider(this, 'konnect', {});

    const platform = new DataTerraformRemoteStateLocal(this, 'platform', { path: platformStatePath });
    const oidc = OktaDevPortalOidc.fromAttributes(this, 'oidc', {
      authorizationServerId: platform.getString('authorization_server_id'),
      issuer: platform.getString('issuer'),
      scopeNames: platform.getList('scope_names'),
      strategyId: platform.getString('strategy_id'),
    });
    const portal = DevPortal.fromPortalId(this, 'portal', platform.getString('portal_id'), {
      rbacEnabled: false,
    });

    const controlPlane = ControlPlane.fromControlPlaneId(
      this,
      'control-plane',
      platform.getString('control_plane_id'),
    );
    const gatewayService = new GatewayService(this, 'service', {
      controlPlane,
      name: 'orders',
      host: 'orders.internal',
      routes: { orders: { paths: ['/orders'] } },
    });
    const api = new Api(this, 'api', { name: 'Orders', gatewayService });
    oidc.publish('portal', { api, portal, visibility: Visibility.PUBLIC });
    oidc.addClient('web', { label: 'Orders web', redirectUris: ['https://orders.example.com/callback'] });
  }
}
