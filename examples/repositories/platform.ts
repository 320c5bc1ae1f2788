import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

/** The platform's repository. Its outputs are all that teams know of it. */
export class Platform extends TerraformStack {
  public constructor(scope: Construct, id: string, statePath: string) {
    super(scope, id);
    new LocalBackend(this, { path: statePath });
    ProviderVersions.require(this);
    new OktaProvider(this, 'okta', {});
    new KonnectProvider(this, 'konnect', {});

    const controlPlane = new ControlPlane(this, 'control-plane', { name: 'platform' });
    const portal = new DevPortal(this, 'portal', { name: 'Company portal' });
    const oidc = new OktaDevPortalOidc(this, 'oidc', {
      authorizationServer: new AuthorizationServer(this, 'server', {
        name: 'Company APIs',
        audiences: ['api://company'],
      }),
      scopes: ['api.access'],
    });

    const outputs = {
      control_plane_id: controlPlane.controlPlaneId,
      portal_id: portal.portalId,
      authorization_server_id: oidc.authorizationServer.authorizationServerId,
      issuer: oidc.authorizationServer.issuer,
      scope_names: oidc.scopeNames,
      strategy_id: oidc.strategy.strategyId,
    };
    for (const [name, value] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value });
    }
  }
}
