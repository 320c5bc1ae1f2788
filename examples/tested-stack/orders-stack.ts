import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  ClientSecretStorage,
  DevPortal,
  GatewayService,
  OidcClientType,
  OktaDevPortalOidc,
  PortalApi,
} from 'okta-dev-portal-oidc';

/** What differs from one environment to the other. */
export interface OrdersStackProps {
  readonly upstreamHost: string;

  /** @default - OKTA_ORG_NAME of the environment that Terraform runs in */
  readonly oktaOrgName?: string;

  /** @default - KONNECT_SERVER_URL of the environment that Terraform runs in */
  readonly konnectServerUrl?: string;
}

/** The orders API on a portal of its own, and the client that may call it. */
export class OrdersStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: OrdersStackProps) {
    super(scope, id);
    new OktaProvider(this, 'okta', { orgName: props.oktaOrgName });
    new KonnectProvider(this, 'konnect', { serverUrl: props.konnectServerUrl });

    const controlPlane = new GatewayControlPlane(this, 'control-plane', { name: 'services' });
    const gatewayService = new GatewayService(this, 'orders-service', {
      controlPlaneId: controlPlane.id,
      host: props.upstreamHost,
      routes: { orders: { paths: ['/orders'] } },
    });
    const portal = new DevPortal(this, 'portal', { name: 'OrdersPortal', autoApproveDevelopers: true });
    const api = new PortalApi(this, 'orders', { name: 'Orders', gatewayService });
    const oidc = new OktaDevPortalOidc(this, 'oidc', {
      scopes: ['orders.read'],
      publications: { orders: { api, portal, autoApproveRegistrations: true } },
    });
    const client = oidc.addClient('billing', {
      label: 'Billing',
      type: OidcClientType.SERVICE,
      clientSecret: ClientSecretStorage.IN_STATE,
    });
    new TerraformOutput(this, 'client_id', { value: client.clientId });
  }
}
