import os

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ClientSecretStorage,
    ControlPlane,
    DevPortal,
    GatewayService,
    KonnectRegion,
    OktaDevPortalOidc,
    ProviderVersions,
    Visibility,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


stack = TerraformStack(app, "private-api")
ProviderVersions.require(stack, konnect="~> 3.20")  # 3.20 adds roles of portal teams
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
server_url = setting("KONNECT_SERVER_URL")
KonnectProvider(stack, "konnect", server_url=server_url)

control_plane = ControlPlane(stack, "control-plane", name="partners")
service = GatewayService(
    stack,
    "orders-service",
    control_plane=control_plane,
    host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    path="/anything",
)
service.add_route("orders", paths=["/orders"])

# With RBAC the roles of a team decide which private APIs its developers see.
portal = DevPortal(
    stack,
    "portal",
    name="PartnerPortal",
    rbac_enabled=True,
    auto_approve_developers=True,
    auto_approve_applications=True,
)
api = Api(stack, "orders", name="Orders", gateway_service=service)

oidc = OktaDevPortalOidc(stack, "oidc")
oidc.publish("orders", api=api, portal=portal, visibility=Visibility.PRIVATE)
client = oidc.add_client(
    "partner-app",
    label="Partner app",
    redirect_uris=["https://localhost/callback"],
    secret_storage=ClientSecretStorage.IN_STATE,
)

# A role names the region of its API. The default is the region of server_url.
region = setting("KONNECT_REGION") or (None if server_url else "us")
partners = portal.add_team(
    "partners",
    name="Partners",
    description="Developers who may use the Orders API",
    region=KonnectRegion.custom(region) if region else None,
)
api.grant_consumer(partners)

TerraformOutput(stack, "portal_id", value=portal.portal_id)
TerraformOutput(stack, "portal_domain", value=portal.domain)
TerraformOutput(stack, "team_id", value=partners.team_id)
TerraformOutput(stack, "client_id", value=client.client_id)
TerraformOutput(stack, "client_secret", value=client.client_secret, sensitive=True)

app.synth()
