"""A client that knows nothing but Python and the description of the API runs a shop, down to the last cent."""

import ast
import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from config.kernel import clock, invariants, scope
from config.kernel.actors import machine
from fulfillment.models import Order
from merchants.money.services import statements
from tests.api.test_description import DESCRIPTION
from tests.factories.accounts import make_credential
from tests.factories.marketplace import usual_category, usual_channel
from tests.factories.money import make_schedule

CLIENT = Path(__file__).parent / "plain_client.py"
SCOPES = [
    "products:read", "products:write", "prices:write", "stock:read", "stock:write", "orders:read", "orders:write",
    "refunds:write", "money:read",
]  # fmt: skip

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def run(live_server, acme):
    with scope.acting_for(acme):
        usual_category(), usual_channel()
        make_schedule({"rate_ppm": 125_000, "tax_ppm": 60_000})
        _credential, key = make_credential(*SCOPES)

    def client(*arguments: str) -> str:
        act, *rest = arguments
        command = [sys.executable, "-I", CLIENT, act, live_server.url, key, *rest]
        done = subprocess.run(command, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    return client


def test_it_makes_a_product_sells_it_and_explains_each_cent(run, acme):
    order = run("sell")
    with scope.acting_for(acme):
        placed = Order.objects.get(public_id=order)
        assert (placed.status, placed.total_minor, placed.refunded_minor) == ("delivered", 3_999, 2_000)
        today = clock.now().astimezone(acme.zone).date()
        closed = statements.close(
            until=today.replace(day=1), by=machine("system"), now=clock.now() + timedelta(days=40)
        )
    assert len(closed) == 1
    # 12.5 % of the goods of 35.00 and 6 % tax on it; of the refund of 20.00 the goods are 17.50
    told = json.loads(run("settle", order))
    assert told == {
        "moved": 1_767, "file": 1_767, "gross": [3_999, -2_000], "fee": [-438, 219], "net": [3_535, -1_768],
    }  # fmt: skip
    assert not any(invariants.broken().values())


def test_it_uses_nothing_but_python():
    modules = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).partition(".")[0]
        for node in ast.walk(ast.parse(CLIENT.read_text())) if isinstance(node, ast.Import | ast.ImportFrom)
    }  # fmt: skip
    assert modules <= sys.stdlib_module_names


def test_it_asks_for_nothing_that_is_not_described():
    asked = re.findall(r'(get|post|all)\(f?"([^"]+)"', CLIENT.read_text().replace("{path}", "orders/{public_id}/"))
    assert len(asked) > 15
    described = {
        (method, re.sub(r"{[^}]+}", "{}", path.removeprefix("/api/v1/")))
        for path, methods in DESCRIPTION["paths"].items() for method in methods
    }  # fmt: skip
    for verb, path in asked:
        place = re.sub(r"{[^}]+}", "{}", path.partition("?")[0])
        assert ("post" if verb == "post" else "get", place) in described, path
