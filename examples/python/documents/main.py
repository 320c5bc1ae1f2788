import os
from pathlib import Path

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


def read(name: str) -> str:
    return (Path(__file__).parents[2] / "documents" / name).read_text(encoding="utf-8")


stack = TerraformStack(app, "documents")
# Both providers read their tokens, OKTA_API_TOKEN and KONNECT_TOKEN, from the environment of Terraform.
OktaProvider(stack, "okta", org_name=setting("OKTA_ORG_NAME"), base_url=setting("OKTA_BASE_URL"))
KonnectProvider(stack, "konnect", server_url=setting("KONNECT_SERVER_URL"))

service = GatewayService(
    stack,
    "orders-service",
    control_plane=ControlPlane(stack, "control-plane", name="orders"),
    host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    path="/anything",
)
service.add_route("orders", paths=["/orders"])
api = Api(
    stack,
    "orders",
    name="Orders",
    version="2.0",
    specification=read("v2.openapi.yaml"),
    gateway_service=service,
)
api.add_version("v1", version="1.0", specification=read("v1.openapi.yaml"))

api.add_document(
    "start",
    slug="start",
    title="Start",
    content=(
        "1. Create an application with your client id.\n"
        "2. Register it for Orders.\n"
        "3. Call `GET /orders`."
    ),
)
guides = api.add_document(
    "guides",
    slug="guides",
    title="Guides",
    content="How to handle errors, and how to read many orders.",
)
guides.add_document(
    "errors",
    slug="errors",
    title="Errors",
    content="`401`: wrong client id or secret.\n\n`403`: the client is not registered for Orders.",
)
guides.add_document(
    "paging",
    slug="paging",
    title="Paging",
    content="A list has at most 100 orders.",
    # Only administrators see it until it is finished.
    published=False,
)

oidc = OktaDevPortalOidc(stack, "oidc")
# An API that somebody publishes in the UI of Konnect has this strategy too.
portal = DevPortal(stack, "portal", name="OrdersPortal", default_strategy=oidc.strategy)
oidc.publish("orders", api=api, portal=portal)

app.synth()
