import os

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Adoption,
    Api,
    ClientAccessPolicyOptions,
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


stack = TerraformStack(app, "adopted")
ProviderVersions.require(stack)
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))

# Names and settings are those chosen in the consoles.
control_plane = ControlPlane(stack, "quickstart", name="quickstart")
service = GatewayService(
    stack,
    "example-service",
    control_plane=control_plane,
    service_id="0f1e2d3c-4b5a-4968-8776-655443322110",
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

# The file that `okta-dev-portal-oidc adopt` writes for this stack. Remove it and `adopt` after the deployment.
file = setting("ADOPTION_FILE") or "adoption.json"
oidc = OktaDevPortalOidc(
    stack,
    "oidc",
    adopt=Adoption.from_file(file) if os.path.exists(file) else None,
    access_policy=ClientAccessPolicyOptions(name="Clients", description="Clients", groups=["EVERYONE"]),
)
oidc.add_client("app", label="Dev Portal app", redirect_uris=["https://localhost/callback"])
oidc.publish("my-api", api=api, portal=portal)

app.synth()
