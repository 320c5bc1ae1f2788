import os

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ClientSecretStorage,
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


stack = TerraformStack(app, "how-to")
ProviderVersions.require(stack)
# Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))

# Prerequisites of the how-to: a gateway service and route, a Dev Portal, an API linked to the service.
control_plane = ControlPlane(stack, "control-plane", name="quickstart")
service = GatewayService(
    stack,
    "example-service",
    control_plane=control_plane,
    host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    path="/anything",
)
service.add_route("example-route", paths=["/anything"])
portal = DevPortal(
    stack,
    "portal",
    name="MyDevPortal",
    auto_approve_developers=True,
    auto_approve_applications=True,
)
api = Api(stack, "api", name="MyAPI", gateway_service=service)

# The how-to: issuer, claim, application, scope, access policy, auth strategy, publication.
oidc = OktaDevPortalOidc(stack, "oidc")
oidc.publish("my-api", api=api, portal=portal)
client = oidc.add_client(
    "dev-portal-app",
    label="Dev Portal app",
    redirect_uris=["https://localhost/callback"],
    secret_storage=ClientSecretStorage.IN_STATE,
)

TerraformOutput(stack, "client_id", value=client.client_id)
TerraformOutput(stack, "client_secret", value=client.client_secret, sensitive=True)

app.synth()
