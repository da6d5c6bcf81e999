"""The first page of a shop: what is due, what comes next, how the day goes."""

from django.urls import reverse

from config.kernel import dayline, queues, slots
from config.kernel.deadlines import SOON
from config.kernel.pages import Page
from config.templatetags.ui import span
from merchants.accounts.permissions import Permission
from merchants.desk import screens

SHOWN = 10


class Home(Page):
    """Asked for again by htmx it answers with what changes, without the frame."""

    needs = Permission.WORK_VIEW
    template_name = "desk/home.html"

    def load(self):
        mine = self.request.GET.get("mine") == "yes"
        self.asked = queues.Asked(self.actor, self.request.user, self.merchant, self.now, mine)
        if self.request.headers.get("HX-Target") == "home-main":
            self.template_name = "desk/_home.html"

    def context(self):
        asked, zone, here = self.asked, self.merchant.zone, reverse("shop", args=[self.merchant.slug])
        found = queues.queues(asked)
        matrix = screens.matrix([row for queue in found for row in queue.rows(asked)])
        entries = [entry for queue in found for entry in queue.entries(asked, SHOWN)]
        marks = [mark for queue in found for mark in queue.marks(asked)]
        line = dayline.place(marks, now=self.now, zone=zone, soon=SOON)
        upcoming = next(iter(line.marks), None)
        return {
            "greeting": screens.greeting(self.now, zone=zone, name=self.actor.name), "now": self.now, "line": line,
            "matrix": matrix, "total": sum(each["total"] for each in matrix),
            "entries": [
                (entry, entry.chip or screens.chip(entry.at, now=self.now, zone=zone))
                for entry in sorted(entries, key=_nearest)[:SHOWN]
            ],
            "upcoming": upcoming, "left": span(upcoming.at - self.now) if upcoming else "",
            "live": [*self._panels("desk.home.live"), *self._panels("desk.home.jobs")],
            "aside": [] if self.template_name == "desk/_home.html" else self._panels("desk.home"),
            "mine": asked.mine, "here": here,
        }  # fmt: skip

    def _panels(self, slot: str) -> list[str]:
        return slots.render(slot, request=self.request)


def _nearest(entry: queues.Entry):
    """What has no deadline comes after what has one."""
    return (entry.at is None, entry.at or entry.since, entry.key)
