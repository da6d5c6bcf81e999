"""Addresses of the pages about staff, below `/m/<slug>/shop/staff/`."""

app_name = "accounts"
urlpatterns = []
