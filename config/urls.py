"""All addresses of the project."""

from django.contrib import admin
from django.urls import include, path, re_path

from config import api, media
from config.health import healthz, readyz
from config.kernel.headers import bad_request, server_error
from merchants.accounts import pages as accounts
from merchants.desk.pages.home import Home

handler400, handler500 = bad_request, server_error
urlpatterns = [
    path("", accounts.home, name="home"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("account/", accounts.profile, name="profile"),
    path("account/language/", accounts.choose_language, name="set_language"),
    path("account/density/", accounts.choose_density, name="set_density"),
    path("account/", include("allauth.account.urls")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("admin/", admin.site.urls),
    path("api/docs/", api.docs, name="api-docs"),
    path("api/openapi.yaml", api.description, name="api-description"),
    path("api/v1/", include("config.api_urls")),
    path("m/<slug:slug>/", Home.as_view(), name="shop"),
    path("m/<slug:slug>/menu/", accounts.Menu.as_view(), name="menu"),
    path("m/<slug:slug>/shop/staff/", include("merchants.accounts.pages.urls")),
    path("m/<slug:slug>/shop/vacation/", include("merchants.onboarding.pages.urls")),
    path("m/<slug:slug>/api-keys/", include("merchants.accounts.pages.credential_urls")),
    path("m/<slug:slug>/shop/activity/", include("merchants.activity.pages.urls")),
    path("m/<slug:slug>/", include("merchants.desk.pages.urls")),
    path("m/<slug:slug>/", include("merchants.money.pages.urls")),
    path("m/<slug:slug>/", include("catalog.pages.urls")),
    path("m/<slug:slug>/", include("inventory.pages.urls")),
    path("m/<slug:slug>/", include("pricing.pages.urls")),
    path("m/<slug:slug>/", include("fulfillment.pages.urls")),
    path("m/<slug:slug>/", include("support.pages.urls")),
    re_path(media.PATH, media.picture, name="picture"),
]
