"""Pages about orders."""

from django.forms import Form
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from config.kernel import ids
from config.kernel.actors import Actor
from config.kernel.errors import DomainError
from config.kernel.index import Column, View
from config.kernel.pages import FormPage, IndexPage, Page
from fulfillment import forms, screens, selectors
from fulfillment.filters import OrderFilter, OrderMoneyFilter
from fulfillment.selectors import credits
from fulfillment.services import buyer_data, orders, payments, placing, refunds
from fulfillment.states import CancellationReason, Cause, OrderStatus, PaymentKind, RefundReason, RevealReason
from merchants.accounts.permissions import Permission
from merchants.activity.selectors import timeline
from merchants.desk.services import exports

VIEWS = [
    View(__("All")),
    View(__("To ship"), {"status": OrderStatus.PAID.value}),
    View(__("Late"), {"late": "yes"}),
    View(__("Shipped"), {"status": OrderStatus.SHIPPED.value}),
    View(__("Delivered"), {"status": OrderStatus.DELIVERED.value}),
    View(__("Cancelled"), {"status": OrderStatus.CANCELLED.value}),
]


def filters_for(actor: Actor) -> type[OrderFilter]:
    return OrderMoneyFilter if actor.can(Permission.MONEY_VIEW) else OrderFilter


class OrderIndex(IndexPage):
    needs = Permission.ORDERS_VIEW
    template_name = "fulfillment/order_list.html"
    has_look = True
    title = __("Orders")
    columns = [
        Column("number", __("Order")),
        Column("status", __("Status")),
        Column("due", __("Due")),
        Column("buyer", __("Buyer")),
        Column("units", __("Units"), numeric=True),
        Column("total", __("Total"), order="total", numeric=True),
        Column("placed", pgettext_lazy("moment", "Placed"), order="placed", is_time=True),
    ]
    orders = {
        "-placed": ("-placed_at", "-pk"), "placed": ("placed_at", "pk"), "-total": ("-total_minor", "-pk"),
        "total": ("total_minor", "pk"),
    }  # fmt: skip
    views = VIEWS
    empty_text = __("What buyers order from you appears here, the newest first.")

    @property
    def filterset_class(self):
        return filters_for(self.actor)

    def context(self):
        may_manage = self.actor.can(Permission.ORDERS_MANAGE)
        return super().context() | {"may_manage": may_manage, "has_credits": credits.credits().exists()}

    def rows(self):
        return selectors.orders(now=self.now, zone=self.merchant.zone)

    def ready(self, rows):
        zone = self.merchant.zone
        for order in selectors.with_first_lines(rows):
            order.deadline = screens.deadline(selectors.due(order, now=self.now, zone=zone), now=self.now, zone=zone)
        return rows


class OrderCreation(FormPage):
    needs = Permission.ORDERS_MANAGE
    template_name = "fulfillment/order_creation.html"

    def context(self):
        return {"submit_label": _("Place order"), "cancel_url": screens.orders_url(self.merchant)}

    def form(self, data=None, files=None):
        return forms.NewOrder(data, currency=self.merchant.currency, now=self.now)

    def act(self, form):
        try:
            order = placing.place(form.placement, by=self.actor, now=self.now)
        except DomainError as refusal:
            refusal.field = form.place_of(refusal)
            raise
        return order, _("The order was placed.")


class OrderExport(FormPage):
    """Of what the list shows: its filters are in the address."""

    needs = Permission.ORDERS_VIEW
    form_class = Form
    template_name = "desk/act.html"

    def context(self):
        return {
            "heading": _("Export orders"), "submit_label": _("Export"),
            "intro": _("A file for a spreadsheet, with all orders that the list shows. Buyers' names are masked."),
            "cancel_url": screens.orders_url(self.merchant),
        }  # fmt: skip

    def act(self, form):
        job = exports.queue(
            "fulfillment.export_orders", query=self.request.GET, filterset=filters_for(self.actor), by=self.actor,
            now=self.now,
        )  # fmt: skip
        return job, _("The export has begun.")


class OrderPage(Page, abstract=True):
    """A page about one order, which is found by its number."""

    def load(self, number):
        self.order = selectors.order(number)
        self.crumbs = [
            {"label": OrderIndex.title, "url": screens.orders_url(self.merchant)},
            {"label": number, "url": self.order.get_absolute_url()},
        ]


