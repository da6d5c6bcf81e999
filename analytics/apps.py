from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"

    def ready(self):
        from analytics import jobs
        from analytics.services.imports.olist.tables import SOURCE
        from config.kernel import imports

        imports.add_marketplace(imports.Marketplace(SOURCE, "Olist", jobs.OLIST))
