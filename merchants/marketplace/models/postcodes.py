from django.db import models


class PostcodeArea(models.Model):
    """Where a postcode or its prefix lies: the median of `samples` points, WGS 84 degrees."""

    country = models.CharField(max_length=2)
    prefix = models.CharField(max_length=12)
    latitude = models.DecimalField(max_digits=9, decimal_places=6)
    longitude = models.DecimalField(max_digits=9, decimal_places=6)
    samples = models.PositiveIntegerField()
    city = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "prefix"], name="one_area_per_postcode")]

    def __str__(self):
        return f"{self.country} {self.prefix}"
