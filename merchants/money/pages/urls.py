"""Addresses of money's pages, below `/m/<slug>/`."""

from django.urls import path

from merchants.money.pages import books, statements

app_name = "money"
urlpatterns = [
    path("money/", books.MoneyHome.as_view(), name="home"),
    path("money/entries/", books.EntryIndex.as_view(), name="entries"),
    path("money/entries/<uuid:public_id>/", books.EntryDetail.as_view(), name="entry"),
    path("money/statements/", statements.StatementIndex.as_view(), name="statements"),
    path("money/statements/<str:number>/", statements.StatementDetail.as_view(), name="statement"),
    path("money/statements/<str:number>/csv/", statements.StatementSpreadsheet.as_view(), name="statement-csv"),
    path("money/statements/<str:number>/pdf/", statements.StatementPaper.as_view(), name="statement-pdf"),
]
