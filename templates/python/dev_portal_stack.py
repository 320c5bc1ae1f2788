from cdktf import TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    ProviderVersions,
)
from constructs import Construct
from konnect_cdktf_bindings.provider import KonnectProvider


class DevPortalStack(TerraformStack):
    """An API on a Dev Portal, opened by credentials from Okta."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        ProviderVersions.require(self)
        # The providers read their settings from the environment: see README.md.
        OktaProvider(self, "okta")
        KonnectProvider(self, "konnect")

        control_plane = ControlPlane(self, "control-plane", name="quickstart")
        service = GatewayService(
            self, "service", control_plane=control_plane, host="httpbin.konghq.com", path="/anything"
        )
        service.add_route("example-route", paths=["/anything"])
        portal = DevPortal(
            self,
            "portal",
            name="MyDevPortal",
            auto_approve_developers=True,
            auto_approve_applications=True,
        )
        api = Api(self, "api", name="MyAPI", gateway_service=service)

        oidc = OktaDevPortalOidc(self, "oidc")
        oidc.add_client(
            "portal-app", label="Dev Portal app", redirect_uris=["https://localhost/callback"]
        )
        oidc.publish("my-api", api=api, portal=portal)
