from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MoneyConfig(AppConfig):
    name = "merchants.money"
    label = "money"
    verbose_name = _("Money")

    def ready(self):
        from config.kernel import navigation, sentences, slots, work_items
        from merchants.accounts.permissions import Permission
        from merchants.money import duties, jobs  # noqa: F401  register themselves
        from merchants.money.pages.panels import balance_panel
        from merchants.money.sentences import SENTENCES
        from merchants.money.subscribers import TO_READ  # and registers what is in there

        sentences.add(SENTENCES)
        slots.fill("desk.home", slots.Panel("money/_balance.html", balance_panel, Permission.MONEY_VIEW))
        work_items.add(
            work_items.Kind(
                TO_READ, _("Read the statement %(number)s"), "receipt", Permission.MONEY_VIEW,
                label=_("Statements to read"), done=_("Mark as read"),
            )
        )  # fmt: skip
        navigation.add(
            navigation.Entry(40, _("Money"), "wallet", "money:home", Permission.MONEY_VIEW, covers=("money:",), key="m")
        )
