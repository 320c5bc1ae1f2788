from dataclasses import dataclass

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OidcClientType,
    OktaDevPortalOidc,
    ProviderVersions,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()
stack = TerraformStack(app, "client-teams")
ProviderVersions.require(stack)
OktaProvider(stack, "okta")
KonnectProvider(stack, "konnect")

control_plane = ControlPlane(stack, "control-plane", name="client-teams")
service = GatewayService(stack, "service", control_plane=control_plane, host="orders.internal")
service.add_route("orders", paths=["/orders"])
api = Api(stack, "orders", name="Orders", gateway_service=service)
portal = DevPortal(stack, "portal", name="Orders portal")
oidc = OktaDevPortalOidc(stack, "oidc")
oidc.publish("orders", api=api, portal=portal)


@dataclass(frozen=True)
class Client:
    """A web application has a callback URL. A job is a service application."""

    name: str
    callback: str | None = None


TEAMS = {
    "billing": [Client("web", "https://billing.example.com/callback"), Client("nightly-export")],
    "shipping": [Client("web", "https://shipping.example.com/callback"), Client("labels")],
}

for team, clients in TEAMS.items():
    for each in clients:
        client = oidc.add_client(
            f"{team}-{each.name}",
            label=f"{team} {each.name}",
            type=None if each.callback else OidcClientType.SERVICE,
            redirect_uris=[each.callback] if each.callback else None,
        )
        TerraformOutput(stack, f"{team}-{each.name}-client-id", value=client.client_id)

app.synth()
