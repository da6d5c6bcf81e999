from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "pricing"

    def ready(self):
        from catalog import ports
        from config.kernel import changes, imports, sentences, slots
        from merchants.accounts.permissions import Permission
        from pricing import changes as own
        from pricing import selectors
        from pricing.imports import PRICES
        from pricing.pages.panels import prices_panel
        from pricing.sentences import SENTENCES
        from pricing.services import prices

        sentences.add(SENTENCES)
        ports.current_prices.provide(selectors.prices_now)
        ports.standing_prices.provide(selectors.prices_standing)
        ports.new_prices.provide(prices.set_prices)
        imports.add(PRICES)
        changes.add(*own.KINDS)
        slots.fill("catalog.product", slots.Panel("pricing/_prices_panel.html", prices_panel, Permission.PRICES_VIEW))
