"""What says something about a person is labelled, and stays out of facts."""

import re
from dataclasses import dataclass, fields

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from config.kernel.events import Event
from config.kernel.personal import EncryptedField, personal
from config.ownership import NOT_PERSONAL
from tests.architecture.test_ownership import MODELS, OUR_LABELS

KINDS = {"identity", "contact", "location", "opinion"}
SUSPICIOUS = re.compile(
    r"(^|_)(name|surname|recipient|phone|mobile|email|mail|street|city|region|province|district|postcode|zip|address|"
    r"birth|birthday|age|gender|ip|user_agent|note|notes|comment|text|title|message|subject|body|latitude|longitude|"
    r"passport|identity|tax_number|iban|account_number|signature|answer|wechat|nickname|avatar)(_|$)"
)
COULD_TELL = (models.CharField, models.TextField, models.DateField, models.GenericIPAddressField, models.JSONField)


def unlabelled(known):
    for model in known:
        if model._meta.app_label not in OUR_LABELS:
            continue
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            if getattr(field, "pii", None) or isinstance(field, models.DateTimeField):
                continue
            tells = isinstance(field, COULD_TELL) and SUSPICIOUS.search(field.name) and not field.choices
            if isinstance(field, EncryptedField) or (tells and name not in NOT_PERSONAL):
                yield name


def telling_facts(known):
    for event in known:
        for field in fields(event):
            if SUSPICIOUS.search(field.name):
                yield f"{event.__name__}.{field.name}"


def test_every_column_about_a_person_is_labelled():
    assert list(unlabelled(MODELS)) == []


def test_every_label_has_a_known_class_and_a_purpose():
    for model in MODELS:
        for field in model._meta.concrete_fields:
            if pii := getattr(field, "pii", None):
                assert pii.kind in KINDS and len(pii.purpose) > 8, f"{model._meta.label}.{field.name}"


def test_what_is_called_not_personal_exists_and_has_no_label():
    for key in NOT_PERSONAL:
        label, _, name = key.rpartition(".")
        field = apps.get_model(label)._meta.get_field(name)
        assert SUSPICIOUS.search(name) and not hasattr(field, "pii"), key


def test_facts_tell_nothing_of_people():
    ours = [event for event in Event.known.values() if not event.__module__.startswith("tests.")]
    assert list(telling_facts(ours)) == []


@isolate_apps("support")
def test_unlabelled_bites():
    class Caller(models.Model):
        nickname = models.CharField(max_length=9)
        home_city = models.TextField()
        born_on = models.DateField()
        birth_date = models.DateField()
        secret = EncryptedField()
        phone = personal(EncryptedField(), kind="contact", purpose="calling back")
        text_at = models.DateTimeField()
        capacity = models.CharField(max_length=9)
        region = models.CharField(max_length=2, choices=[("EU", "Europe")])

        class Meta:
            app_label = "support"

    assert list(unlabelled([Caller])) == [
        "support.Caller.nickname",
        "support.Caller.home_city",
        "support.Caller.birth_date",
        "support.Caller.secret",
    ]


def test_telling_facts_bites(monkeypatch):
    monkeypatch.setattr(Event, "known", {})

    @dataclass(frozen=True, kw_only=True)
    class CallerNamed(Event):
        name = "support.caller.named"
        caller_id: int
        caller_name: str

    assert list(telling_facts([CallerNamed])) == ["CallerNamed.caller_name"]


@pytest.mark.parametrize("name", ["shipment", "versions", "context", "capacity", "subtitles", "zipped", "tips"])
def test_a_word_inside_a_word_is_not_suspicious(name):
    assert not SUSPICIOUS.search(name)
