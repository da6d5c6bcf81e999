from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "pricing"

    def ready(self):
        from catalog import ports
        from config.kernel import sentences, slots
        from merchants.accounts.permissions import Permission
        from pricing import selectors
        from pricing.pages.panels import prices_panel
        from pricing.sentences import SENTENCES
        from pricing.services import prices

        sentences.add(SENTENCES)
        ports.current_prices.provide(selectors.prices_now)
        ports.opening_prices.provide(prices.open_with)
        slots.fill("catalog.product", slots.Panel("pricing/_prices_panel.html", prices_panel, Permission.PRICES_VIEW))
