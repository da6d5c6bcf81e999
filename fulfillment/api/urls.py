"""Addresses of orders and shipments, below `/api/v1/`."""

from django.urls import path

from fulfillment.api import views

urlpatterns = [
    path("orders/", views.Orders.as_view(), name="orders"),
    path("orders/bulk/", views.OrdersInBulk.as_view(), name="orders-bulk"),
    path("orders/exports/", views.OrderExports.as_view(), name="order-exports"),
    path("orders/<uuid:public_id>/", views.OneOrder.as_view(), name="order"),
    path("orders/<uuid:public_id>/cancellation/", views.OrderCancellation.as_view(), name="order-cancellation"),
    path("orders/<uuid:public_id>/rest-cancellation/", views.OrderRestCancellation.as_view(), name="order-rest"),
    path("orders/<uuid:public_id>/handover/", views.OrderHandOver.as_view(), name="order-hand-over"),
    path("orders/<uuid:public_id>/parcels/", views.OrderParcels.as_view(), name="order-parcels"),
    path("orders/<uuid:public_id>/delivery/", views.OrderDelivery.as_view(), name="order-delivery"),
    path("orders/<uuid:public_id>/buyer-data/", views.OrderBuyerData.as_view(), name="order-buyer-data"),
    path("orders/<uuid:public_id>/payments/", views.OrderPayments.as_view(), name="order-payments"),
    path("orders/<uuid:public_id>/refunds/", views.OrderRefunds.as_view(), name="order-refunds"),
    path("refunds/", views.Refunds.as_view(), name="refunds"),
    path("refunds/<uuid:public_id>/", views.OneRefund.as_view(), name="refund"),
    path("shipments/", views.Shipments.as_view(), name="shipments"),
]
