"""Addresses of what the operator offers, below `/api/v1/`."""

from django.urls import path

from merchants.marketplace.api import views

urlpatterns = [
    path("categories/", views.Categories.as_view(), name="categories"),
    path("channels/", views.Channels.as_view(), name="channels"),
]
