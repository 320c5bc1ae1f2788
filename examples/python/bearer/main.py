import os

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    AuthMethod,
    ClientSecretStorage,
    ControlPlane,
    DevPortal,
    GatewayService,
    OidcClientType,
    OktaDevPortalOidc,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


stack = TerraformStack(app, "bearer")
# Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))

control_plane = ControlPlane(stack, "control-plane", name="services")
service = GatewayService(
    stack,
    "orders-service",
    control_plane=control_plane,
    host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    path="/anything",
)
service.add_route("orders", paths=["/orders"])
portal = DevPortal(
    stack,
    "portal",
    name="ServicePortal",
    auto_approve_developers=True,
    auto_approve_applications=True,
)
api = Api(stack, "orders", name="Orders", gateway_service=service)

oidc = OktaDevPortalOidc(
    stack,
    "oidc",
    scopes=["orders.read", "orders.write"],
    auth_methods=[AuthMethod.CLIENT_CREDENTIALS, AuthMethod.BEARER],
    # A client that sends a token chose the scopes itself. The gateway requires this one.
    scopes_required=["orders.read"],
    # Audience of the default authorization server.
    audience_required=["api://default"],
)
oidc.publish("orders", api=api, portal=portal)
client = oidc.add_client(
    "billing",
    label="Billing",
    type=OidcClientType.SERVICE,
    secret_storage=ClientSecretStorage.IN_STATE,
)

TerraformOutput(stack, "portal_id", value=portal.portal_id)
TerraformOutput(stack, "api_id", value=api.api_id)
TerraformOutput(stack, "strategy_id", value=oidc.strategy.strategy_id)
TerraformOutput(stack, "issuer", value=oidc.authorization_server.issuer)
TerraformOutput(stack, "client_id", value=client.client_id)
TerraformOutput(stack, "client_secret", value=client.client_secret, sensitive=True)

app.synth()
