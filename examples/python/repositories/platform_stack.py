from cdktf import LocalBackend, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    AuthorizationServer,
    ControlPlane,
    DevPortal,
    OktaDevPortalOidc,
    ProviderVersions,
)
from constructs import Construct
from konnect_cdktf_bindings.provider import KonnectProvider


class PlatformStack(TerraformStack):
    """The platform's repository. Its outputs are all that teams know of it."""

    def __init__(self, scope: Construct, id: str, *, state_path: str) -> None:
        super().__init__(scope, id)
        LocalBackend(self, path=state_path)
        ProviderVersions.require(self)
        OktaProvider(self, "okta")
        KonnectProvider(self, "konnect")

        control_plane = ControlPlane(self, "control-plane", name="platform")
        portal = DevPortal(self, "portal", name="Company portal")
        oidc = OktaDevPortalOidc(
            self,
            "oidc",
            authorization_server=AuthorizationServer(
                self, "server", name="Company APIs", audiences=["api://company"]
            ),
            scopes=["api.access"],
        )

        outputs = {
            "control_plane_id": control_plane.control_plane_id,
            "portal_id": portal.portal_id,
            "authorization_server_id": oidc.authorization_server.authorization_server_id,
            "issuer": oidc.authorization_server.issuer,
            "scope_names": oidc.scope_names,
            "strategy_id": oidc.strategy.strategy_id,
        }
        for name, value in outputs.items():
            TerraformOutput(self, name, value=value)
