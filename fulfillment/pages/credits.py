"""Pages about what was taken back without saying from which sale."""

from django.utils.translation import gettext_lazy as __

from config.kernel.index import Column, View
from config.kernel.pages import IndexPage
from fulfillment.filters import CreditFilter
from fulfillment.selectors import credits
from merchants.accounts.permissions import Permission


class CreditIndex(IndexPage):
    needs = Permission.ORDERS_VIEW
    template_name = "fulfillment/credit_list.html"
    title = __("Taken back")
    filterset_class = CreditFilter
    columns = [
        Column("number", __("Document")),
        Column("what", __("What")),
        Column("rule", __("Found by")),
        Column("order", __("Order")),
        Column("units", __("Units"), numeric=True),
        Column("amount", __("Amount"), numeric=True),
        Column("when", __("When")),
    ]
    orders = {"-at": ("-at", "-pk"), "at": ("at", "pk")}
    views = [View(__("All")), View(__("Without a sale"), {"found": "no"}), View(__("With a sale"), {"found": "yes"})]
    empty_text = __("Cancellations that another marketplace's files bring without their sales appear here.")

    def rows(self):
        return credits.credits()
