import os

from cdktf import App
from orders_stack import OrdersStack

app = App()


def setting(name: str) -> str | None:
    """A setting from the environment or the context of cdktf.json. Synthesis needs none."""
    return os.environ.get(name, app.node.try_get_context(name))


OrdersStack(
    app,
    "orders",
    upstream_host=setting("UPSTREAM_HOST") or "httpbin.konghq.com",
    okta_org_name=setting("OKTA_ORG_NAME"),
    konnect_server_url=setting("KONNECT_SERVER_URL"),
)
app.synth()
