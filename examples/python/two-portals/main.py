from cdktf import App, TerraformStack
from cdktf_cdktf_provider_okta.provider import OktaProvider
from cdktf_okta_dev_portal_oidc import (
    Api,
    ControlPlane,
    DevPortal,
    GatewayService,
    OktaDevPortalOidc,
    ProviderVersions,
    Visibility,
)
from konnect_cdktf_bindings.provider import KonnectProvider

app = App()
stack = TerraformStack(app, "two-portals")
ProviderVersions.require(stack)
OktaProvider(stack, "okta")
KonnectProvider(stack, "konnect")

control_plane = ControlPlane(stack, "control-plane", name="two-portals")
service = GatewayService(stack, "service", control_plane=control_plane, host="orders.internal")
service.add_route("orders", paths=["/orders"])
api = Api(stack, "orders", name="Orders", gateway_service=service)

# Employees are approved automatically. Partners are approved one by one.
employees = DevPortal(
    stack,
    "employees",
    name="Employee portal",
    auto_approve_developers=True,
    auto_approve_applications=True,
)
partners = DevPortal(stack, "partners", name="Partner portal", rbac_enabled=True)

oidc = OktaDevPortalOidc(stack, "oidc")
oidc.add_client("app", label="Orders app", redirect_uris=["https://app.example.com/callback"])
oidc.publish("employees", api=api, portal=employees)
oidc.publish("partners", api=api, portal=partners, visibility=Visibility.PRIVATE)

app.synth()
