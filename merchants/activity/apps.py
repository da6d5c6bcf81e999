from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "merchants.activity"
    label = "activity"

    def ready(self):
        from config.kernel import events
        from merchants.activity.services import facts

        events.keep_in(facts.keep)
