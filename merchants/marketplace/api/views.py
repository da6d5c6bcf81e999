"""Where products lie and where they are sold: both are the operator's, and the same for all."""

from config.kernel.api.lists import Listing
from config.kernel.api.resources import Resource
from merchants.accounts.permissions import Permission
from merchants.marketplace import selectors
from merchants.marketplace.api import serializers


class Categories(Resource):
    """The open categories, in the order of the tree."""

    reads = Permission.PRODUCTS_VIEW
    output = serializers.CategoryOut
    listing = Listing("categories", ("path", "pk"))

    def rows(self):
        return selectors.categories()

    def ready(self, rows):
        for row in rows:
            row.shown_name = str(row)
        return rows


class Channels(Resource):
    """The sales channels in the shop's currency."""

    reads = Permission.PRODUCTS_VIEW
    output = serializers.ChannelOut
    listing = Listing("channels", ("code", "pk"))

    def rows(self):
        return selectors.channels(currency=self.merchant.currency)
