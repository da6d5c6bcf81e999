"""What every page of the Django admin shares: lists and rows are looked at, and each act is a form of its own."""

from functools import cache

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import models
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.generic import View
from unfold import widgets
from unfold.admin import ModelAdmin, TabularInline
from unfold.paginator import InfinitePaginator

from config.kernel import clock
from config.kernel.errors import DomainError
from config.kernel.money import MinorField, Money
from config.kernel.personal import masked

NEVER_SHOWN = ("phone", "token", "password")
CLOTHES = {
    forms.CheckboxInput: widgets.UnfoldBooleanSwitchWidget,
    forms.CheckboxSelectMultiple: widgets.UnfoldAdminCheckboxSelectMultipleWidget,
    forms.ClearableFileInput: widgets.UnfoldAdminFileFieldWidget,
    forms.EmailInput: widgets.UnfoldAdminEmailInputWidget,
    forms.NumberInput: widgets.UnfoldAdminIntegerFieldWidget,
    forms.Select: widgets.UnfoldAdminSelectWidget,
    forms.TextInput: widgets.UnfoldAdminTextInputWidget,
}


class ReadOnly:
    """Rows to look at for whoever has the permission it `needs`. What is personal is behind dots, or left out."""

    needs: str
    hidden: tuple[str, ...] = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.__module__ != __name__ and not getattr(cls, "needs", None):  # the bases below are nobody's pages
            raise ImproperlyConfigured(f"{cls.__qualname__} does not say which permission it needs")

    def has_module_permission(self, request):
        return may(request, self.needs)

    def has_view_permission(self, request, obj=None):
        return may(request, self.needs)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return self.get_readonly_fields(request, obj)

    def get_readonly_fields(self, request, obj=None):
        """All columns, and what the admin itself adds to them."""
        shown = [
            _as_shown(column)
            for column in self.model._meta.concrete_fields
            if column.name not in self.hidden and not any(word in column.name for word in NEVER_SHOWN)
        ]
        return [*shown, *self.readonly_fields]


class ReadOnlyInline(ReadOnly, TabularInline):
    extra = 0
    hidden = ("merchant", "id")


class ReadOnlyAdmin(ReadOnly, ModelAdmin):
    """A list, newest first and never counted, and its rows. `acts` are forms: the path names of those below a row
    begin with `row-`.
    """

    title: str
    acts: dict[str, type["Act"]] = {}
    actions = None
    ordering = ("-pk",)
    sortable_by = ()
    paginator = InfinitePaginator
    show_full_result_count = False
    view_on_site = False  # shops' pages are for their people
    list_per_page = 50
    list_before_template = change_form_outer_before_template = "admin/act_links.html"

    def get_urls(self):
        wrap, opts = self.admin_site.admin_view, self.opts
        acts = [
            path(
                f"<int:pk>/{name}/" if name.startswith("row-") else f"{name}/", wrap(act.as_view(model_admin=self)),
                name=f"{opts.app_label}_{opts.model_name}_{name}",
            )
            for name, act in self.acts.items()
        ]  # fmt: skip
        return acts + super().get_urls()

    def changelist_view(self, request, extra_context=None):
        acts = self._links(request)
        return super().changelist_view(request, {"title": self.title, "acts": acts} | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        acts = self._links(request, object_id)
        return super().change_view(request, object_id, form_url, {"acts": acts} | (extra_context or {}))

    def lookup_allowed(self, lookup, value, request):
        """By the filters that a list offers: what is behind dots must not be found out by asking for its beginning."""
        return lookup.partition("__")[0] in self.get_list_filter(request)

    def has_act(self, request, act: type["Act"], row: models.Model) -> bool:
        """Whether the act can be done to this row at all."""
        return True

    def _links(self, request, object_id: str | None = None) -> list[dict]:
        row = self.get_object(request, object_id) if object_id else None
        if object_id and row is None:
            return []
        return [
            {"label": act.title, "url": reverse(admin_page(self.opts, name), args=[row.pk] if row else [])}
            for name, act in self.acts.items()
            if name.startswith("row-") == bool(row) and may(request, act.needs)
            and (row is None or self.has_act(request, act, row))
        ]  # fmt: skip


class Act(View):
    """A form below a list of the admin, or below one of its rows."""

    needs: str
    title: str
    form_class: type
    model_admin: ReadOnlyAdmin | None = None

    def __init_subclass__(cls, abstract=False, **kwargs):
        super().__init_subclass__(**kwargs)
        if not abstract and not getattr(cls, "needs", None):
            raise ImproperlyConfigured(f"{cls.__qualname__} does not say which permission it needs")

    def dispatch(self, request, pk=None):
        if not may(request, self.needs):
            raise PermissionDenied(self.needs)
        self.actor, self.now = request.actor, clock.now()
        self.row = None if pk is None else get_object_or_404(self.model_admin.get_queryset(request), pk=pk)
        if self.row and not self.model_admin.has_act(request, type(self), self.row):
            raise PermissionDenied(self.needs)
        return super().dispatch(request)

    def initial(self) -> dict:
        return {}

    def form(self, *sent) -> forms.Form:
        return self.form_class(*sent, initial=self.initial())

    def do(self, form) -> str:
        """Call a service; say what to tell."""
        raise NotImplementedError

    def get(self, request):
        return self.show(self.form())

    def post(self, request):
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            told = self.do(form)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            return self.show(form, status=refusal.status)
        messages.success(request, told)
        return redirect(admin_page(self.model_admin.opts))

    def show(self, form, *, status: int = 200):
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": self.title, "form": dressed(form), "row": self.row,
            "list_url": reverse(admin_page(self.model_admin.opts)),
        }  # fmt: skip
        return TemplateResponse(self.request, "admin/act.html", context, status=status)


def dressed(form: forms.Form) -> forms.Form:
    """A form of ours in the look of the admin."""
    for field in form.fields.values():
        if clothes := CLOTHES.get(type(field.widget)):
            plain, field.widget = field.widget, clothes(attrs=field.widget.attrs)
            field.widget.is_required = plain.is_required
            if hasattr(field, "choices"):
                field.widget.choices = field.choices
    return form


def admin_page(opts, name: str = "changelist") -> str:
    """The name of an address of the admin, for `reverse` and `redirect`."""
    return f"admin:{opts.app_label}_{opts.model_name}_{name}"


def may(request, permission: str) -> bool:
    actor = getattr(request, "actor", None)
    return actor is not None and actor.can(permission)


@cache  # Django compares what it is given from one call to the next
def _as_shown(column: models.Field):
    """A column's name, or where it needs another look a function that gives it."""
    if hasattr(column, "pii") and column.pii.kind != "opinion":  # what buyers say of goods is said in public
        look = admin.display(description=column.verbose_name, empty_value="—")(
            lambda row: masked(getattr(row, column.name))
        )
    elif isinstance(column, MinorField):
        look = admin.display(description=column.verbose_name, empty_value="—")(
            lambda row: None if (minor := getattr(row, column.name)) is None else Money(minor, row.currency)
        )
    else:
        return column.name
    look.__name__ = column.name
    return look
