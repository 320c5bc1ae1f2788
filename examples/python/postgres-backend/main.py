import os

from cdktf import App, PgBackend, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    ProviderVersions,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


stack = TerraformStack(app, "postgres-backend")
ProviderVersions.require(stack)
# Terraform reads the connection from PG_CONN_STR at run time, so the JSON contains no password.
PgBackend(stack, conn_str="", schema_name="dev_portal")
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))

control_plane = ControlPlane(stack, "control-plane", name="shared")
service = GatewayService(
    stack,
    "shared-service",
    control_plane=control_plane,
    host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    path="/anything",
)
service.add_route("shared-route", paths=["/shared"])
portal = DevPortal(stack, "portal", name="SharedPortal")
api = Api(stack, "api", name="SharedAPI", gateway_service=service)
oidc = OktaDevPortalOidc(
    stack, "oidc", name="Shared OIDC", claim_name="sharedClientId", scopes=["shared.access"]
)
oidc.add_client("app", label="Shared app", redirect_uris=["https://localhost/callback"])
oidc.publish("shared-api", api=api, portal=portal)

app.synth()
