from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MoneyConfig(AppConfig):
    name = "merchants.money"
    label = "money"
    verbose_name = _("Money")

    def ready(self):
        from config.kernel import navigation, sentences
        from merchants.accounts.permissions import Permission
        from merchants.money import duties, jobs  # noqa: F401  register themselves
        from merchants.money.sentences import SENTENCES

        sentences.add(SENTENCES)
        navigation.add(
            navigation.Entry(40, _("Money"), "wallet", "money:home", Permission.MONEY_VIEW, covers=("money:",))
        )
