"""Pages about stock."""

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage, Page
from inventory import forms, screens, selectors
from inventory.filters import StockFilter
from inventory.services import alerts, stock
from inventory.services.stock import Units
from merchants.accounts.permissions import Permission
from merchants.desk.services import exports


class StockIndex(IndexPage):
    needs = Permission.STOCK_VIEW
    template_name = "inventory/stock_list.html"
    has_look = True
    title = __("Stock")
    filterset_class = StockFilter
    columns = [
        Column("sku", __("SKU"), order="sku"),
        Column("available", __("Available"), numeric=True),
        Column("on_hand", __("On hand"), order="on_hand", numeric=True),
        Column("reserved", __("Reserved"), numeric=True),
        Column("damaged", __("Damaged"), numeric=True),
        Column("incoming", __("On its way"), numeric=True),
        Column("alert_line", __("Alert line"), numeric=True),
    ]
    orders = {
        "sku": ("sku", "pk"), "-sku": ("-sku", "-pk"), "-on_hand": ("-on_hand", "-pk"), "on_hand": ("on_hand", "pk"),
    }  # fmt: skip
    views = [
        View(__("All")),
        View(__("Below the alert line"), {"state": "low"}),
        View(__("Nothing available"), {"state": "out"}),
        View(__("On its way"), {"state": "incoming"}),
        View(__("Damaged"), {"state": "damaged"}),
    ]
    empty_text = __(
        "Open a product and receive goods there: each variant that ever lay in the warehouse is listed here."
    )

    def rows(self):
        return selectors.levels()

    def context(self):
        return super().context() | {"may_edit": self.actor.can(Permission.STOCK_EDIT)}


class StockExport(FormPage):
    """Of what the list shows: its filters are in the address."""

    needs = Permission.STOCK_VIEW
    form_class = Form
    template_name = "desk/act.html"

    def context(self):
        return {
            "heading": _("Export stock"), "submit_label": _("Export"),
            "intro": _("A file for a spreadsheet, with all variants that the list shows."),
            "cancel_url": reverse("inventory:stocks", args=[self.merchant.slug]),
        }  # fmt: skip

    def act(self, form):
        job = exports.queue(
            "inventory.export_stock", query=self.request.GET, filterset=StockFilter, by=self.actor, now=self.now
        )
        return job, _("The export has begun.")


class StockPage(Page, abstract=True):
    """A page about the stock of one variant, which is found by its SKU."""

    def load(self, sku):
        self.level = selectors.level(sku)
        self.crumbs = [
            {"label": StockIndex.title, "url": reverse("inventory:stocks", args=[self.merchant.slug])},
            {"label": sku, "url": self.level.get_absolute_url()},
        ]


class StockDetail(StockPage):
    needs = Permission.STOCK_VIEW
    template_name = "inventory/stock_detail.html"

    def context(self):
        return {
            "level": self.level, "crumbs": self.crumbs[:1], "facts": screens.numbers(self.level),
            "movements": screens.movements(self.level, actor=self.actor),
            "may_edit": self.actor.can(Permission.STOCK_EDIT),
            "may_see_products": self.actor.can(Permission.PRODUCTS_VIEW),
        }  # fmt: skip


class StockActs(StockPage, FormPage, abstract=True):
    """An act on the stock of one variant by form."""

    needs = Permission.STOCK_EDIT
    template_name = "inventory/stock_act.html"
    heading: str
    verb: str
    intro = ""

    def context(self):
        return {
            "level": self.level, "heading": self.heading, "submit_label": self.verb, "intro": self.intro,
            "crumbs": self.crumbs, "cancel_url": self.level.get_absolute_url(), "facts": screens.numbers(self.level),
        }  # fmt: skip

    def units(self, form, **more) -> list[Units]:
        return [Units(self.level.variant, form.cleaned_data["quantity"], **more)]


class StockReceipt(StockActs):
    form_class = forms.Receipt
    heading, verb = __("Receive goods"), __("Receive")

    def act(self, form):
        stock.receive(self.units(form), note=form.cleaned_data["note"], by=self.actor, now=self.now)
        return self.level, _("The goods were received.")


class StockAnnouncement(StockActs):
    form_class = forms.Announcement
    heading, verb = __("Goods are on their way"), __("Announce")
    intro = __("They cannot be sold yet; receiving goods takes them off again.")

    def act(self, form):
        stock.announce(self.units(form), note=form.cleaned_data["note"], by=self.actor, now=self.now)
        return self.level, _("The goods were announced.")


class StockAdjustment(StockActs):
    form_class = forms.Adjustment
    heading, verb = __("Correct stock"), __("Correct")

    def act(self, form):
        sent = form.cleaned_data
        stock.adjust(self.units(form, reason=sent["reason"]), note=sent["note"], by=self.actor, now=self.now)
        return self.level, _("The stock was corrected.")


class StockAlertLine(StockActs):
    form_class = forms.AlertLine
    heading, verb = __("Alert line"), __("Save")

    def initial(self):
        return {"alert_below": self.level.alert_below}

    def act(self, form):
        alerts.set_line(
            variant=self.level.variant, line=form.cleaned_data["alert_below"], by=self.actor, now=self.now
        )  # fmt: skip
        return self.level, _("The alert line was saved.")
