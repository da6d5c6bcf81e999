from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InventoryConfig(AppConfig):
    name = "inventory"

    def ready(self):
        from config.kernel import changes, imports, invariants, navigation, sentences, slots, work_items
        from inventory import changes as own
        from inventory import duties, jobs, selectors  # noqa: F401  both register what is in there
        from inventory.imports import STOCK
        from inventory.pages.panels import stock_panel
        from inventory.sentences import SENTENCES
        from inventory.services.alerts import LOW
        from merchants.accounts.permissions import Permission

        sentences.add(SENTENCES)
        imports.add(STOCK)
        changes.add_rows(own.LEVELS)
        changes.add(*own.KINDS)
        invariants.add("stock is what its ledger says", selectors.wrong_levels)
        slots.fill("catalog.product", slots.Panel("inventory/_stock_panel.html", stock_panel, Permission.STOCK_VIEW))
        work_items.add(
            work_items.Kind(
                LOW, _("%(sku)s runs low: %(units)s left, the line is %(line)s"), "boxes", Permission.STOCK_VIEW,
                closes_by_hand=False, label=_("Stock that runs low"),
            )
        )  # fmt: skip
        navigation.add(
            navigation.Entry(
                25,
                _("Stock"),
                "boxes",
                "inventory:stocks",
                Permission.STOCK_VIEW,
                covers=("inventory:stock",),
                key="s",
            )
        )
