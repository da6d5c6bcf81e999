from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfillmentConfig(AppConfig):
    name = "fulfillment"

    def ready(self):
        from config.kernel import invariants, navigation, privacy, sentences, subjects
        from fulfillment import jobs, selectors, subscribers  # noqa: F401  two of them register what is in there
        from fulfillment.selectors import faults
        from fulfillment.sentences import SENTENCES
        from fulfillment.services import privacy as orders_privacy
        from merchants.accounts.permissions import Permission

        sentences.add(SENTENCES)
        invariants.add("orders hold what they say", faults.wrong_orders)
        privacy.add("orders", export=orders_privacy.export, erase=orders_privacy.erase)
        subjects.add("order", needs=Permission.ORDERS_VIEW, find=selectors.subjects)
        navigation.add(
            navigation.Entry(
                10, _("Orders"), "package", "fulfillment:orders", Permission.ORDERS_VIEW, on_phone=True,
                covers=("fulfillment:order", "fulfillment:credits"),
            )
        )  # fmt: skip
