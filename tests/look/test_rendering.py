"""The layouts, rendered with made-up contexts: what must hold on every page made from them."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import render_to_string

SHELL = {
    "merchant": SimpleNamespace(name="Acme", slug="acme", initial="A"),
    "user": SimpleNamespace(name="Olive", email="olive@example.com", initials="O"),
    "switch": [{"name": f"Shop {n}", "url": "/m/s/", "initial": "S", "current": n == 0} for n in range(300)],
    "switch_url": "/", "switch_count": 1610, "menu_url": "/m/acme/menu/", "search_url": "/m/acme/search/",
    "navigation": [{"label": "Orders", "url": "/m/acme/orders/", "icon": "package", "current": True, "children": []}],
    "tabs": [{"label": "Orders", "url": "/m/acme/orders/", "icon": "package", "current": True}],
}  # fmt: skip


class Filing(forms.Form):
    title = forms.CharField(help_text="What buyers see first.")
    kind = forms.ChoiceField(choices=[("new", "New"), ("used", "Used")], widget=forms.RadioSelect)
    category = forms.ChoiceField(choices=[("tents", "Tents")])
    about = forms.CharField(widget=forms.Textarea, required=False)
    photo = forms.FileField()
    agree = forms.BooleanField()
    channels = forms.MultipleChoiceField(choices=[("web", "Web")], widget=forms.CheckboxSelectMultiple)

    def clean(self):
        raise forms.ValidationError("Nothing fits together.")


class Page(HTMLParser):
    """The elements of a page with their attributes, in order."""

    def __init__(self, html):
        super().__init__()
        self.elements = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def values(self, name):
        return [attrs[name] for _, attrs in self.elements if name in attrs]

    def count(self, tag):
        return sum(found == tag for found, _ in self.elements)


def index(**changes):
    return {
        "title": "Products", "views": [{"label": "All", "url": "?", "current": True, "count": 1234}],
        "search": {"name": "q", "value": "", "label": "Title or SKU", "hidden": [("status", "live")]},
        "chips": [{"label": "Status", "value": "Live", "remove_url": "?"}],
        "addable": [{"label": "Kind", "fields": [Filing()["category"]], "url": "/x/", "hidden": [("q", "tent")]}],
        "columns": [{"label": "Title", "numeric": False, "sort_url": "?sort=t", "aria_sort": "ascending"}],
        "clear_url": "?", "rows": [1], "pager": {"shown_label": "1 of 1", "next_url": "?after=x"}, "empty": None,
    } | changes  # fmt: skip


def render(name, **context):
    return render_to_string(name, {"shell": SHELL, "csrf_token": "token", **context})


def form_page():
    return render("layouts/flow.html", form=Filing({}, {}))


def test_every_page_has_one_heading_one_main_and_a_language():
    for html in (
        render("layouts/index.html", index=index()),
        render("404.html"),
        render("403.html"),
        render("500.html"),
        render("400.html"),
    ):
        page = Page(html)
        assert (page.count("h1"), page.count("main")) == (1, 1)
        assert page.elements[0] == ("html", {"lang": "en"})


def test_no_id_is_used_twice():
    for html in (render("layouts/index.html", index=index()), form_page()):
        ids = Page(html).values("id")
        assert sorted(ids) == sorted(set(ids))


def test_labels_descriptions_and_error_links_lead_somewhere():
    page = Page(form_page())
    ids = set(page.values("id"))
    described = {name for value in page.values("aria-describedby") for name in value.split()}
    links = {attrs["href"][1:] for tag, attrs in page.elements if tag == "a" and attrs.get("href", "").startswith("#")}
    assert set(page.values("for")) <= ids
    assert described <= ids
    assert links <= ids


def test_a_form_with_errors_says_so_in_its_title_and_above_its_heading():
    html = form_page()
    assert "<title>Error: " in html
    assert html.index("There is a problem") < html.index('class="page-head"')
    assert "Nothing fits together." in html
    assert "<title>Error: " not in render("layouts/flow.html", form=Filing())


def test_every_field_has_a_label_or_stands_in_a_fieldset():
    page = Page(render("layouts/flow.html", form=Filing()))
    labelled = set(page.values("for"))
    inputs = [attrs for tag, attrs in page.elements if tag in {"input", "select", "textarea"}]
    asked = [attrs["id"] for attrs in inputs if attrs.get("type") not in {"hidden", "search"}]
    assert set(asked) <= labelled


def test_the_switcher_shows_eight_shops_and_the_way_to_all():
    html = render("layouts/index.html", index=index())
    assert html.count("data-shop=") == 8
    assert "1,610" in html


def test_a_filter_hands_on_what_is_set_already_and_nothing_twice():
    forms_of_page = re.findall(r"<form.*?</form>", render("layouts/index.html", index=index()), re.S)
    chip = next(form for form in forms_of_page if 'action="/x/"' in form)
    assert chip.count('name="q" value="tent"') == 1
    search = next(form for form in forms_of_page if 'name="status" value="live"' in form)
    assert search.count('name="q"') == 1


@pytest.mark.parametrize(
    ("empty", "words"), [("nothing_matches", "Clear filters"), ("nothing_yet", "Nothing here yet")]
)
def test_an_empty_list_says_why(empty, words):
    html = render("layouts/index.html", index=index(empty=empty, rows=[]))
    assert words in html
    assert "<table" not in html


def test_a_list_is_a_table_with_a_caption_and_sorted_columns():
    html = render("layouts/index.html", index=index())
    assert '<caption class="unseen">Products</caption>' in html
    assert 'aria-sort="ascending"' in html


def test_nothing_is_loaded_from_another_host():
    for html in (render("layouts/index.html", index=index()), form_page(), render("500.html")):
        loaded = [
            attrs.get("src") or attrs.get("href", "")
            for tag, attrs in Page(html).elements
            if tag in {"script", "link", "img", "use"}
        ]
        assert [address for address in loaded if not address.startswith("/static/")] == []
