import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  Api,
  ClientSecretStorage,
  ControlPlane,
  DevPortal,
  GatewayService,
  OidcClientType,
  OktaDevPortalOidc,
} from 'okta-dev-portal-oidc';

/** Settings that differ between environments. */
export interface OrdersStackProps {
  readonly upstreamHost: string;

  /** @default - OKTA_ORG_NAME in the environment of Terraform */
  readonly oktaOrgName?: string;

  /** @default - KONNECT_SERVER_URL in the environment of Terraform */
  readonly konnectServerUrl?: string;
}

/** The Orders API, its portal and one client. */
export class OrdersStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: OrdersStackProps) {
    super(scope, id);
    new OktaProvider(this, 'okta', { orgName: props.oktaOrgName });
    new KonnectProvider(this, 'konnect', { serverUrl: props.konnectServerUrl });

    const controlPlane = new ControlPlane(this, 'control-plane', { name: 'services' });
    const gatewayService = new GatewayService(this, 'orders-service', {
      controlPlane,
      host: props.upstreamHost,
      routes: { orders: { paths: ['/orders'] } },
    });
    const portal = new DevPortal(this, 'portal', { name: 'OrdersPortal', autoApproveDevelopers: true });
    const api = new Api(this, 'orders', { name: 'Orders', gatewayService });
    const oidc = new OktaDevPortalOidc(this, 'oidc', {
      scopes: ['orders.read'],
      publications: { orders: { api, portal, autoApproveRegistrations: true } },
    });
    const client = oidc.addClient('billing', {
      label: 'Billing',
      type: OidcClientType.SERVICE,
      secretStorage: ClientSecretStorage.IN_STATE,
    });
    new TerraformOutput(this, 'client_id', { value: client.clientId });
  }
}
