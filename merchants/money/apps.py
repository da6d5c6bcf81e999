from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "merchants.money"
    label = "money"

    def ready(self):
        from config.kernel import sentences
        from merchants.money import duties, jobs  # noqa: F401  register themselves
        from merchants.money.sentences import SENTENCES

        sentences.add(SENTENCES)
