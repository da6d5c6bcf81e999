"""All addresses of `/api/v1/`."""

from django.urls import include, path

from config import api

app_name = "api"
urlpatterns = [
    path("", include("merchants.desk.api.urls")),
    path("", include("merchants.marketplace.api.urls")),
    path("", include("catalog.api.urls")),
    path("", include("merchants.money.api.urls")),
    path("", include("inventory.api.urls")),
    path("", include("pricing.api.urls")),
    path("", include("fulfillment.api.urls")),
    path("<path:rest>", api.nothing, name="nothing"),
]
