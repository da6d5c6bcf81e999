from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FulfillmentConfig(AppConfig):
    name = "fulfillment"

    def ready(self):
        from config.kernel import finding, invariants, navigation, privacy, queues, sentences, slots, subjects
        from fulfillment import jobs, selectors, subscribers  # noqa: F401  two of them register what is in there
        from fulfillment.finds import FOUND
        from fulfillment.pages.panels import sales_panel
        from fulfillment.queues import QUEUE
        from fulfillment.selectors import faults
        from fulfillment.sentences import SENTENCES
        from fulfillment.services import privacy as orders_privacy
        from merchants.accounts.permissions import Permission

        sentences.add(SENTENCES)
        invariants.add("orders hold what they say", faults.wrong_orders)
        privacy.add("orders", export=orders_privacy.export, erase=orders_privacy.erase)
        queues.add(QUEUE)
        finding.add(*FOUND)
        slots.fill("desk.home.live", slots.Panel("fulfillment/_sales.html", sales_panel, Permission.ORDERS_VIEW))
        subjects.add("order", needs=Permission.ORDERS_VIEW, find=selectors.subjects)
        navigation.add(
            navigation.Entry(
                10, _("Orders"), "package", "fulfillment:orders", Permission.ORDERS_VIEW, on_phone=True,
                covers=("fulfillment:order", "fulfillment:credits"), key="o",
            )
        )  # fmt: skip
