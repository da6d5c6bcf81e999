"""Answers to requests with an Idempotency-Key."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from config.kernel import scope
from config.kernel.api.idempotency import Answer
from merchants.accounts.models import Merchant
from merchants.activity.models import KeptAnswer

KEPT = timedelta(days=30)
AT_ONCE = 5_000


def find(*, credential: int, key: str) -> Answer | None:
    kept = KeptAnswer.objects.filter(credential=credential, key=key).first()
    return kept and Answer(kept.digest, kept.status, kept.headers, kept.content)


def keep(*, credential: int, key: str, answer: Answer, now: datetime) -> None:
    """In the transaction of what is answered."""
    KeptAnswer.objects.create(
        credential_id=credential, key=key, digest=answer.digest, status=answer.status, headers=answer.headers,
        content=answer.body, made_at=now,
    )  # fmt: skip


def forget(*, now: datetime) -> int:
    """Forget what was answered thirty days ago, some thousands at a time; say how many."""
    with scope.across_merchants(because="the answers of all merchants grow old"):
        old = KeptAnswer.objects.filter(made_at__lt=now - KEPT).order_by("made_at")[:AT_ONCE]
        found = defaultdict(list)
        for pk, merchant in old.values_list("pk", "merchant"):
            found[merchant].append(pk)
    for merchant in Merchant.objects.filter(pk__in=found).order_by("pk"):
        _forget(merchant, keys=found[merchant.pk])
    return sum(map(len, found.values()))


@transaction.atomic
def _forget(merchant: Merchant, *, keys: list[int]) -> None:
    with scope.acting_for(merchant):
        KeptAnswer.objects.filter(pk__in=keys).delete()
