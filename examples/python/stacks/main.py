from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    AuthorizationServer,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    OktaDevPortalOidcAttributes,
    ProviderVersions,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def new_stack(name: str) -> TerraformStack:
    stack = TerraformStack(app, name)
    ProviderVersions.require(stack)
    OktaProvider(stack, "okta")
    KonnectProvider(stack, "konnect")
    return stack


# The platform team: authorization server, strategy, portal, control plane.
platform = new_stack("platform")
control_plane = ControlPlane(platform, "control-plane", name="platform")
server = AuthorizationServer(platform, "server", name="Company APIs", audiences=["api://company"])
oidc = OktaDevPortalOidc(platform, "oidc", authorization_server=server)
portal = DevPortal(platform, "portal", name="Company portal")

# API teams: each publishes its API. The publication is in the stack of the API.
for name in ("orders", "stock"):
    stack = new_stack(f"{name}-api")
    service = GatewayService(
        stack, "service", control_plane=control_plane, name=name, host=f"{name}.internal"
    )
    service.add_route(name, paths=[f"/{name}"])
    oidc.publish("portal", api=Api(stack, "api", name=name, gateway_service=service), portal=portal)

# Client teams: each stack has the applications of a team and their access policy.
for name in ("billing", "shipping"):
    stack = new_stack(f"{name}-clients")
    clients = OktaDevPortalOidc.from_attributes(
        stack,
        "oidc",
        OktaDevPortalOidcAttributes(
            authorization_server_id=oidc.authorization_server.authorization_server_id,
            issuer=oidc.authorization_server.issuer,
            scope_names=oidc.scope_names,
            strategy_id=oidc.strategy_id,
        ),
    )
    clients.add_client("web", label=name, redirect_uris=[f"https://{name}.example.com/callback"])

app.synth()
