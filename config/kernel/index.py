"""The state of a list, all of it in its address: view, search, filters, order, page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import FilterSet

from config.kernel import keyset
from config.kernel.errors import UnknownFilter
from config.kernel.filters import checked

PLACE = {"after", "before"}  # where one is in the list; any other change starts it again
COUNTED = 1_000  # a count stops here: nobody reads "48,211", and it costs as much as the list


@dataclass(frozen=True)
class Column:
    """A column; `order` makes its heading a link that sorts."""

    key: str
    label: str
    order: str = ""
    numeric: bool = False


@dataclass(frozen=True)
class View:
    """A ready-made filter with a name, shown as a tab."""

    label: str
    filters: dict[str, str] = field(default_factory=dict)


class Index:
    """What `layouts/index.html` shows. Raises UnknownFilter (400) for a parameter the list does not have."""

    def __init__(
        self, query: QueryDict, *, path: str, title: str, filterset: type[FilterSet], rows: QuerySet,
        columns: Sequence[Column], orders: dict[str, keyset.Order], views: Sequence[View] = (), size: int = 50,
        empty_text: str = "",
    ):  # fmt: skip
        self.query, self.path, self.title = query, path, title
        self.orders, self.sort = orders, query.get("sort") or next(iter(orders))
        self.size, self.empty_text = size, empty_text
        self.filterset = checked(query, filterset, rows, beside={*PLACE, "sort"})
        if self.sort not in self.orders:
            raise UnknownFilter(_("This list cannot be sorted by “%(name)s”.") % {"name": self.sort}, field="sort")
        self.columns = [self._column(column) for column in columns]
        self.views = [self._view(view) for view in views]
        self.slice = keyset.page(
            self.filterset.qs, order=orders[self.sort], size=size, after=query.get("after", ""),
            before=query.get("before", ""),
        )  # fmt: skip
        self.rows = self.slice.rows
        self.count = self.filterset.qs.order_by()[: COUNTED + 1].count()

    def url(self, *without: str, **changed: str) -> str:
        """This list's address with parameters changed; its place is given up."""
        query = self.query.copy()
        for name in {*without, *PLACE} | changed.keys():
            query.pop(name, None)
        for name in [name for name in query if not query[name]]:
            del query[name]
        query.update({name: value for name, value in changed.items() if value})
        return f"{self.path}?{query.urlencode()}" if query else self.path

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What a form of one filter hands on of all the others."""
        return [(name, value) for name, value in self.query.items() if name not in PLACE and value]

    @property
    def search(self) -> dict | None:
        if "q" not in self.filterset.filters:
            return None
        label = self.filterset.form["q"].label
        hidden = [pair for pair in self.hidden if pair[0] != "q"]
        return {"name": "q", "value": self.query.get("q", ""), "label": label, "hidden": hidden}

    @property
    def chips(self) -> list[dict]:
        """The filters in force, each with the address without it."""
        return [
            {"label": bound.label, "value": self._shown(bound), "remove_url": self.url(bound.name)}
            for bound in self.filterset.form
            if bound.name != "q" and self.query.get(bound.name)
        ]

    @property
    def addable(self) -> list[dict]:
        """The other filters, each with the form that adds it."""
        return [
            {"label": bound.label, "name": bound.name, "fields": [bound], "url": self.path, "hidden": self.hidden}
            for bound in self.filterset.form
            if bound.name != "q" and not self.query.get(bound.name)
        ]

    def _shown(self, bound) -> str:
        value = self.query.get(bound.name, "")
        choices = dict(getattr(bound.field, "choices", ()))
        return str(next((label for key, label in choices.items() if str(key) == value), value))

    @property
    def clear_url(self) -> str:
        return self.path

    @property
    def pager(self) -> dict:
        before, after = self.slice.before, self.slice.after
        many = f"{COUNTED:,}+" if self.count > COUNTED else f"{self.count:,}"
        return {
            "shown_label": _("%(shown)s of %(many)s") % {"shown": len(self.rows), "many": many},
            "previous_url": self._turn(before=before), "next_url": self._turn(after=after),
            "first_url": self.url() if self.query.keys() & PLACE else None,
        }  # fmt: skip

    def _turn(self, **cursor) -> str | None:
        return self.url(**cursor) if all(cursor.values()) else None

    @property
    def empty(self) -> str | None:
        if self.rows:
            return None
        return "nothing_matches" if self.chips or self.query.get("q") else "nothing_yet"

    def _column(self, column: Column) -> dict:
        up, down = column.order, f"-{column.order}"
        sort_url = aria = None
        if column.order:
            aria = {up: "ascending", down: "descending"}.get(self.sort)
            turned = down if self.sort == up or up not in self.orders else up
            sort_url = self.url(sort=turned if turned in self.orders else up)
        return {
            "key": column.key, "label": column.label, "numeric": column.numeric, "sort_url": sort_url,
            "aria_sort": aria,
        }  # fmt: skip

    def _view(self, view: View) -> dict:
        chosen = {name: value for name, value in self.query.items() if name not in {*PLACE, "sort", "q"} and value}
        query = QueryDict(mutable=True)
        query.update(view.filters)
        url = f"{self.path}?{query.urlencode()}" if query else self.path
        return {"label": view.label, "url": url, "current": chosen == view.filters, "count": None}
