"""Addresses of support's pages, below `/m/<slug>/`."""

from django.urls import path

from support.pages import reviews

app_name = "support"
urlpatterns = [path("reviews/", reviews.ReviewIndex.as_view(), name="reviews")]
