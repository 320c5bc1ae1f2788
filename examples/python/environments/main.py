from cdktf import App
from portal_stack import PortalStack

app = App()
PortalStack(app, "staging", suffix=" (staging)", upstream_host="orders.staging.internal")
PortalStack(app, "production", upstream_host="orders.internal")
app.synth()
