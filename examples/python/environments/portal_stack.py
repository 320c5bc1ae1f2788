from cdktf import TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    AuthorizationServer,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    ProviderVersions,
)
from constructs import Construct
from konnect_cdktf_bindings.provider import KonnectProvider


class PortalStack(TerraformStack):
    """The Orders API of one environment, with its own authorization server, control plane and portal.

    The suffix is appended to every name that Okta and Konnect accept once.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        upstream_host: str,
        suffix: str = "",
        okta_org_name: str | None = None,
        konnect_server_url: str | None = None,
    ) -> None:
        super().__init__(scope, id)
        ProviderVersions.require(self)
        OktaProvider(self, "okta", org_name=okta_org_name)
        KonnectProvider(self, "konnect", server_url=konnect_server_url)

        service = GatewayService(
            self,
            "service",
            control_plane=ControlPlane(self, "control-plane", name=f"Orders{suffix}"),
            name="orders",
            host=upstream_host,
        )
        service.add_route("orders", paths=["/orders"])
        api = Api(self, "api", name=f"Orders{suffix}", gateway_service=service)
        portal = DevPortal(self, "portal", name=f"Orders portal{suffix}")

        oidc = OktaDevPortalOidc(
            self,
            "oidc",
            name=f"Okta OIDC{suffix}",
            authorization_server=AuthorizationServer(
                self, "server", name=f"Orders{suffix}", audiences=["api://orders"]
            ),
        )
        oidc.add_client(
            "app", label=f"Orders app{suffix}", redirect_uris=["https://localhost/callback"]
        )
        oidc.publish("orders", api=api, portal=portal)
