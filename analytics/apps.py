from django.apps import AppConfig
from django.conf import settings


class AnalyticsConfig(AppConfig):
    name = "analytics"

    def ready(self):
        from analytics import jobs
        from analytics.sentences import SENTENCES
        from analytics.services.demo import clock as demo_clock
        from analytics.services.imports.sources import SOURCES
        from config.kernel import clock, imports, sentences

        sentences.add(SENTENCES)
        for kind in SOURCES.values():
            imports.add_marketplace(imports.Marketplace(kind.source, kind.name, jobs.IMPORT))
        if settings.DEMO:
            clock.go_ahead_by(demo_clock.ahead)
