import json

import cdktf
import pytest
from dev_portal_stack import DevPortalStack

# Labels of the clients with ClientSecretStorage.IN_STATE.
SECRETS_IN_STATE: set[str] = set()


@pytest.fixture(scope="module")
def resources() -> dict:
    """The resources of the stack by type. npm run sandbox deploys them."""
    stack = DevPortalStack(cdktf.Testing.app(), "dev-portal")
    return json.loads(cdktf.Testing.synth(stack))["resource"]


def test_every_publication_has_a_strategy(resources: dict) -> None:
    publications = resources["konnect_api_publication"].values()
    assert all(publication["auth_strategy_ids"] for publication in publications)


def test_client_secrets_stay_in_okta(resources: dict) -> None:
    clients = resources["okta_app_oauth"].values()
    in_state = {client["label"] for client in clients if not client.get("omit_secret")}
    assert in_state == SECRETS_IN_STATE
