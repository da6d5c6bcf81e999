from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "merchants.marketplace"
    label = "marketplace"

    def ready(self):
        from config.kernel import sentences
        from merchants.marketplace.sentences import SENTENCES

        sentences.add(SENTENCES)
