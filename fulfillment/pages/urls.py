"""Addresses of fulfillment's pages, below `/m/<slug>/`."""

app_name = "fulfillment"
urlpatterns = []
