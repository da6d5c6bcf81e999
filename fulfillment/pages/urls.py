"""Addresses of fulfillment's pages, below `/m/<slug>/`."""

from django.urls import path

from fulfillment.pages import credits, orders

app_name = "fulfillment"
urlpatterns = [
    path("orders/", orders.OrderIndex.as_view(), name="orders"),
    path("orders/export/", orders.OrderExport.as_view(), name="order-export"),
    path("orders/new/", orders.OrderCreation.as_view(), name="order-new"),
    path("orders/credits/", credits.CreditIndex.as_view(), name="credits"),
    path("orders/<str:number>/", orders.OrderDetail.as_view(), name="order"),
    path("orders/<str:number>/cancellation/", orders.OrderCancellation.as_view(), name="order-cancellation"),
    path("orders/<str:number>/payment/", orders.OrderPayment.as_view(), name="order-payment"),
    path("orders/<str:number>/refunds/", orders.OrderRefunds.as_view(), name="order-refunds"),
    path("orders/<str:number>/handover/", orders.OrderHandOver.as_view(), name="order-hand-over"),
    path("orders/<str:number>/delivery/", orders.OrderDelivery.as_view(), name="order-delivery"),
    path("orders/<str:number>/buyer-data/", orders.BuyerDataReveal.as_view(), name="order-buyer-data"),
]
