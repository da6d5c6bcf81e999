"""Addresses of the desk's pages, below `/m/<slug>/`."""

from django.urls import path

from merchants.desk.pages import changes, help, imports, jobs, notifications, search, views, work_items

app_name = "desk"
urlpatterns = [
    path("help/", help.Help.as_view(), name="help"),
    path("search/", search.Search.as_view(), name="search"),
    path("changes/", changes.ChangeIndex.as_view(), name="changes"),
    path("changes/new/<str:kind>/", changes.ChangeCreation.as_view(), name="change-new"),
    path("changes/<uuid:public_id>/", changes.ChangeDetail.as_view(), name="change"),
    path("changes/<uuid:public_id>/application/", changes.ChangeApplication.as_view(), name="change-application"),
    path("changes/<uuid:public_id>/undoing/", changes.ChangeUndoing.as_view(), name="change-undoing"),
    path("jobs/", jobs.JobIndex.as_view(), name="jobs"),
    path("jobs/<uuid:public_id>/", jobs.JobDetail.as_view(), name="job"),
    path("jobs/<uuid:public_id>/stop/", jobs.JobStop.as_view(), name="job-stop"),
    path("jobs/<uuid:public_id>/resumption/", jobs.JobResumption.as_view(), name="job-resumption"),
    path("jobs/<uuid:public_id>/file/", jobs.JobFile.as_view(), name="job-file"),
    path("imports/", imports.ImportIndex.as_view(), name="imports"),
    path("imports/new/<str:kind>/", imports.ImportUpload.as_view(), name="import-new"),
    path("imports/<uuid:public_id>/", imports.ImportDetail.as_view(), name="import"),
    path("imports/<uuid:public_id>/columns/", imports.ImportColumns.as_view(), name="import-columns"),
    path("imports/<uuid:public_id>/taking-in/", imports.ImportTakeIn.as_view(), name="import-taking-in"),
    path("imports/<uuid:public_id>/undoing/", imports.ImportUndoing.as_view(), name="import-undoing"),
    path("imports/<uuid:public_id>/repair/", imports.ImportRepair.as_view(), name="import-repair"),
    path("imports/<uuid:public_id>/rejected.csv", imports.ImportRejected.as_view(), name="import-rejected"),
    path("views/", views.ViewIndex.as_view(), name="views"),
    path("views/new/", views.ViewCreation.as_view(), name="view-new"),
    path("views/<uuid:public_id>/", views.ViewChange.as_view(), name="view"),
    path("views/<uuid:public_id>/state/", views.ViewStateChange.as_view(), name="view-state"),
    path("views/<uuid:public_id>/removal/", views.ViewRemoval.as_view(), name="view-removal"),
    path("work/", work_items.WorkIndex.as_view(), name="work"),
    path("work/<uuid:public_id>/assignment/", work_items.WorkAssignment.as_view(), name="work-assignment"),
    path("work/<uuid:public_id>/release/", work_items.WorkRelease.as_view(), name="work-release"),
    path("work/<uuid:public_id>/done/", work_items.WorkDone.as_view(), name="work-done"),
    path("work/<uuid:public_id>/reopening/", work_items.WorkReopening.as_view(), name="work-reopening"),
    path("work/<uuid:public_id>/closure/", work_items.WorkClosure.as_view(), name="work-closure"),
    path("notifications/", notifications.NotificationIndex.as_view(), name="notifications"),
    path("notifications/reading/", notifications.NotificationReading.as_view(), name="notification-reading"),
    path("notifications/mail/", notifications.NotificationMail.as_view(), name="notification-mail"),
]
