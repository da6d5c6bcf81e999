"""What kinds of movements the ledger knows, and between which accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Account(models.TextChoices):
    """Where an amount stands. Above zero it is owed to whoever the account is about, below zero it is owed by them.

    All accounts are kept per merchant; those of the operator are its share in that merchant's business.
    """

    BUYERS = "buyer_clearing", _("Buyers (what they paid and got back)")
    PAYABLE = "merchant_payable", _("Merchant (payable)")
    HELD = "merchant_held", _("Merchant (held back)")
    UNCLEAR = "refund_unknown", _("Cancelled orders, refund unknown")
    COMMISSION = "commission_income", _("Operator (commission)")
    COMMISSION_TAX = "commission_tax", _("Operator (tax on commission)")
    ADJUSTMENTS = "adjustments", _("Operator (manual credits and debits)")


class Kind(models.TextChoices):
    """What a transaction is about."""

    SALE = "sale", _("Sale")
    UNCLEAR = "refund_unknown", _("Cancelled, refund unknown")
    REFUND = "refund", _("Refund")
    CREDIT = "credit", _("Manual credit")
    DEBIT = "debit", _("Manual debit")
    HOLD = "hold", _("Hold")
    RELEASE = "release", _("Release of a hold")


class Item(models.TextChoices):
    """What a line of a transaction is for."""

    SALE = "sale", _("Sales")
    REFUND = "refund", _("Refunds")
    COMMISSION = "commission", _("Commission")
    COMMISSION_TAX = "commission_tax", _("Tax on commission")
    COMMISSION_BACK = "commission_back", _("Commission given back")
    COMMISSION_TAX_BACK = "commission_tax_back", _("Tax on commission given back")
    CREDIT = "credit", _("Manual credits")
    DEBIT = "debit", _("Manual debits")
    HOLD = "hold", _("Held back")
    RELEASE = "release", _("Released")


class Bound(models.TextChoices):
    """Which limit a fee met."""

    NONE = "", _("within the limits")
    LEAST = "least", _("raised to the minimum")
    MOST = "most", _("cut to the maximum")


class AdjustmentReason(models.TextChoices):
    """Why the operator credits or debits by hand."""

    GOODWILL = "goodwill", _("Goodwill")
    CORRECTION = "correction", _("Correction")
    SERVICE_FEE = "service_fee", _("Service fee")
    PENALTY = "penalty", _("Penalty")
    SUBSIDY = "subsidy", _("Subsidy of a campaign")


class HoldReason(models.TextChoices):
    """Why money is held back."""

    IDENTITY = "identity", _("Identity or bank account not verified")
    DISPUTE = "dispute", _("Dispute with a buyer")
    RISK = "risk", _("Risk review")
    RETURNS = "returns", _("Unusually many returns")
    AUTHORITY = "authority", _("An authority asks for it")
