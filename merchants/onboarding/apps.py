from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OnboardingConfig(AppConfig):
    name = "merchants.onboarding"
    label = "onboarding"

    def ready(self):
        from config.kernel import navigation, sentences, slots
        from merchants.accounts.permissions import Permission
        from merchants.onboarding.pages.panels import closed
        from merchants.onboarding.sentences import SENTENCES

        sentences.add(SENTENCES)
        slots.fill("shell.closed", slots.Panel("onboarding/_closed.html", closed, Permission.WORK_VIEW))
        navigation.add(
            navigation.Entry(
                81, _("Vacation"), "calendar", "onboarding:vacation", Permission.SHOP_MANAGE, covers=("onboarding:",)
            )
        )
