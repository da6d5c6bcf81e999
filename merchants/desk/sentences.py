"""How the facts of the desk read."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel import changes, duties, imports, jobs
from config.kernel.sentences import Payload, Sentence, label
from merchants.desk import events
from merchants.desk.states import ImportStatus, JobStatus


def _about_job(text: str):
    return lambda fact: str(text) % {"job": _kind(fact)}


def _kind(fact: Payload) -> str:
    kind = jobs.kind(fact["kind"])
    return str(kind.label) if kind else fact["kind"]


def _ended(fact: Payload) -> str:
    return _("%(job)s: %(status)s") % {"job": _kind(fact), "status": label(JobStatus, fact["status"])}


def _about_duty(text: str):
    return lambda fact: str(text) % {"duty": _duty(fact), "before": fact.get("before"), "after": fact.get("after")}


def _duty(fact: Payload) -> str:
    kind = duties.kind(fact["duty"])
    return str(kind.label) if kind else fact["duty"]


def _assigned(fact: Payload) -> str:
    if fact["user_id"] is None:
        return _("Nobody has the task any more")
    return _("%(person)s took the task on") % {"person": fact["person"]}


STEPS = {
    "check": __("Check of the file asked for"),
    "take": __("Import of the file asked for"),
    "undo": __("Undoing asked for"),
}


def _received(fact: Payload) -> str:
    known = imports.kind(fact["kind"])
    told = _("A file was sent: %(kind)s, %(lines)s lines")
    return told % {"kind": known.label if known else fact["kind"], "lines": fact["lines"]}


def _import_ended(fact: Payload) -> str:
    told = _("%(status)s: %(created)s new, %(changed)s changed, %(unchanged)s unchanged, %(rejected)s rejected")
    counts = {name: fact[name] for name in ("created", "changed", "unchanged", "rejected")}
    return told % {"status": label(ImportStatus, fact["status"]), **counts}


def _about_change(text: str):
    def tell(fact: Payload) -> str:
        kind = changes.kind(fact["kind"])
        counts = {name: fact.get(name) for name in ("changed", "kept", "undone", "rows")}
        return str(text) % {"change": kind.label if kind else fact["kind"], **counts}

    return tell


SENTENCES = {
    events.ChangePrepared: Sentence(_about_change(__("%(change)s: looked at, nothing done yet")), "eye"),
    events.ChangeStarted: Sentence(_about_change(__("%(change)s: begun for %(rows)s rows")), "play"),
    events.ChangeApplied: Sentence(_about_change(__("%(change)s: %(changed)s changed, %(kept)s left")), "check"),
    events.ChangeUndone: Sentence(_about_change(__("%(change)s: %(undone)s undone, %(kept)s left")), "undo-2"),
    events.ChangeForgotten: Sentence(_about_change(__("%(change)s: can no longer be undone")), "trash-2"),
    events.ImportFileReceived: Sentence(_received, "upload"),
    events.ImportColumnsChosen: Sentence(__("The columns of the file were chosen"), "pencil"),
    events.ImportStarted: Sentence(lambda fact: str(STEPS.get(fact["step"], fact["step"])), "play"),
    events.ImportEnded: Sentence(_import_ended, "circle-check"),
    events.ImportForgotten: Sentence(__("The rejected lines and what an undoing needs were removed"), "trash-2"),
    events.JobQueued: Sentence(_about_job(__("%(job)s was asked for")), "loader"),
    events.JobStopAsked: Sentence(_about_job(__("%(job)s was told to stop")), "pause"),
    events.JobResumed: Sentence(_about_job(__("%(job)s was resumed")), "play"),
    events.JobEnded: Sentence(_ended, "circle-check"),
    events.JobExpired: Sentence(_about_job(__("%(job)s was removed after its time")), "trash-2"),
    events.DutyPaused: Sentence(_about_duty(__("The duty “%(duty)s” was paused")), "pause"),
    events.DutyResumed: Sentence(_about_duty(__("The duty “%(duty)s” was resumed")), "play"),
    events.DutyAskedFor: Sentence(_about_duty(__("The duty “%(duty)s” was run by hand")), "refresh-cw"),
    events.DutyCadenceChanged: Sentence(
        _about_duty(__("The duty “%(duty)s” is due every %(after)s s instead of every %(before)s s")), "timer"
    ),
    events.ViewSaved: Sentence(
        lambda fact: _("A view was saved for everybody") if fact["is_shared"] else _("A view was saved"), "bookmark"
    ),
    events.ViewChanged: Sentence(__("A view was changed"), "bookmark"),
    events.ViewRemoved: Sentence(__("A view was deleted"), "trash-2"),
    events.WorkItemOpened: Sentence(__("A task was opened"), "list-checks"),
    events.WorkItemAssigned: Sentence(_assigned, "hand"),
    events.WorkItemClosed: Sentence(__("A task was closed: %(why)s"), "check"),
    events.WorkItemReopened: Sentence(__("A task was opened again"), "undo-2"),
}
