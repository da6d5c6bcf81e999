"""Addresses of the pages about staff, below `/m/<slug>/shop/staff/`."""

from django.urls import path

from merchants.accounts.pages import staff

app_name = "accounts"
urlpatterns = [
    path("", staff.MemberIndex.as_view(), name="staff"),
    path("new/", staff.MemberCreation.as_view(), name="member-new"),
    path("roles/", staff.RoleMap.as_view(), name="roles"),
    path("<int:pk>/roles/", staff.MemberRoles.as_view(), name="member-roles"),
    path("<int:pk>/removal/", staff.MemberRemoval.as_view(), name="member-removal"),
    path("<int:pk>/invitation/", staff.MemberInvitation.as_view(), name="member-invitation"),
]
