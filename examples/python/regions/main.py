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
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()
stack = TerraformStack(app, "regions")
ProviderVersions.require(stack)
OktaProvider(stack, "okta")

# One Okta org for all regions: claim and scope are created once.
server = AuthorizationServer.from_default(stack, "server")

for region in ("eu", "us"):
    provider = KonnectProvider(
        stack,
        f"konnect-{region}",
        alias=region,
        server_url=f"https://{region}.api.konghq.com",
    )
    control_plane = ControlPlane(
        stack, f"control-plane-{region}", provider=provider, name=f"orders-{region}"
    )
    service = GatewayService(
        stack,
        f"service-{region}",
        provider=provider,
        control_plane=control_plane,
        host=f"orders.{region}.internal",
    )
    service.add_route(f"orders-{region}", paths=["/orders"])
    portal = DevPortal(
        stack, f"portal-{region}", provider=provider, name=f"Orders portal {region}"
    )
    api = Api(
        stack,
        f"orders-{region}",
        provider=provider,
        name=f"Orders {region}",
        gateway_service=service,
    )
    oidc = OktaDevPortalOidc(
        stack,
        f"oidc-{region}",
        authorization_server=server,
        konnect_provider=provider,
        name=f"Okta OIDC {region}",
    )
    oidc.add_client(
        "app",
        label=f"Orders app {region}",
        redirect_uris=[f"https://{region}.example.com/callback"],
    )
    oidc.publish("orders", api=api, portal=portal)

app.synth()
