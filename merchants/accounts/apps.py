from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "merchants.accounts"
    label = "accounts"

    def ready(self):
        from django.db.models.signals import post_migrate

        from config.kernel.grants import grant

        post_migrate.connect(grant, sender=self)  # an app without tables, as config is, hears of no migration
