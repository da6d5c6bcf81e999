"""Addresses of jobs, below `/api/v1/`."""

from django.urls import path

from merchants.desk.api import views

urlpatterns = [
    path("jobs/", views.Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:public_id>/", views.OneJob.as_view(), name="job"),
    path("jobs/<uuid:public_id>/stop/", views.JobStop.as_view(), name="job-stop"),
    path("jobs/<uuid:public_id>/resumption/", views.JobResumption.as_view(), name="job-resumption"),
    path("jobs/<uuid:public_id>/file/", views.JobFile.as_view(), name="job-file"),
]