class OrderDetail(OrderPage):
    needs = Permission.ORDERS_VIEW
    template_name = "fulfillment/order_detail.html"

    def context(self):
        order, may, moment = self.order, self.actor.can, {"now": self.now, "zone": self.merchant.zone}
        return {
            "order": order,
            "crumbs": self.crumbs[:1],
            "deadline": screens.deadline(selectors.due(order, **moment), **moment),
            "parcel": screens.parcel(order, **moment),
            "steps": screens.steps(order),
            "contact": screens.contact(order),
            "buyer_orders_url": screens.orders_url(self.merchant, q=selectors.buyer_key(order.buyer)),
            "buyer_orders": selectors.orders_of_buyer(order.buyer),
            "cancellation": screens.cancellation(order),
            "money": screens.money(order) if may(Permission.MONEY_VIEW) else None,
            "acts": screens.acts(
                order, may_manage=may(Permission.ORDERS_MANAGE), may_refund=may(Permission.REFUNDS_ISSUE)
            ),
            "reveal": forms.BuyerData() if may(Permission.BUYERS_REVEAL) else None,
            "may_see_products": may(Permission.PRODUCTS_VIEW),
            "timeline": timeline(order.about) if may(Permission.ACTIVITY_VIEW) else None,
        }


class OrderActs(OrderPage, FormPage, abstract=True):
    """An act on one order by form."""

    needs = Permission.ORDERS_MANAGE
    template_name = "fulfillment/order_act.html"
    heading: str
    verb: str
    intro = ""

    def context(self):
        return {
            "order": self.order, "heading": self.heading, "intro": self.intro, "submit_label": self.verb,
            "back_url": self.order.get_absolute_url(), "crumbs": self.crumbs,
        }  # fmt: skip


class OrderCancellation(OrderActs):
    """Of the whole order, or of the rest where a part has left."""

    form_class = forms.Cancellation
    intro = __(
        "It cannot be undone. Stock that was set aside is free again, and what was paid counts as refunded in the "
        "books; send the money itself back where it was paid."
    )

    @property
    def heading(self):
        return _("Cancel what is not sent") if self.order.boxes else _("Cancel this order")

    @property
    def verb(self):
        return screens.cancel_verb(self.order)

    def act(self, form):
        sent = form.cleaned_data
        cancel = orders.cancel_rest if self.order.boxes else orders.cancel
        cancel(
            order=self.order, reason=CancellationReason(sent["reason"]), note=sent["note"],
            cause=Cause(sent["cause"]) if sent["cause"] else None, by=self.actor, now=self.now,
        )  # fmt: skip
        return self.order, _("The rest was cancelled.") if self.order.boxes else _("The order was cancelled.")


class OrderPayment(OrderActs):
    form_class = forms.Payment
    heading, verb = __("Note the payment"), __("Mark as paid")
    intro = __("The whole order was paid: it can be shipped from now on, and it enters the books.")

    def act(self, form):
        kind = PaymentKind(form.cleaned_data["kind"])
        payments.pay(order=self.order, kind=kind, by=self.actor, now=self.now)
        return self.order, _("The payment was noted.")


class OrderHandOver(OrderActs):
    heading, verb = __("Hand over the parcel"), __("Mark as shipped")
    template_name = "fulfillment/order_parcel.html"

    def form(self, data=None, files=None):
        return forms.HandOver(data, initial={"at": self.now}, lines=self.order.shown_lines)

    def act(self, form):
        sent = form.cleaned_data
        orders.ship(
            order=self.order, carrier=sent["carrier"], waybill=sent["waybill"], at=sent["at"], units=form.units,
            by=self.actor, now=self.now,
        )  # fmt: skip
        return self.order, _("The parcel was noted.")


class OrderDelivery(OrderActs):
    heading, verb = __("The parcel arrived"), __("Mark as delivered")

    def form(self, data=None, files=None):
        return forms.Delivery(data, initial={"at": self.now}, parcels=self.order.boxes)

    def act(self, form):
        orders.deliver(
            order=self.order, at=form.cleaned_data["at"], parcel_id=form.parcel_id, by=self.actor, now=self.now
        )
        return self.order, _("The arrival was noted.")


class OrderRefunds(OrderActs):
    needs = Permission.REFUNDS_ISSUE
    template_name = "fulfillment/order_refund.html"
    heading, verb = __("Refund"), __("Refund")

    def context(self):
        return super().context() | {"facts": screens.balance(self.order)}

    def form(self, data=None, files=None):
        return forms.Refund(data, initial={"key": ids.fresh()}, order=self.order)

    def act(self, form):
        sent = form.cleaned_data
        refunds.issue(
            order=self.order, amount=sent["amount"], reason=RefundReason(sent["reason"]),
            key=f"page:{sent['key'] or ids.fresh()}", returned=form.returned, by=self.actor, now=self.now,
        )  # fmt: skip
        return self.order, _("The refund was noted.")


class BuyerDataReveal(OrderActs):
    """Shows the contact data once, in the answer to the form; to see it again is to ask again."""

    needs = Permission.BUYERS_REVEAL
    form_class = forms.BuyerData
    heading, verb = __("Show the buyer's contact data"), __("Show")
    intro = __("That you looked, and why, is written into the history of this order.")

    def post(self, request, **_):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=422)
        reason = RevealReason(form.cleaned_data["reason"])
        shown = buyer_data.reveal(order=self.order, reason=reason, by=self.actor, now=self.now)
        self.template_name = "fulfillment/order_buyer_data.html"
        return self.show(contact=shown)
