from catalog.models.listings import Listing
from catalog.models.pictures import ProductPicture
from catalog.models.products import Product, ProductWord, Variant

__all__ = ["Listing", "Product", "ProductPicture", "ProductWord", "Variant"]
