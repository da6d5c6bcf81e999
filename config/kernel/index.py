"""The state of a list, all of it in its address: view, search, filters, order, columns, page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django_filters import FilterSet

from config.kernel import keyset
from config.kernel.changes import Kind
from config.kernel.errors import UnknownFilter
from config.kernel.filters import checked
from config.kernel.views import Saved, Shelf

PLACE = {"after", "before"}  # where one is in the list; any other change starts it again
BESIDE = {*PLACE, "sort", "view", "columns"}  # what of a list's address is no filter
COUNTED = 1_000  # a count stops here: nobody reads "48,211", and it costs as much as the list


@dataclass(frozen=True)
class Column:
    """A column; `order` makes its heading a link that sorts, `is_time` has it sorted from the newest or oldest."""

    key: str
    label: str
    order: str = ""
    numeric: bool = False
    is_time: bool = False


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
        empty_text: str = "", shelf: Shelf | None = None, acts: Sequence[Kind] = (),
    ):  # fmt: skip
        self.query, self.path, self.title = query, path, title
        self.orders, self.sort = orders, query.get("sort") or next(iter(orders))
        self.size, self.empty_text = size, empty_text
        self.filterset = checked(query, filterset, rows, beside=BESIDE)
        if self.sort not in self.orders:
            raise UnknownFilter(_("This list cannot be sorted by “%(name)s”.") % {"name": self.sort}, field="sort")
        self.all_columns = columns
        self.shows = self._shown_columns()
        self.columns = [self._column(column) for column in columns if self.shows[column.key]]
        self.slice = keyset.page(
            self.filterset.qs, order=orders[self.sort], size=size, after=query.get("after", ""),
            before=query.get("before", ""),
        )  # fmt: skip
        self.rows = self.slice.rows
        self.count = self.filterset.qs.order_by()[: COUNTED + 1].count()
        self.state, self.shelf = self.state_of(query), shelf
        self.acts = acts  # what may be done to chosen rows
        self.saved = self._saved_view()
        self.views = [self._view(view) for view in views] + [
            self._own_view(each) for each in (shelf.views if shelf else [])
        ]

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
        return [(name, value) for name, values in self.query.lists() if name not in PLACE for value in values if value]

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
    def _many(self) -> str:
        return f"{COUNTED:,}+" if self.count > COUNTED else f"{self.count:,}"

    @property
    def pager(self) -> dict:
        before, after, many = self.slice.before, self.slice.after, self._many
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

    def _shown_columns(self) -> dict[str, bool]:
        """Raises UnknownFilter for a column that the list does not have."""
        known, asked = {column.key for column in self.all_columns}, set(self.query.getlist("columns"))
        if unknown := sorted(asked - known):
            raise UnknownFilter(_("This list has no column “%(name)s”.") % {"name": unknown[0]}, field="columns")
        return {
            column.key: not asked or column.key in asked or column.key in self._fixed for column in self.all_columns
        }  # fmt: skip

    @property
    def _fixed(self) -> set[str]:
        """The first column says what a row is, one without a name holds its acts: both stay."""
        return {column.key for place, column in enumerate(self.all_columns) if not place or not column.label}

    @property
    def columns_menu(self) -> dict | None:
        """The columns that can be left out."""
        free = [column for column in self.all_columns if column.key not in self._fixed]
        if not free:
            return None
        return {
            "columns": [{"key": each.key, "label": each.label, "is_shown": self.shows[each.key]} for each in free],
            "always": sorted(self._fixed), "hidden": [pair for pair in self.hidden if pair[0] != "columns"],
            "reset_url": self.url("columns") if self.query.getlist("columns") else None,
        }  # fmt: skip

    @property
    def sort_menu(self) -> dict | None:
        """The orders by columns, for those who do not see the headings; None where there is nothing to choose."""
        named = {column.order: column for column in self.all_columns if column.order}
        items = [
            {
                "label": self._order_label(key, named[key.lstrip("-")]), "url": self.url(sort=key),
                "is_on": key == self.sort,
            }
            for key in self.orders if key.lstrip("-") in named
        ]  # fmt: skip
        shown = next((item["label"] for item in items if item["is_on"]), "")
        return {"items": items, "shown": shown} if len(items) > 1 else None

    def _order_label(self, key: str, column: Column) -> str:
        is_falling = key.startswith("-")
        if column.is_time:
            told = _("%(column)s, newest first") if is_falling else _("%(column)s, oldest first")
        elif column.numeric:
            told = _("%(column)s, highest first") if is_falling else _("%(column)s, lowest first")
        else:
            told = _("%(column)s, descending") if is_falling else _("%(column)s, ascending")
        return told % {"column": column.label}

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

    def state_of(self, query: QueryDict) -> list[tuple[str, str]]:
        """What an address asks of the list, whatever its way of writing it: without place, default order and view."""
        default, every = next(iter(self.orders)), {column.key for column in self.all_columns}
        shown = set(query.getlist("columns")) | self._fixed
        return sorted(
            (name, value)
            for name, values in query.lists()
            for value in values
            if value and name not in {*PLACE, "view"} and (name, value) != ("sort", default)
            and not (name == "columns" and (shown == every or value in self._fixed))
        )  # fmt: skip

    @property
    def state_query(self) -> str:
        """The same as text, to be kept under a name."""
        query = QueryDict(mutable=True)
        for name, value in self.state:
            query.appendlist(name, value)
        return query.urlencode()

    def _saved_view(self) -> Saved | None:
        wanted = self.query.get("view")
        return next((each for each in self.shelf.views if each.key == wanted), None) if self.shelf else None

    def _view(self, view: View) -> dict:
        is_current = not self.saved and [pair for pair in self.state if pair[0] not in BESIDE | {"q"}] == sorted(
            view.filters.items()
        )
        query = QueryDict(mutable=True)
        query.update(view.filters)
        url = f"{self.path}?{query.urlencode()}" if query else self.path
        return {"label": view.label, "url": url, "current": is_current, "count": self._many if is_current else None}

    def _own_view(self, view: Saved) -> dict:
        is_current = view is self.saved
        url = f"{self.path}?view={view.key}" + (f"&{view.query}" if view.query else "")
        return {
            "label": view.name, "url": url, "current": is_current, "count": self._many if is_current else None,
            "is_shared": view.is_shared, "is_changed": is_current and self.is_changed,
        }  # fmt: skip

    @property
    def is_changed(self) -> bool:
        """Whether the list shows something else than the view it was opened by."""
        return bool(self.saved) and self.state_of(QueryDict(self.saved.query)) != self.state

    @property
    def may_be_saved(self) -> bool:
        """Whether this is a state that no view has."""
        if self.shelf is None or not self.state:
            return False
        known = [self.state_of(QueryDict(view["url"].partition("?")[2])) for view in self.views]
        return self.state not in known

    @property
    def more_than_shown(self) -> str:
        """How many rows the list has, where a page does not show them all."""
        return self._many if self.count > len(self.rows) else ""
