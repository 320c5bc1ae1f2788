import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Api,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

/** An API on a Dev Portal, opened by credentials from Okta. */
export class DevPortalStack extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    ProviderVersions.require(this);
    // The providers read their settings from the environment: see README.md.
    new OktaProvider(this, 'okta', {});
    new KonnectProvider(this, 'konnect', {});

    const controlPlane = new ControlPlane(this, 'control-plane', { name: 'quickstart' });
    const gatewayService = new GatewayService(this, 'service', {
      controlPlane,
      host: 'httpbin.konghq.com',
      path: '/anything',
      routes: { 'example-route': { paths: ['/anything'] } },
    });
    const portal = new DevPortal(this, 'portal', {
      name: 'MyDevPortal',
      autoApproveDevelopers: true,
      autoApproveApplications: true,
    });
    const api = new Api(this, 'api', { name: 'MyAPI', gatewayService });

    const oidc = new OktaDevPortalOidc(this, 'oidc');
    oidc.addClient('portal-app', { label: 'Dev Portal app', redirectUris: ['https://localhost/callback'] });
    oidc.publish('my-api', { api, portal });
  }
}
