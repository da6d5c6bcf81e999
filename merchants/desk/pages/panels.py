"""What the desk adds to the frame of every page."""

from django.urls import reverse

from config.kernel import clock
from merchants.desk import screens, selectors


def tray(*, request) -> dict:
    """The acting person's jobs that go, and those that ended a moment ago."""
    now = clock.now()
    jobs = selectors.jobs_in_hand(of=request.actor, now=now)
    for job in screens.running(jobs, now=now):
        job.merchant = request.merchant  # so that its address asks nobody
    return {
        "jobs": jobs, "going": sum(map(screens.is_going, jobs)),
        "jobs_url": reverse("desk:jobs", args=[request.merchant.slug]),
    }  # fmt: skip


def jobs_panel(*, request) -> dict:
    """The jobs of everybody in the shop that go."""
    jobs = selectors.jobs_going()
    for job in screens.running(jobs, now=clock.now()):
        job.merchant = request.merchant
    return {"jobs": jobs, "jobs_url": reverse("desk:jobs", args=[request.merchant.slug])}


def help_panel(*, request) -> dict:
    return {"help_url": reverse("desk:help", args=[request.merchant.slug])}


def search_panel(*, request) -> dict:
    return {"search_url": reverse("desk:search", args=[request.merchant.slug])}
