import os

from cdktf import App, TerraformStack
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OidcPublications,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


stack = TerraformStack(app, "other-issuer")
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))

control_plane = ControlPlane(stack, "control-plane", name="other-issuer")
service = GatewayService(
    stack,
    "service",
    control_plane=control_plane,
    host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    path="/anything",
)
service.add_route("orders", paths=["/orders"])
api = Api(stack, "orders", name="Orders", gateway_service=service)
portal = DevPortal(
    stack,
    "portal",
    name="Keycloak portal",
    auto_approve_developers=True,
    auto_approve_applications=True,
)

oidc = OidcPublications(
    stack,
    "oidc",
    name="Keycloak",
    issuer=setting("OIDC_ISSUER") or "https://keycloak.example.com/realms/apis",
    # Keycloak puts the client id into `azp`.
    credential_claim=["azp"],
    scopes=["api.access"],
)
oidc.publish("orders", api=api, portal=portal)

app.synth()
