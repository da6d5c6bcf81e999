"""The client in the guide to the API is run as it stands there, against a server."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.models import Product, Variant
from catalog.states import ListingStatus
from config.kernel import scope
from merchants.accounts.models import Credential
from merchants.activity.models import DomainEvent
from pricing.models import Price
from tests.factories.accounts import make_credential
from tests.factories.marketplace import usual_category, usual_channel
from tests.factories.money import make_schedule

GUIDE = Path(__file__).parents[2] / "docs" / "guides" / "api.md"
CLIENT = re.search(r"```python\n(.*?)```", GUIDE.read_text(), re.S)[1]
WALK = re.search(r"```bash\n(.*?)```", GUIDE.read_text(), re.S)[1]
WALKING = re.findall(r"`([a-z]+:(?:read|write))`", GUIDE.read_text().partition("```bash")[0].rpartition("## ")[2])
SCOPES = re.findall(r"`([a-z]+:(?:read|write))`", GUIDE.read_text().partition("```python")[0])

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def run(live_server, acme):
    def client(*scopes: str, code: str = CLIENT) -> subprocess.CompletedProcess:
        with scope.acting_for(acme):
            usual_category(), usual_channel()
            _credential, key = make_credential(*scopes)
        environment = {"ADDRESS": live_server.url, "KEY": key, "PATH": os.environ["PATH"]}
        return subprocess.run([sys.executable, "-I", "-c", code], env=environment, capture_output=True, text=True)

    return client


def test_the_client_of_the_guide_runs_a_shop(run, acme):
    done = run(*SCOPES)
    assert (done.returncode, done.stderr) == (0, "")
    results, product, left = done.stdout.splitlines()
    assert results == "[201, 404]"
    assert product == "TENT-2 ready Tent for two people ['TENT-2-GREEN']"
    assert left.endswith(" calls left")
    with scope.acting_for(acme):
        assert Product.objects.get().title == "Tent for two people"
        assert Variant.objects.get().listings.get().status == ListingStatus.LIVE
        assert [price.amount_minor for price in Price.objects.order_by("pk")] == [1990, 1750]
        assert {event.actor for event in DomainEvent.objects.all()} == {Credential.objects.get().label}


def test_the_client_tells_what_was_refused(run):
    done = run("orders:read")
    assert done.returncode == 1
    assert done.stderr.startswith("missing_scope: ")


@pytest.mark.skipif(shutil.which("curl") is None, reason="the walk is one by curl")
def test_the_walk_by_curl_sells_down_to_what_is_owed(live_server, acme, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with scope.acting_for(acme):
        usual_category(), usual_channel()
        make_schedule({"rate_ppm": 100_000})
        _credential, key = make_credential(*WALKING)
    environment = {"ADDRESS": live_server.url, "KEY": key, "PATH": os.environ["PATH"]}
    script = f"set -euo pipefail\n{WALK}"
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.splitlines() == [
        "draft", "5", "{'amount': '44.00', 'currency': 'EUR'}", "1", "0034-2", "delivered",
        "{'amount': '20.00', 'currency': 'EUR'}", "{'amount': '-20.00', 'currency': 'EUR'}", "1", "running",
    ]  # fmt: skip
