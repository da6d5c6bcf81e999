"""Addresses of the pages about a shop, below `/m/<slug>/shop/vacation/`."""

from django.urls import path

from merchants.onboarding.pages import vacations

app_name = "onboarding"
urlpatterns = [
    path("", vacations.Vacations.as_view(), name="vacation"),
    path("<uuid:public_id>/end/", vacations.VacationEnd.as_view(), name="vacation-end"),
]
