"""Columns of every list can be left out, and a row then has as many cells as there are headings."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse

from config.kernel import scope
from tests.factories.desk import make_saved_view
from tests.test_routes import FOUND, LISTS, things  # noqa: F401

PAGES = {name: view.view_class for name, _, view in FOUND if name in LISTS}


class Cells(HTMLParser):
    """The numbers of cells of the rows of the first table."""

    def __init__(self, html: str):
        super().__init__()
        self.rows, self.depth = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append(0)
        elif tag in ("td", "th"):
            self.rows[-1] += 1


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_column_can_be_left_out(client_for, acme, olive, things, name):  # noqa: F811
    with scope.acting_for(acme):
        make_saved_view(olive)
    browser, page = client_for(olive), PAGES[name]
    keys = [column.key for column in page.columns]
    free = [column.key for column in page.columns[1:] if column.label]
    address = reverse(name, args=["acme"])
    whole = set(Cells(browser.get(address).content.decode()).rows)
    for key in free:
        answer = browser.get(address, {"columns": [each for each in keys if each != key]})
        assert answer.status_code == 200
        assert {cells + 1 for cells in Cells(answer.content.decode()).rows} == whole, key


def test_an_unknown_column_is_refused(client_for, olive):
    assert client_for(olive).get("/m/acme/products/?columns=color").status_code == 400


def test_the_column_that_names_the_row_stays(client_for, olive):
    index = client_for(olive).get("/m/acme/products/?columns=price").context["index"]
    assert [column["key"] for column in index.columns] == ["title", "price"]
