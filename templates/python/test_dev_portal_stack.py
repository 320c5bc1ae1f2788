import json

import cdktf
import pytest
from dev_portal_stack import DevPortalStack


@pytest.fixture(scope="module")
def resources() -> dict:
    """The resources of the stack by type. npm run sandbox deploys them."""
    stack = DevPortalStack(cdktf.Testing.app(), "dev-portal")
    return json.loads(cdktf.Testing.synth(stack))["resource"]


def test_every_publication_has_a_strategy(resources: dict) -> None:
    publications = resources["konnect_api_publication"].values()
    assert all(publication["auth_strategy_ids"] for publication in publications)


def test_client_secrets_stay_in_okta(resources: dict) -> None:
    assert all(client["omit_secret"] for client in resources["okta_app_oauth"].values())
