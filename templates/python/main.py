from cdktf import App
from dev_portal_stack import DevPortalStack

app = App()
DevPortalStack(app, "dev-portal")
app.synth()
