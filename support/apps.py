from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupportConfig(AppConfig):
    name = "support"

    def ready(self):
        from config.kernel import navigation, privacy, sentences, slots
        from merchants.accounts.permissions import Permission
        from support.pages import panels
        from support.sentences import SENTENCES
        from support.services import privacy as reviews_privacy

        sentences.add(SENTENCES)
        privacy.add("reviews", export=reviews_privacy.export, erase=reviews_privacy.erase)
        may = Permission.REVIEWS_VIEW
        navigation.add(navigation.Entry(30, _("Reviews"), "star", "support:reviews", may))
        slots.fill("fulfillment.order", slots.Panel("support/_order_reviews.html", panels.order_reviews, may))
        slots.fill("catalog.product", slots.Panel("support/_product_reviews.html", panels.product_reviews, may))
