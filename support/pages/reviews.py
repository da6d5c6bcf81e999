"""Pages about reviews."""

from django.utils.translation import gettext_lazy as _

from config.kernel.index import Column, View
from config.kernel.pages import IndexPage
from merchants.accounts.permissions import Permission
from support import selectors
from support.filters import ReviewFilter


class ReviewIndex(IndexPage):
    needs = Permission.REVIEWS_VIEW
    template_name = "support/review_list.html"
    title = _("Reviews")
    filterset_class = ReviewFilter
    columns = [
        Column("product", _("Product")),
        Column("stars", _("Stars"), order="stars"),
        Column("text", _("What the buyer says")),
        Column("order", _("Order")),
        Column("given", _("Given"), order="given", is_time=True),
    ]
    orders = {
        "-given": ("-given_at", "-pk"), "given": ("given_at", "pk"), "-stars": ("-score", "-given_at", "-pk"),
        "stars": ("score", "-given_at", "-pk"),
    }  # fmt: skip
    views = [
        View(_("All")),
        View(_("1 or 2 stars"), {"stars": "low"}),
        View(_("4 or 5 stars"), {"stars": "high"}),
        View(_("With text"), {"text": "yes"}),
    ]
    empty_text = _("What buyers say of your goods appears here, the newest first.")

    def rows(self):
        return selectors.reviews()

    @property
    def may_see_orders(self):
        return self.actor.can(Permission.ORDERS_VIEW)

    @property
    def may_see_products(self):
        return self.actor.can(Permission.PRODUCTS_VIEW)
