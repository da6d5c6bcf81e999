"""Addresses of the pages about what was done, below `/m/<slug>/shop/activity/`."""

from django.urls import path

from merchants.activity.pages import facts

app_name = "activity"
urlpatterns = [
    path("", facts.FactIndex.as_view(), name="facts"),
    path("facts.csv", facts.FactFile.as_view(), name="fact-file"),
]
