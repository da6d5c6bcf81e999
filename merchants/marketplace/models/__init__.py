from merchants.marketplace.models.categories import Category, CategoryName
from merchants.marketplace.models.channels import SalesChannel
from merchants.marketplace.models.commissions import CommissionRule, CommissionSchedule
from merchants.marketplace.models.postcodes import PostcodeArea

__all__ = ["Category", "CategoryName", "CommissionRule", "CommissionSchedule", "PostcodeArea", "SalesChannel"]
