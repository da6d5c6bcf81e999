"""The Chinese catalog holds every text of the code and the templates; the compiled one is in step with it."""

import gettext
import io
import re

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.source import ROOT

FOLDER = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES"
OURS = ["analytics", "catalog", "config", "fulfillment", "inventory", "merchants", "pricing", "support"]
CONTEXT = (1, "c")
KEYWORDS = {
    "_": None, "__": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": (CONTEXT, 2), "pgettext_lazy": (CONTEXT, 2), "npgettext": (CONTEXT, 2, 3),
    "npgettext_lazy": (CONTEXT, 2, 3),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-z]|%%|\{\w*\}")
LOOSE = re.compile(r"\s[，。：；！？、）”]|[，。：；！？、（“] ")
TIGHT = re.compile(r"[一-鿿][A-Za-z0-9]|[A-Za-z0-9][一-鿿]")


def catalog():
    return read_po(io.BytesIO((FOLDER / "django.po").read_bytes()), locale="zh_Hans")


def words(text: str) -> set[tuple]:
    """The (context, text) pairs of Python code; a text with a plural is a pair itself."""
    found = extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS)
    return {(context, tuple(message) if isinstance(message, tuple) else message) for _, message, _, context in found}


def words_of_template(text: str) -> set[tuple]:
    code = templatize(text)
    return words("\n".join(line.strip() for line in code.splitlines()))


def sources():
    """(path, texts) of each file that may hold some."""
    for folder in OURS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), words(path.read_text())
    for path in sorted((ROOT / "templates").rglob("*.*")):
        yield path.relative_to(ROOT), words_of_template(path.read_text())


def untold(found, known) -> list[tuple]:
    return [(str(path), text) for path, texts in found for text in sorted(texts - known, key=repr)]


def known() -> set[tuple]:
    return {(message.context, message.id) for message in catalog() if message.id}


def test_every_text_is_in_the_catalog():
    found = dict(sources())
    assert untold(found.items(), known()) == []
    assert set().union(*found.values()) == known()  # and nothing that nobody says any more


def test_a_missing_text_bites():
    code = 'from x import gettext_lazy as __\n\nTITLE = __("A brand new thing")\nOTHER = __("Orders")\n'
    page = '<p title="x">\n  {% translate "A fresh word" context "moment" %}{% blocktranslate count n=n %}{{ n }} cat'
    page += '{% plural %}{{ n }} cats{% endblocktranslate %}{% include "a.html" with label=_("Quite new") only %}\n</p>'
    found = {"code.py": words(code), "page.html": words_of_template(page)}
    assert untold(found.items(), known()) == [
        ("code.py", (None, "A brand new thing")),
        ("page.html", ("moment", "A fresh word")),
        ("page.html", (None, "Quite new")),
        ("page.html", (None, ("%(n)s cat", "%(n)s cats"))),
    ]


def faults(message) -> list[str]:
    """What is wrong with one entry."""
    said = [message.string] if isinstance(message.string, str) else list(message.string)
    asked = sorted(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
    known = {
        "not translated": not all(said),
        "fuzzy": message.fuzzy,
        "other placeholders": any(sorted(PLACEHOLDER.findall(text)) != asked for text in said),
        "a space beside Chinese punctuation": any(LOOSE.search(text) for text in said),
        "Chinese and Latin without a space": any(TIGHT.search(PLACEHOLDER.sub("…", text)) for text in said),
    }
    return [fault for fault, is_so in known.items() if is_so]


def test_every_entry_is_sound():
    assert {message.id: found for message in catalog() if message.id and (found := faults(message))} == {}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Fee"\nmsgstr ""', "not translated"),
        ('#, fuzzy\nmsgid "Fee"\nmsgstr "费用"', "fuzzy"),
        ('msgid "%(count)s fees"\nmsgstr "%(number)s 项费用"', "other placeholders"),
        ('msgid "%(count)s fee"\nmsgid_plural "%(count)s fees"\nmsgstr[0] "费用"', "other placeholders"),
        ('msgid "{n} fees"\nmsgstr "若干费用"', "other placeholders"),
        ('msgid "Fee, then tax"\nmsgstr "费用， 税"', "a space beside Chinese punctuation"),
        ('msgid "A SKU"\nmsgstr "一个SKU"', "Chinese and Latin without a space"),
    ],
)
def test_an_unsound_entry_bites(entry, fault):
    [message] = [each for each in read_po(io.BytesIO(entry.encode()), locale="zh_Hans") if each.id]
    assert faults(message) == [fault]


def compiled() -> dict:
    made = io.BytesIO()
    write_mo(made, catalog())
    return gettext.GNUTranslations(io.BytesIO(made.getvalue()))._catalog


def test_the_compiled_catalog_is_in_step():
    with (FOLDER / "django.mo").open("rb") as file:
        kept = gettext.GNUTranslations(file)._catalog
    made = compiled()
    assert {key: text for key, text in kept.items() if key} == {key: text for key, text in made.items() if key}
