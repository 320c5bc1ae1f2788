import json

import cdktf
import pytest
from orders_stack import OrdersStack


@pytest.fixture(scope="module")
def synthesized() -> dict:
    """The Terraform JSON of the stack. The test kit deploys what cdktf synth wrote."""
    stack = OrdersStack(cdktf.Testing.app(), "orders", upstream_host="upstream.internal")
    return json.loads(cdktf.Testing.synth(stack))


def test_every_publication_has_a_strategy(synthesized: dict) -> None:
    publications = synthesized["resource"]["konnect_api_publication"].values()
    assert [len(publication["auth_strategy_ids"]) for publication in publications] == [1]


def test_outputs_contain_no_secret(synthesized: dict) -> None:
    assert list(synthesized["output"]) == ["client_id"]
