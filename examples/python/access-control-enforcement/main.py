import os
from pathlib import Path

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ClientSecretStorage,
    ControlPlane,
    DevPortal,
    GatewayService,
    MatchPolicy,
    OktaDevPortalOidc,
    ProviderVersions,
)
from konnect_cdktf_bindings.provider import KonnectProvider

SPECIFICATION = Path(__file__).parents[2] / "access-control-enforcement" / "shop.openapi.yaml"

app = App()
stack = TerraformStack(app, "access-control-enforcement")
ProviderVersions.require(stack)
OktaProvider(stack, "okta")
KonnectProvider(stack, "konnect")

control_plane = ControlPlane(stack, "control-plane", name="shop")
# The only traffic of this control plane is that of published APIs, so everything else gets 404.
control_plane.enforce_access(match_policy=MatchPolicy.REQUIRED)

# The routes of one API may lead to several services.
host = os.environ.get("UPSTREAM_HOST", "httpbin.konghq.com")
orders = GatewayService(
    stack, "orders-service", control_plane=control_plane, host=host, path="/anything/orders"
)
orders.add_route("orders", paths=["/orders"])
invoices = GatewayService(
    stack, "invoices-service", control_plane=control_plane, host=host, path="/anything/invoices"
)
invoices.add_route("invoices", paths=["/invoices"])

portal = DevPortal(
    stack,
    "portal",
    name="ShopPortal",
    auto_approve_developers=True,
    auto_approve_applications=True,
)
# The operations of the specification are what clients may call.
api = Api(
    stack,
    "shop",
    name="Shop",
    version="1.0",
    specification=SPECIFICATION.read_text(encoding="utf-8"),
    control_plane=control_plane,
)

oidc = OktaDevPortalOidc(stack, "oidc")
oidc.publish("shop", api=api, portal=portal)
client = oidc.add_client(
    "app",
    label="Shop app",
    redirect_uris=["https://localhost/callback"],
    secret_storage=ClientSecretStorage.IN_STATE,
)

TerraformOutput(stack, "client_id", value=client.client_id)
TerraformOutput(stack, "client_secret", value=client.client_secret, sensitive=True)

app.synth()
