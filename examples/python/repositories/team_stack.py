from cdktf import DataTerraformRemoteStateLocal, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    OktaDevPortalOidcAttributes,
    ProviderVersions,
    Visibility,
)
from constructs import Construct
from konnect_cdktf_bindings.provider import KonnectProvider


class TeamStack(TerraformStack):
    """A team's repository: an API on the platform's portal, and a client of it."""

    def __init__(self, scope: Construct, id: str, *, platform_state_path: str) -> None:
        super().__init__(scope, id)
        ProviderVersions.require(self)
        OktaProvider(self, "okta")
        KonnectProvider(self, "konnect")

        platform = DataTerraformRemoteStateLocal(self, "platform", path=platform_state_path)
        oidc = OktaDevPortalOidc.from_attributes(
            self,
            "oidc",
            OktaDevPortalOidcAttributes(
                authorization_server_id=platform.get_string("authorization_server_id"),
                issuer=platform.get_string("issuer"),
                scope_names=platform.get_list("scope_names"),
                strategy_id=platform.get_string("strategy_id"),
            ),
        )
        portal = DevPortal.from_portal_id(
            self, "portal", platform.get_string("portal_id"), rbac_enabled=False
        )

        service = GatewayService(
            self,
            "service",
            control_plane=ControlPlane.from_control_plane_id(
                self, "control-plane", platform.get_string("control_plane_id")
            ),
            name="orders",
            host="orders.internal",
        )
        service.add_route("orders", paths=["/orders"])
        api = Api(self, "api", name="Orders", gateway_service=service)
        oidc.publish("portal", api=api, portal=portal, visibility=Visibility.PUBLIC)
        oidc.add_client(
            "web", label="Orders web", redirect_uris=["https://orders.example.com/callback"]
        )
