import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformStack, Testing } from 'cdktf';
import {
  Api,
  AuthorizationServer,
  ControlPlane,
  DevPortal,
  GatewayService,
  KonnectRegion,
  MatchPolicy,
  OktaDevPortalOidc,
  PortalDeveloper,
  ProviderVersions,
  type ProviderVersionsProps,
} from '../../lib';

/** A stack with every resource type that the library has for a minor version of konnect. */
export function stackFor(versions: ProviderVersionsProps, konnectMinor: number): TerraformStack {
  const stack = new TerraformStack(Testing.app(), 'stack');
  ProviderVersions.require(stack, versions);
  new OktaProvider(stack, 'okta', {});
  new KonnectProvider(stack, 'konnect', {});
  const controlPlane = new ControlPlane(stack, 'control-plane', { name: 'quickstart' });
  const gatewayService = new GatewayService(stack, 'service', {
    controlPlane,
    host: 'httpbin.konghq.com',
    routes: { 'example-route': { paths: ['/anything'] } },
  });
  const shop = new ControlPlane(stack, 'shop', { name: 'shop' });
  shop.enforceAccess({ matchPolicy: MatchPolicy.REQUIRED });
  new Api(stack, 'shop-api', {
    name: 'Shop',
    version: '1.0',
    specification: 'openapi: 3.1.0',
    controlPlane: shop,
  });
  const portal = new DevPortal(stack, 'portal', { name: 'MyDevPortal', rbacEnabled: true });
  const api = new Api(stack, 'api', { name: 'MyAPI', gatewayService });
  const oidc = new OktaDevPortalOidc(stack, 'oidc', {
    authorizationServer: new AuthorizationServer(stack, 'server', {
      name: 'partners',
      audiences: ['https://api.example.com'],
    }),
    publications: { 'my-api': { api, portal } },
  });
  const client = oidc.addClient('app', { label: 'App', redirectUris: ['https://localhost/callback'] });
  const team = portal.addTeam('partners', { name: 'Partners', region: KonnectRegion.EU });
  if (konnectMinor >= 20) {
    api.grantConsumer(team);
  }
  if (konnectMinor >= 21) {
    const developer = new PortalDeveloper(stack, 'developer', {
      portal,
      email: 'developer@example.com',
      fullName: 'Developer',
    });
    oidc.registerClient('my-app', { client, developer });
    if (konnectMinor >= 24) {
      team.addDeveloper('member', { developer });
    }
  }
  return stack;
}
