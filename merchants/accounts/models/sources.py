from django.db import models


class Sourced(models.Model):
    """A row that may have been taken over from elsewhere, found again by its natural key there."""

    source = models.CharField(max_length=40, blank=True, editable=False)
    external_id = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True


def one_per_source(*, owned: bool = True) -> models.UniqueConstraint:
    """One row per key of a source; rows of our own have none."""
    return models.UniqueConstraint(
        fields=[*(["merchant"] if owned else []), "source", "external_id"],
        condition=~models.Q(external_id=""),
        name="%(app_label)s_%(class)s_one_per_source",
    )
