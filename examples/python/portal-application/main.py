from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ClientSecretStorage,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    PortalDeveloper,
    ProviderVersions,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()
stack = TerraformStack(app, "portal-application")
# konnect 3.21 adds resources for developers, applications and registrations.
ProviderVersions.require(stack, konnect=">= 3.21.0, < 4.0.0")
OktaProvider(stack, "okta")
KonnectProvider(stack, "konnect")

# Prerequisites of the how-to.
control_plane = ControlPlane(stack, "control-plane", name="quickstart")
service = GatewayService(
    stack, "service", control_plane=control_plane, host="httpbin.konghq.com", path="/anything"
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

# The how-to.
oidc = OktaDevPortalOidc(stack, "oidc")
oidc.publish("my-api", api=api, portal=portal)
client = oidc.add_client(
    "app",
    label="Dev Portal app",
    redirect_uris=["https://localhost/callback"],
    secret_storage=ClientSecretStorage.IN_STATE,
)

# Its last step: a developer and an application registered for every API published above.
developer = PortalDeveloper(
    stack, "developer", portal=portal, email="developer@example.com", full_name="Developer"
)
oidc.register_client("my-app", client=client, developer=developer)

TerraformOutput(stack, "client_id", value=client.client_id)
TerraformOutput(stack, "client_secret", value=client.client_secret, sensitive=True)

app.synth()
