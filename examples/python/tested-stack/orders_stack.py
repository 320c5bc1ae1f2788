from cdktf import TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ClientSecretStorage,
    ControlPlane,
    DevPortal,
    GatewayService,
    OidcClientType,
    OktaDevPortalOidc,
)
from constructs import Construct
from konnect_cdktf_bindings.provider import KonnectProvider


class OrdersStack(TerraformStack):
    """The Orders API, its portal and one client."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        upstream_host: str,
        okta_org_name: str | None = None,
        konnect_server_url: str | None = None,
    ) -> None:
        super().__init__(scope, id)
        OktaProvider(self, "okta", org_name=okta_org_name)
        KonnectProvider(self, "konnect", server_url=konnect_server_url)

        control_plane = ControlPlane(self, "control-plane", name="services")
        service = GatewayService(
            self, "orders-service", control_plane=control_plane, host=upstream_host
        )
        service.add_route("orders", paths=["/orders"])
        portal = DevPortal(self, "portal", name="OrdersPortal", auto_approve_developers=True)
        api = Api(self, "orders", name="Orders", gateway_service=service)
        oidc = OktaDevPortalOidc(self, "oidc", scopes=["orders.read"])
        oidc.publish("orders", api=api, portal=portal, auto_approve_registrations=True)
        client = oidc.add_client(
            "billing",
            label="Billing",
            type=OidcClientType.SERVICE,
            secret_storage=ClientSecretStorage.IN_STATE,
        )
        TerraformOutput(self, "client_id", value=client.client_id)
