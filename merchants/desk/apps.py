from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "merchants.desk"
    label = "desk"
