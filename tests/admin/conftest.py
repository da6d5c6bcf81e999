import pytest
from allauth.mfa.models import Authenticator

from config.kernel import scope
from merchants.accounts.permissions import PlatformRole
from merchants.desk.models import ImportFinding, ImportRun
from merchants.desk.states import FindingKind, ImportStatus
from merchants.marketplace.models import PostcodeArea
from merchants.onboarding.models import Shop
from tests.conftest import person
from tests.factories.accounts import THEN
from tests.factories.activity import make_delivery, make_seal
from tests.factories.desk import make_duty, make_job, make_work_item
from tests.factories.fulfillment import make_order
from tests.factories.money import make_books, make_schedule
from tests.factories.support import make_review


@pytest.fixture
def staff(platform):
    """Make a person of the platform, with the second factor that staff need."""

    def join(*roles, name="pat"):
        user = person(name, platform, *roles)
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "not asked for"})
        return user

    return join


@pytest.fixture
def reviewer(staff):
    """Platform staff who may look and change nothing."""
    return staff(PlatformRole.REVIEWER, name="rene")


@pytest.fixture
def run(platform):
    """An import run with one finding of each kind."""
    with scope.acting_for(platform):
        run = ImportRun.objects.create(
            source="olist", label="slice.zip", status=ImportStatus.COMPLETED, started_by="import:olist",
            started_at=THEN, finished_at=THEN,
        )  # fmt: skip
        for line, kind in enumerate(FindingKind, 2):
            ImportFinding.objects.create(run=run, table="orders", line=line, key=f"key-{line}", kind=kind, code="odd")
    return run


@pytest.fixture
def rows(acme, rival, olive, rita, platform, run):
    """At least one row of everything, of two merchants where it belongs to one."""
    PostcodeArea.objects.create(country="BR", prefix="01001", latitude=-23.5, longitude=-46.6, samples=3, source="test")
    for merchant in (acme, rival):
        with scope.acting_for(merchant):
            Shop.objects.create(name="Shop", country="DE", city="Berlin", opened_at=THEN)
            make_review(make_order(status="delivered"))
            make_job()
            make_work_item()
            make_delivery(gave_up_at=THEN)
            make_books()
    make_schedule({"currency": "EUR", "least_minor": 50})
    make_duty()
    make_seal()
