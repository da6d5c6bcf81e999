"""`manage.py check_ledger`: whether every cent of every merchant adds up."""

from django.core.management.base import BaseCommand, CommandError

from config.kernel import scope
from merchants.accounts.models import Merchant
from merchants.money.selectors import faults


class Command(BaseCommand):
    help = "Check that the ledger balances and that commissions, holds and statements are what it says; else exit 1."

    def handle(self, *args, **options):
        with scope.across_merchants(because="the books of all merchants are checked"):
            found = list(faults.faults())
        slugs = dict(Merchant.objects.values_list("pk", "slug"))
        for fault in found:
            whose = slugs.get(fault.merchant_id, fault.merchant_id)
            self.stderr.write(f"{fault.check.key}: {fault.check.says}: {whose}, {fault.what}: {fault.how}")
        if found:
            raise CommandError(f"{len(found)} rows are wrong.")
        self.stdout.write(f"The books balance: {len(faults.CHECKS)} checks, nothing wrong.")
