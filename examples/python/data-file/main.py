from pathlib import Path

from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import ControlPlane, DevPortal, PortalCatalog, ProviderVersions
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()
stack = TerraformStack(app, "data-file")
ProviderVersions.require(stack)
OktaProvider(stack, "okta")
KonnectProvider(stack, "konnect")

# Portals and control planes are code. APIs, strategies and clients are data.
PortalCatalog(
    stack,
    "catalog",
    file=str(Path(__file__).parents[2] / "data-file" / "catalog.yaml"),
    portals={
        "internal": DevPortal(stack, "internal", name="Internal portal"),
        "partners": DevPortal(stack, "partners", name="Partner portal", rbac_enabled=True),
    },
    control_planes={"main": ControlPlane(stack, "control-plane", name="data-file")},
)

app.synth()
