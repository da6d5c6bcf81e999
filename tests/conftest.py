"""The cast and the tools of all tests: acme (Olive, Sam) and its rival (Rita), and the platform with its admin."""

import json
import threading
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.kernel import clock, scope
from merchants.accounts.models import Merchant
from merchants.accounts.permissions import PlatformRole, Role
from tests.factories.accounts import make_credential, make_member, make_merchant, make_platform, make_user


@pytest.fixture
def now():
    """A Monday morning, an hour after what the factories make; the clock that pages read is later."""
    return datetime(2025, 3, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def acme(db):
    return make_merchant(slug="acme", name="Acme", currency="EUR", timezone="Europe/Berlin")


@pytest.fixture
def rival(db):
    return make_merchant(slug="rival", name="Rival", currency="EUR", timezone="Asia/Shanghai")


@pytest.fixture
def platform(db):
    """The operator's own row."""
    return make_platform()


def person(name: str, merchant: Merchant, *roles: str):
    """A person with roles at a merchant; the name is the beginning of the address too."""
    user = make_user(name=name.title(), email=f"{name}@{merchant.slug}.example")
    with scope.acting_for(merchant):
        make_member(user, *roles)
    return user


@pytest.fixture
def olive(acme):
    return person("olive", acme, Role.OWNER)


@pytest.fixture
def sam(acme):
    return person("sam", acme, Role.FULFILLMENT)


@pytest.fixture
def rita(rival):
    return person("rita", rival, Role.OWNER)


@pytest.fixture
def admin_user(platform):
    """A superadmin of the platform, with the second factor that staff need."""
    user = person("admin", platform, PlatformRole.SUPERADMIN)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not asked for by the tests"})
    return user


@pytest.fixture
def acting(acme):
    """Inside the scope of acme."""
    with scope.acting_for(acme):
        yield acme


class ScopelessClient(Client):
    """Drops the scope of the test for each request, so that a test cannot lend its own to the page it calls."""

    def request(self, **request):
        with scope.acting_for_nobody():
            return super().request(**request)


@pytest.fixture
def client():
    """Nobody's client."""
    return ScopelessClient()


@pytest.fixture
def client_for(db):
    """Sign a person in."""

    def signed_in(user, **options) -> Client:
        browser = ScopelessClient(**options)
        browser.force_login(user)
        return browser

    return signed_in


class System:
    """Somebody's system with a key of its own: JSON in and out, no cookies."""

    def __init__(self, key: str):
        self.browser, self.key = ScopelessClient(), key

    def ask(self, method: str, path: str, body=None, **headers):
        """`path` is below `/api/v1/`; `body` is sent as JSON unless it is bytes, whose `Content_Type` may be named."""
        sent = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = headers.pop("Content_Type", "application/json")
        headers = {"Authorization": f"Bearer {self.key}"} | {name.replace("_", "-"): headers[name] for name in headers}
        named = {"content_type": kind, "headers": headers}
        return self.browser.generic(method, f"/api/v1/{path}", sent, **named)

    def get(self, path: str, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path: str, body=None, **headers):
        return self.ask("POST", path, body, **headers)

    def patch(self, path: str, body=None, **headers):
        return self.ask("PATCH", path, body, **headers)


@pytest.fixture
def system_of(db):
    """A system with a key of a merchant's, which has these scopes or all there are. It was used a moment ago."""

    def keyed(merchant, *scopes: str, **overrides) -> System:
        with scope.acting_for(merchant):
            _credential, key = make_credential(*scopes, **{"used_at": clock.now()} | overrides)
        return System(key)

    return keyed


@pytest.fixture
def system(system_of, acme):
    """Acme's own, which may do everything that keys may."""
    return system_of(acme)


@pytest.fixture(autouse=True)
def fresh_limits():
    """Keys are counted anew in each test: databases start again with the same numbers."""
    cache.clear()


@pytest.fixture
def flat_queries():
    """Assert that an act costs the same however many rows it meets."""

    def cost(act) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    def check(add_row, act) -> None:
        add_row()
        act()  # what is read once per process is read now
        few = cost(act)
        for _ in range(5):
            add_row()
        many = cost(act)
        assert many == few, f"{few} queries for one row, {many} for six"

    return check


@pytest.fixture
def owner(db):
    """The tables' owner, for what an administrator of the database could do. Needs `databases=["default", "owner"]`."""
    with connections["owner"].cursor() as cursor:
        yield cursor.execute


@pytest.fixture
def in_thread():
    """Run something as another process would: own connection, own scope. Returns the way to wait for it, which
    raises what went wrong there.
    """

    def start(act):
        faults = []

        def run():
            try:
                act()
            except BaseException as fault:
                faults.append(fault)
            finally:
                connections.close_all()

        thread = threading.Thread(target=run)
        thread.start()

        def wait():
            thread.join()
            for fault in faults:
                raise fault

        return wait

    return start
