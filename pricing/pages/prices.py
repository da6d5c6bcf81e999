"""Pages about prices."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from catalog import selectors as catalog
from config.kernel.pages import FormPage
from merchants.accounts.permissions import Permission
from pricing import forms
from pricing.services import prices


class PriceChange(FormPage):
    needs = Permission.PRICES_EDIT
    template_name = "catalog/product_act.html"
    heading, verb = __("Set a price"), __("Set price")

    def load(self, code):
        self.product = catalog.product(code)

    def context(self):
        return {
            "product": self.product, "heading": self.heading, "submit_label": self.verb,
            "cancel_url": self.product.get_absolute_url(),
        }  # fmt: skip

    def form(self, data=None, files=None):
        return forms.NewPrice(data, product=self.product, currency=self.merchant.currency)

    def act(self, form):
        prices.set_price(**form.cleaned_data, by=self.actor, now=self.now)
        return self.product, _("The new price applies from now on.")
