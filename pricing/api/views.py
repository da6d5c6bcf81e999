"""What things cost."""

from config.kernel.api.lists import Listing
from config.kernel.api.resources import Bulk, Resource
from merchants.accounts.permissions import Permission
from pricing import selectors
from pricing.api import serializers
from pricing.filters import PriceFilter
from pricing.services import prices


class Prices(Resource):
    """Every price that was ever set, the newest first; of a variant on a channel the newest holds.

    A new one holds from the moment it is sent. The list's `updated_since` is not needed: prices do not change.
    """

    reads, writes = Permission.PRICES_VIEW, Permission.PRICES_EDIT
    input, output = serializers.PriceIn, serializers.PriceOut
    listing = Listing("prices", ("-starts_at", "-pk"), PriceFilter)

    def rows(self):
        return selectors.prices()

    def create(self, data):
        return prices.set_price(
            variant=data["sku"], channel=data["channel"], price=data["price"], by=self.actor, now=self.now
        )


class PricesInBulk(Bulk, Prices):
    """Set up to 1,000 prices, each with an answer of its own."""
