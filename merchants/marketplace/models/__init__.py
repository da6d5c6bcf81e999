from merchants.marketplace.models.categories import Category, CategoryName
from merchants.marketplace.models.channels import SalesChannel
from merchants.marketplace.models.postcodes import PostcodeArea

__all__ = ["Category", "CategoryName", "PostcodeArea", "SalesChannel"]
