import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  type ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  OidcClientType,
  OktaDevPortalOidc,
} from '../../../lib';

/** Two published APIs and a client, with the defaults of the library. */
export class Platform extends TerraformStack {
  public readonly oidc: OktaDevPortalOidc;
  public readonly controlPlane: ControlPlane;
  public readonly portal: DevPortal;

  public constructor(id = 'platform', displayName = 'Okta OIDC') {
    super(Testing.app(), id);
    new OktaProvider(this, 'okta', {});
    new KonnectProvider(this, 'konnect', {});
    this.controlPlane = new ControlPlane(this, 'control-plane', { name: id });
    this.portal = new DevPortal(this, 'portal', { name: 'Portal' });
    this.oidc = new OktaDevPortalOidc(this, 'oidc', { displayName });
    for (const name of ['orders', 'stock']) {
      this.oidc.publish(name, { api: this.api(name), portal: this.portal });
    }
    this.addClient('billing');
  }

  public api(name: string): Api {
    const gatewayService = new GatewayService(this, `${name}-service`, {
      controlPlane: this.controlPlane,
      host: 'upstream.internal',
      routes: { [name]: { paths: [`/${name}`] } },
    });
    return new Api(this, name, { name, gatewayService });
  }

  public addClient(label: string, secretStorage?: ClientSecretStorage): void {
    this.oidc.addClient(label, { label, type: OidcClientType.SERVICE, secretStorage });
  }
}
