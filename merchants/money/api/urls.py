"""Addresses of money, below `/api/v1/`."""

from django.urls import path

from merchants.money.api import views

urlpatterns = [
    path("balances/", views.Balances.as_view(), name="balances"),
    path("entries/", views.Entries.as_view(), name="entries"),
    path("entries/<uuid:public_id>/", views.OneEntry.as_view(), name="entry"),
    path("statements/", views.Statements.as_view(), name="statements"),
    path("statements/<str:number>/", views.OneStatement.as_view(), name="statement"),
    path("statements/<str:number>/entries/", views.StatementEntries.as_view(), name="statement-entries"),
    path("statements/<str:number>/csv/", views.StatementSpreadsheet.as_view(), name="statement-csv"),
    path("statements/<str:number>/pdf/", views.StatementPaper.as_view(), name="statement-pdf"),
]
