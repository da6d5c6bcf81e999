"""What the desk adds to the frame of every page."""

from django.urls import reverse

from config.kernel import clock
from merchants.desk import screens, selectors


def tray(*, request) -> dict:
    """The acting person's jobs that go, and those that ended a moment ago."""
    now = clock.now()
    jobs = selectors.jobs_in_hand(of=request.actor, now=now)
    for job in jobs:
        job.merchant = request.merchant  # so that its address asks nobody
        job.label, job.progress = screens.label(job), screens.progress(job, now=now)
    return {
        "jobs": jobs, "going": sum(map(screens.is_going, jobs)),
        "jobs_url": reverse("desk:jobs", args=[request.merchant.slug]),
    }  # fmt: skip
