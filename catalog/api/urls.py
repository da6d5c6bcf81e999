"""Addresses of products, variants and listings, below `/api/v1/`."""

from django.urls import path

from catalog.api import views

urlpatterns = [
    path("products/", views.Products.as_view(), name="products"),
    path("products/bulk/", views.ProductsInBulk.as_view(), name="products-bulk"),
    path("products/deleted/", views.DeletedProducts.as_view(), name="products-deleted"),
    path("products/exports/", views.ProductExports.as_view(), name="product-exports"),
    path("products/<uuid:public_id>/", views.OneProduct.as_view(), name="product"),
    path("products/<uuid:public_id>/status/", views.ProductStatusChange.as_view(), name="product-status"),
    path("products/<uuid:public_id>/variants/", views.ProductVariants.as_view(), name="product-variants"),
    path("variants/", views.Variants.as_view(), name="variants"),
    path("variants/<uuid:public_id>/", views.OneVariant.as_view(), name="variant"),
    path("listings/", views.Listings.as_view(), name="listings"),
    path("listings/bulk/", views.ListingsInBulk.as_view(), name="listings-bulk"),
    path("listings/status/", views.ListingStatusChange.as_view(), name="listing-status"),
]
