"""Who may do what: one map, which the doorkeeper asks and `shop/staff/roles/` shows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Permission(models.TextChoices):
    """What pages, API resources and admin views ask for."""

    PRODUCTS_VIEW = "products:read", _("See products")
    PRODUCTS_EDIT = "products:write", _("Create and change products")
    PRICES_VIEW = "prices:read", _("See prices")
    PRICES_EDIT = "prices:write", _("Set prices")
    STOCK_VIEW = "stock:read", _("See stock")
    STOCK_EDIT = "stock:write", _("Receive, count and correct stock")
    ORDERS_VIEW = "orders:read", _("See orders")
    ORDERS_MANAGE = "orders:write", _("Change and cancel orders")
    REFUNDS_ISSUE = "refunds:write", _("Give buyers money back")
    BUYERS_REVEAL = "buyers:reveal", _("See buyers' full contact data")
    BUYERS_EDIT = "buyers:write", _("Bring in buyers and change them")
    REVIEWS_VIEW = "reviews:read", _("See product reviews")
    MONEY_VIEW = "money:read", _("See payments, balances and statements")
    STAFF_VIEW = "staff:read", _("See the staff and their roles")
    STAFF_MANAGE = "staff:write", _("Add staff and change roles")
    API_KEYS_MANAGE = "api-keys:write", _("Make and revoke API keys")
    SHOP_MANAGE = "shop:write", _("Plan when the shop is closed")
    ACTIVITY_VIEW = "activity:read", _("See what was done and by whom")
    JOBS_VIEW = "jobs:read", _("See exports and other jobs")
    JOBS_MANAGE = "jobs:write", _("Stop and resume jobs")
    WORK_VIEW = "work:read", _("See what is to be done")
    WORK_MANAGE = "work:write", _("Take on and close what is to be done")
    VIEWS_SHARE = "views:write", _("Save views of lists for everybody")
    PLATFORM_VIEW = "platform:read", _("See the platform and all its merchants")
    PLATFORM_MANAGE = "platform:write", _("Change the platform's categories, channels and people")
    PLATFORM_MONEY = "platform:money", _("Announce commissions; hold, credit and debit merchants' money")
    IMPORTS_VIEW = "imports:read", _("See marketplace imports")


class Role(models.TextChoices):
    """What a person is for a merchant; several may be held at once."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    CATALOG = "catalog", pgettext_lazy("role", "Catalog")
    PRICING = "pricing", _("Pricing")
    PROMOTIONS = "promotions", _("Promotions")
    WAREHOUSE = "warehouse", _("Warehouse")
    FULFILLMENT = "fulfillment", _("Fulfillment")
    SUPPORT = "support", _("Support")
    ANALYST = "analyst", _("Analyst")
    COMPLIANCE = "compliance", _("Compliance")
    FINANCE = "finance", _("Finance")
    READ_ONLY = "read-only", _("Read only")


class PlatformRole(models.TextChoices):
    """What a person is for the operator: a membership of the merchant `platform`."""

    REVIEWER = "platform-reviewer", _("Platform reviewer")
    SUPPORT = "platform-support", _("Platform support")
    RISK = "platform-risk", _("Platform risk")
    FINANCE = "platform-finance", _("Platform finance")
    SUPERADMIN = "superadmin", _("Superadmin")


P = Permission
SHOP = frozenset(p for p in P if not p.value.startswith(("platform:", "imports:")))
# no key makes keys, or people, or closes the shop
KEY_SCOPES = SHOP - {P.STAFF_MANAGE, P.API_KEYS_MANAGE, P.VIEWS_SHARE, P.SHOP_MANAGE}
LOOKING = frozenset(p for p in SHOP if p.value.endswith(":read")) - {P.MONEY_VIEW, P.STAFF_VIEW}
SEEING = frozenset({P.JOBS_VIEW, P.WORK_VIEW})  # whoever works for a shop
DOING = SEEING | {P.JOBS_MANAGE, P.WORK_MANAGE}

ROLE_PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.OWNER: SHOP,
    Role.MANAGER: SHOP - {P.STAFF_MANAGE, P.API_KEYS_MANAGE},
    Role.CATALOG: LOOKING - {P.ORDERS_VIEW} | {P.PRODUCTS_EDIT} | DOING,
    Role.PRICING: LOOKING - {P.ORDERS_VIEW} | {P.PRICES_EDIT} | DOING,
    Role.PROMOTIONS: LOOKING - {P.ORDERS_VIEW} | DOING,
    Role.WAREHOUSE: frozenset({P.PRODUCTS_VIEW, P.ORDERS_VIEW, P.STOCK_VIEW, P.STOCK_EDIT}) | DOING,
    Role.FULFILLMENT: DOING
    | {P.STOCK_VIEW, P.PRODUCTS_VIEW, P.ORDERS_VIEW, P.ORDERS_MANAGE, P.BUYERS_REVEAL, P.ACTIVITY_VIEW},
    Role.SUPPORT: LOOKING | {P.ORDERS_MANAGE, P.REFUNDS_ISSUE, P.BUYERS_REVEAL, P.BUYERS_EDIT} | DOING,
    Role.ANALYST: LOOKING | {P.MONEY_VIEW},
    Role.COMPLIANCE: LOOKING | {P.STAFF_VIEW},
    Role.FINANCE: DOING
    | {P.REFUNDS_ISSUE, P.ORDERS_VIEW, P.PRICES_VIEW, P.PRODUCTS_VIEW, P.MONEY_VIEW, P.ACTIVITY_VIEW},
    Role.READ_ONLY: LOOKING,
    PlatformRole.REVIEWER: frozenset({P.PLATFORM_VIEW}),
    PlatformRole.SUPPORT: frozenset({P.PLATFORM_VIEW}),
    PlatformRole.RISK: frozenset({P.PLATFORM_VIEW}),
    PlatformRole.FINANCE: frozenset({P.PLATFORM_VIEW, P.PLATFORM_MONEY, P.IMPORTS_VIEW}),
    PlatformRole.SUPERADMIN: frozenset({P.PLATFORM_VIEW, P.PLATFORM_MANAGE, P.PLATFORM_MONEY, P.IMPORTS_VIEW}),
}


def granted(roles) -> frozenset[Permission]:
    """The permissions of all roles together; a role that is not in the map grants nothing."""
    return frozenset().union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles))
