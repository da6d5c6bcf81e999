from django.apps import AppConfig


class MarketplaceConfig(AppConfig):
    name = "merchants.marketplace"
    label = "marketplace"
