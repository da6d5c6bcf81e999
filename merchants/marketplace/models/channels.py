from django.db import models

from config.kernel.money import CurrencyField


class SalesChannel(models.Model):
    """A place where goods are sold, in one currency."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    currency = CurrencyField()
    is_open = models.BooleanField(default=True)

    def __str__(self):
        return self.name
