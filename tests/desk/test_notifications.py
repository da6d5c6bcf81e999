from smtplib import SMTPException

import pytest
from django.core import mail

from config.kernel import scope
from config.kernel.actors import Actor
from merchants.desk.models import Notification
from merchants.desk.services import jobs, notifications, work_items
from merchants.desk.states import JobStatus
from tests.factories.desk import make_job, make_work_item

SYSTEM = Actor("system")


def send() -> int:
    with scope.acting_for_nobody():
        return notifications.send_mails()


def letters() -> list[str]:
    return list(Notification.objects.order_by("pk").values_list("mail", flat=True))


def test_who_is_given_something_is_told_once_and_gets_one_letter(acting, olive, sam, now):
    item = make_work_item()
    for owner in (olive, sam, olive):
        work_items.assign(item=item, owner=owner, by=SYSTEM, now=now)

    assert letters() == ["due", "due"]
    assert (send(), send()) == (2, 0)
    assert letters() == ["sent", "sent"]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["olive@acme.example", "sam@acme.example"]
    assert mail.outbox[0].subject == "Acme: A job keeps ending its worker: resume it or find out why"


def test_nobody_is_told_what_they_took_on_themselves(acting, olive, now):
    work_items.assign(item=make_work_item(), owner=olive, by=Actor(f"user:{olive.pk}"), now=now)
    assert letters() == []


def test_who_wants_no_letters_is_told_on_the_page_only(acting, olive, now):
    notifications.choose(person=olive, wants_mail=False)
    work_items.assign(item=make_work_item(), owner=olive, by=SYSTEM, now=now)
    assert (letters(), send(), mail.outbox) == (["not_wanted"], 0, [])


def test_a_letter_that_cannot_be_sent_is_marked(acting, olive, now, monkeypatch):
    def refuse(*args):
        raise SMTPException("full")

    monkeypatch.setattr(notifications, "send_mail", refuse)
    work_items.assign(item=make_work_item(), owner=olive, by=SYSTEM, now=now)
    assert (send(), letters()) == (0, ["failed"])


def test_whoever_asked_for_a_job_hears_that_it_was_parked(acting, olive, now):
    for starter in (f"user:{olive.pk}", "system", "user:999999"):
        job = make_job(status=JobStatus.RUNNING, started_by=starter)
        jobs.end(job, to=JobStatus.PARKED, by=SYSTEM, now=now)
    assert [told.person for told in Notification.objects.select_related("person")] == [olive]


def test_a_person_reads_their_own_and_chooses_letters(acme, olive, sam, client_for, now):
    with scope.acting_for(acme):
        for owner in (olive, sam):
            work_items.open(kind=jobs.PARKED, about=f"job:{owner.pk}", owner=owner, by=SYSTEM, now=now)
    browser = client_for(sam)

    def shown(query=""):
        return [told.person for told in browser.get(f"/m/acme/notifications/{query}").context["index"].rows]

    assert shown("?unread=yes") == [sam]
    assert browser.post("/m/acme/notifications/reading/").status_code == 302
    assert (shown("?unread=yes"), shown()) == ([], [sam])
    assert browser.post("/m/acme/notifications/mail/", {}).status_code == 302
    assert browser.get("/m/acme/notifications/").context["wants_mail"] is False
    with scope.acting_for(acme):
        assert Notification.objects.filter(person=olive, read_at=None).count() == 1


@pytest.mark.parametrize("wanted", [True, False])
def test_the_sweep_wakes_for_letters_that_wait(
    acting, olive, now, wanted, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    notifications.choose(person=olive, wants_mail=wanted)
    work_items.assign(item=make_work_item(), owner=olive, by=SYSTEM, now=now)
    monkeypatch.setattr(notifications.wake, "_send", lambda *message: sent.append(message))
    with django_capture_on_commit_callbacks(execute=True):
        notifications.wake_for_mails()
    assert sent == [(notifications.SEND_MAILS, "celery", {})] * wanted
