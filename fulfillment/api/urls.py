"""Addresses of orders and shipments, below `/api/v1/`."""

from django.urls import path

from fulfillment.api import views

urlpatterns = [
    path("orders/", views.Orders.as_view(), name="orders"),
    path("orders/exports/", views.OrderExports.as_view(), name="order-exports"),
    path("orders/<uuid:public_id>/", views.OneOrder.as_view(), name="order"),
    path("orders/<uuid:public_id>/cancellation/", views.OrderCancellation.as_view(), name="order-cancellation"),
    path("orders/<uuid:public_id>/handover/", views.OrderHandOver.as_view(), name="order-hand-over"),
    path("orders/<uuid:public_id>/delivery/", views.OrderDelivery.as_view(), name="order-delivery"),
    path("orders/<uuid:public_id>/buyer-data/", views.OrderBuyerData.as_view(), name="order-buyer-data"),
    path("orders/<uuid:public_id>/payments/", views.OrderPayments.as_view(), name="order-payments"),
    path("shipments/", views.Shipments.as_view(), name="shipments"),
]
