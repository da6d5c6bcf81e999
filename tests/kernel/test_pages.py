import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from config.kernel.errors import DomainError
from config.kernel.headers import Refusals
from config.kernel.pages import FormPage, Page
from merchants.onboarding.models import Shop
from tests.factories.accounts import THEN


@pytest.mark.parametrize("needs", [{}, {"needs": ""}, {"needs": None}])
@pytest.mark.parametrize("base", [Page, FormPage])
def test_a_page_without_a_permission_cannot_be_written(needs, base):
    with pytest.raises(ImproperlyConfigured, match="Nameless does not say which permission it needs"):
        type("Nameless", (base,), needs)
    type("Named", (base,), {"needs": "catalog.edit"})


def add_shop():
    Shop.objects.create(name=str(Shop.objects.count()), country="DE", opened_at=THEN)


def test_flat_queries_passes_a_join(acting, flat_queries):
    flat_queries(add_shop, lambda: [shop.merchant.name for shop in Shop.objects.select_related("merchant")])


def test_flat_queries_bites(acting, flat_queries):
    with pytest.raises(AssertionError, match="2 queries for one row, 7 for six"):
        flat_queries(add_shop, lambda: [shop.merchant.name for shop in Shop.objects.all()])


class Full(DomainError):
    code, status = "full", 507


def refuse(request):
    raise Full("The disk is full.")


def fail(request):
    raise ZeroDivisionError


LOADERS = [("django.template.loaders.locmem.Loader", {"refusal.html": "{{ refusal.message }} {{ refusal.code }}"})]
urlpatterns = [path("refuse/", refuse), path("fail/", fail)]


def test_a_refusal_that_nobody_caught_is_a_page_with_its_words_and_status(client, settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["config.kernel.headers.Refusals"]
    settings.TEMPLATES = [
        {"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": LOADERS}}
    ]
    response = client.get("/refuse/")
    assert (response.status_code, response.content) == (507, b"The disk is full. full")


def test_a_bug_is_not_a_refusal(client, settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = ["config.kernel.headers.Refusals"]
    client.raise_request_exception = False
    assert client.get("/fail/").status_code == 500
    assert Refusals(None).process_exception(None, ZeroDivisionError()) is None
