"""How a seal can fail to hold."""

from django.db import models


class SealFault(models.TextChoices):
    """The labels go on after “Seal 7”."""

    CHAIN = "chain", "does not follow the seal before it: one in between was removed, or the chain drawn anew"
    SEAL = "seal", "was itself changed, or made with another key"
    MISSING = "missing", "covers more facts than there are: some were deleted"
    ADDED = "added", "covers fewer facts than there are: some were inserted"
    ORDER = "order", "covers facts that were renumbered or put in another order"
    CHANGED = "changed", "covers facts that were changed"
