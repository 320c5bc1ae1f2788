import os

from cdktf import App
from platform_stack import PlatformStack
from team_stack import TeamStack

# Each repository has an app with one of the stacks. Here one app has both, to try them together.
app = App()
platform_state_path = os.path.join(os.getcwd(), "terraform.platform.tfstate")
platform = PlatformStack(app, "platform", state_path=platform_state_path)
team = TeamStack(app, "orders-team", platform_state_path=platform_state_path)
team.add_dependency(platform)

app.synth()
