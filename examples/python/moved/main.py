import os

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    Moves,
    OktaDevPortalOidc,
    ProviderVersions,
)
from constructs import Construct
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


stack = TerraformStack(app, "moved")
ProviderVersions.require(stack)
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))
control_plane = ControlPlane(stack, "control-plane", name="moved")


class DeveloperPlatform(Construct):
    """Was in the stack itself before, as `example-service`, `portal`, `api` and `oidc`."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        service = GatewayService(
            self,
            "orders-service",
            control_plane=control_plane,
            host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
        )
        service.add_route("orders-route", paths=["/orders"])
        portal = DevPortal(self, "portal", name="MovedPortal")
        api = Api(self, "orders", name="Orders", gateway_service=service)
        oidc = OktaDevPortalOidc(
            self,
            "login",
            name="Moved OIDC",
            claim_name="movedClientId",
            scopes=["moved.access"],
        )
        oidc.add_client("app", label="Moved app", redirect_uris=["https://localhost/callback"])
        oidc.publish("orders", api=api, portal=portal)

        # Former paths, oldest first. `oidc` was renamed to `login` before it was nested.
        Moves.from_(service, "example-service")
        Moves.from_(portal, "portal")
        Moves.from_(api, "api")
        Moves.from_(oidc, "oidc", "login")


DeveloperPlatform(stack, "platform")

app.synth()
