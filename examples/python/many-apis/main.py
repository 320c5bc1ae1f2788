from dataclasses import dataclass

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    AuthorizationServer,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    ProviderVersions,
    Visibility,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()
stack = TerraformStack(app, "many-apis")
ProviderVersions.require(stack)
OktaProvider(stack, "okta")
KonnectProvider(stack, "konnect")

control_plane = ControlPlane(stack, "control-plane", name="many-apis")

# With RBAC the default visibility is private.
portal = DevPortal(stack, "portal", name="Company APIs", rbac_enabled=True)

# One strategy for each set of scopes. Both use one authorization server.
server = AuthorizationServer.from_default(stack, "server")
read = OktaDevPortalOidc(
    stack,
    "read",
    authorization_server=server,
    name="Okta OIDC, read",
    scopes=["catalog.read"],
)
write = OktaDevPortalOidc(
    stack,
    "write",
    authorization_server=server,
    name="Okta OIDC, write",
    scopes=["catalog.read", "catalog.write"],
)


@dataclass(frozen=True)
class Published:
    id: str
    oidc: OktaDevPortalOidc
    visibility: Visibility


for each in (
    Published("products", read, Visibility.PUBLIC),
    Published("prices", read, Visibility.PRIVATE),
    Published("orders", write, Visibility.PRIVATE),
):
    service = GatewayService(
        stack, f"{each.id}-service", control_plane=control_plane, host=f"{each.id}.internal"
    )
    service.add_route(each.id, paths=[f"/{each.id}"])
    api = Api(stack, each.id, name=each.id.capitalize(), gateway_service=service)
    each.oidc.publish(each.id, api=api, portal=portal, visibility=each.visibility)

read.add_client("shop", label="Shop", redirect_uris=["https://shop.example.com/callback"])
write.add_client(
    "back-office", label="Back office", redirect_uris=["https://office.example.com/callback"]
)

app.synth()
