/** What a team compiles: the library and five bindings by subpath. */
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { GatewayControlPlane } from '@kong/konnect-cdktf-bindings/lib/gateway-control-plane';
import { PortalCustomDomain } from '@kong/konnect-cdktf-bindings/lib/portal-custom-domain';
import { PortalLogo } from '@kong/konnect-cdktf-bindings/lib/portal-logo';
import { PortalTeam } from '@kong/konnect-cdktf-bindings/lib/portal-team';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import * as oidc from 'okta-dev-portal-oidc';

export default [
  OktaProvider,
  GatewayControlPlane,
  PortalCustomDomain,
  PortalLogo,
  PortalTeam,
  KonnectProvider,
  oidc,
];
