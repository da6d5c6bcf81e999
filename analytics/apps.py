from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "analytics"

    def ready(self):
        from analytics import jobs
        from analytics.services.imports.sources import SOURCES
        from config.kernel import imports

        for kind in SOURCES.values():
            imports.add_marketplace(imports.Marketplace(kind.source, kind.name, jobs.IMPORT))
