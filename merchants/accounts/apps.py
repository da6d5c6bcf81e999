from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "merchants.accounts"
    label = "accounts"

    def ready(self):
        from django.db.models.signals import post_migrate

        from config.kernel import finding, imports, navigation, sentences
        from config.kernel.grants import grant
        from merchants.accounts.imports import BUYERS
        from merchants.accounts.permissions import Permission
        from merchants.accounts.sentences import SENTENCES

        post_migrate.connect(grant, sender=self)  # an app without tables, as config is, hears of no migration
        navigation.add(
            navigation.Entry(
                80, _("Staff"), "users", "accounts:staff", Permission.STAFF_VIEW, covers=("accounts:",)
            ),
            navigation.Entry(
                95, _("API keys"), "key-round", "accounts-keys:credentials", Permission.API_KEYS_MANAGE,
                covers=("accounts-keys:",),
            ),
        )  # fmt: skip
        sentences.add(SENTENCES)
        imports.add(BUYERS)
        finding.add(
            finding.Command(30, _("Add a colleague"), "user-plus", "accounts:member-new", Permission.STAFF_MANAGE),
            finding.Command(
                90, _("Make an API key"), "key-round", "accounts-keys:credential-new", Permission.API_KEYS_MANAGE
            ),
        )
