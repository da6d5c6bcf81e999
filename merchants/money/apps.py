from django.apps import AppConfig


class MoneyConfig(AppConfig):
    name = "merchants.money"
    label = "money"
