import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  OktaDevPortalOidc,
  ProviderVersions,
} from 'okta-dev-portal-oidc';

/** Settings that differ between environments. */
export interface PortalStackProps {
  readonly upstreamHost: string;

  /**
   * Appended to every name that Okta and Konnect accept once.
   *
   * @default - none
   */
  readonly suffix?: string;

  /** @default - OKTA_ORG_NAME in the environment of Terraform */
  readonly oktaOrgName?: string;

  /** @default - KONNECT_SERVER_URL in the environment of Terraform */
  readonly konnectServerUrl?: string;
}

/** The Orders API of one environment, with its own authorization server, control plane and portal. */
export class PortalStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: PortalStackProps) {
    super(scope, id);
    ProviderVersions.require(this);
    new OktaProvider(this, 'okta', { orgName: props.oktaOrgName });
    new KonnectProvider(this, 'konnect', { serverUrl: props.konnectServerUrl });

    const named = (name: string) => `${name}${props.suffix ?? ''}`;

    const gatewayService = new GatewayService(this, 'service', {
      controlPlane: new ControlPlane(this, 'control-plane', { name: named('Orders') }),
      name: 'orders',
      host: props.upstreamHost,
      routes: { orders: { paths: ['/orders'] } },
    });
    const api = new Api(this, 'api', { name: named('Orders'), gatewayService });
    const portal = new DevPortal(this, 'portal', { name: named('Orders portal') });

    new OktaDevPortalOidc(this, 'oidc', {
      name: named('Okta OIDC'),
      authorizationServer: new AuthorizationServer(this, 'server', {
        name: named('Orders'),
        audiences: ['api://orders'],
      }),
      clients: { app: { label: named('Orders app'), redirectUris: ['https://localhost/callback'] } },
      publications: { orders: { api, portal } },
    });
  }
}
