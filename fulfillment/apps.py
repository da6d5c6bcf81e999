from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfillmentConfig(AppConfig):
    name = "fulfillment"

    def ready(self):
        from config.kernel import navigation, sentences
        from fulfillment import jobs  # noqa: F401  registers them
        from fulfillment.sentences import SENTENCES
        from merchants.accounts.permissions import Permission

        sentences.add(SENTENCES)
        navigation.add(
            navigation.Entry(
                10, _("Orders"), "package", "fulfillment:orders", Permission.ORDERS_VIEW, on_phone=True,
                covers=("fulfillment:order",),
            )
        )  # fmt: skip
