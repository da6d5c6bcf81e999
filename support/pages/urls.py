"""Addresses of support's pages, below `/m/<slug>/`."""

app_name = "support"
urlpatterns = []
