"""Addresses of the pages about API keys, below `/m/<slug>/api-keys/`."""

from django.urls import path

from merchants.accounts.pages import credentials

app_name = "accounts-keys"
urlpatterns = [
    path("", credentials.CredentialIndex.as_view(), name="credentials"),
    path("new/", credentials.CredentialCreation.as_view(), name="credential-new"),
    path("<uuid:public_id>/revocation/", credentials.CredentialRevocation.as_view(), name="credential-revocation"),
]
