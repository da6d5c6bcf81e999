"""Addresses of jobs and imports, below `/api/v1/`."""

from django.urls import path

from merchants.desk.api import imports, views

urlpatterns = [
    path("jobs/", views.Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:public_id>/", views.OneJob.as_view(), name="job"),
    path("jobs/<uuid:public_id>/stop/", views.JobStop.as_view(), name="job-stop"),
    path("jobs/<uuid:public_id>/resumption/", views.JobResumption.as_view(), name="job-resumption"),
    path("jobs/<uuid:public_id>/file/", views.JobFile.as_view(), name="job-file"),
    path("import-kinds/", imports.ImportKinds.as_view(), name="import-kinds"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("imports/<uuid:public_id>/", imports.OneImport.as_view(), name="import"),
    path("imports/<uuid:public_id>/findings/", imports.ImportFindings.as_view(), name="import-findings"),
    path("imports/<uuid:public_id>/kept/", imports.ImportKept.as_view(), name="import-kept"),
    path("imports/<uuid:public_id>/rejected/", imports.ImportRejected.as_view(), name="import-rejected"),
    path("imports/<uuid:public_id>/taking-in/", imports.ImportTakingIn.as_view(), name="import-taking-in"),
    path("imports/<uuid:public_id>/undoing/", imports.ImportUndoing.as_view(), name="import-undoing"),
    path("imports/<uuid:public_id>/repairs/", imports.ImportRepairs.as_view(), name="import-repairs"),
]
