"""A resource of the API: what may be asked of one address, and the scope that each of it takes."""

import re
from contextlib import suppress
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, MethodNotAllowed, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.views import APIView

from config.kernel import clock
from config.kernel.actors import Actor
from config.kernel.api import bodies, idempotency, limits, lists, problems, quick
from config.kernel.api.fields import In, Out, written_list
from config.kernel.api.lists import Listing
from config.kernel.api.problems import NoIdempotencyKey, NoIfMatch, Stale
from config.kernel.api.schema import ApiSchema
from config.kernel.errors import ChangedMeanwhile, DomainError

MOST = 1_000  # items of a bulk call
REFUSALS = (DomainError, APIException, Http404, PermissionDenied)
READS = ("get", "head")
VERSION = re.compile("[0-9]{1,9}")


class Resource(APIView):
    """One address. What it defines is what it can: `rows` (a list) or `row` (GET), `create` (POST), `change` (PATCH).

    `reads` and `writes` are the scopes of looking and of acting. `input`, `changes` and `output` say what is sent and
    answered. Where money or stock moves it is `idempotent`: without an Idempotency-Key nothing is done. `answers` is
    the status of a POST: 201 made, 200 done, 202 begun; `answers_again` is another that `create` may choose, for what
    stands already. `item` is the route by which a row is found again, with its public id; `is_file` says that a GET
    answers with one, `takes_file` that the body of a POST is one, `heeds_match` that a POST may have an If-Match.
    `pointers` lead from fields of refusals to places in the body. The doorkeeper has set `request.actor`,
    `request.merchant` and `request.credential` and entered the merchant's scope.
    """

    HOOKS = {"get": ("rows", "row"), "post": ("create",), "patch": ("change",)}

    reads: str
    writes: str
    input: type[In] | None = None
    changes: type[In] | None = None
    output: type[Out]
    listing: Listing | None = None
    idempotent = False
    answers = 201
    answers_again: int | None = None
    item = ""
    is_file, kind = False, "text/csv"
    takes_file = heeds_match = False
    pointers: dict[str, str] = {}

    authentication_classes = permission_classes = throttle_classes = []
    parser_classes, renderer_classes = [bodies.Body], [JSONRenderer]
    schema = ApiSchema()
    limit_headers: dict[str, str] = {}
    actor: Actor
    now: datetime

    def __init_subclass__(cls, abstract=False, **kwargs):
        super().__init_subclass__(**kwargs)
        if abstract:
            return
        methods = [verb for verb, hooks in cls.HOOKS.items() if any(hasattr(cls, hook) for hook in hooks)]
        for needed in {"reads" if method in READS else "writes" for method in methods}:
            if not getattr(cls, needed, None):
                raise ImproperlyConfigured(f"{cls.__qualname__} does not say which scope its {needed} need")
        if "get" in methods and hasattr(cls, "rows") and not cls.listing:
            raise ImproperlyConfigured(f"{cls.__qualname__} does not say what its list can")
        cls.http_method_names = [*methods, *(["head"] if "get" in methods else [])]

    def load(self, **kwargs) -> None:
        """Find what the address is about; a missing thing is Http404, and so is one of another merchant."""

    def ready(self, rows: list) -> list:
        """Add to rows what the output needs of other tables: one query each, not one a row."""
        return rows

    def filters(self):
        """The FilterSet of the list, where it depends on who asks."""
        return self.listing.filterset

    # ---------------------------------------------------------------- the way of a request

    def initial(self, request, *args, **kwargs):
        self.actor, self.merchant, self.now = request.actor, request.merchant, clock.now()
        self.context, self.serializers = {"merchant": self.merchant, "named": {}}, {}
        request.accepted_renderer, request.accepted_media_type = JSONRenderer(), bodies.JSON
        method = request.method.lower()
        if method not in self.http_method_names:
            raise MethodNotAllowed(request.method)
        needed = self.reads if method in READS else self.writes
        if not self.actor.can(needed):
            raise PermissionDenied(needed)
        self.charge(1)
        self.take_in()
        self.load(**kwargs)

    def take_in(self) -> None:
        bodies.take_in(self.request)

    def charge(self, cost: int) -> None:
        taken = limits.take(limits.buckets(credential=self.request.credential, merchant=self.merchant.pk), cost=cost)
        self.limit_headers = taken.headers if taken else {}
        limits.refuse_if_over(taken)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        for name, value in self.limit_headers.items():
            response[name] = value
        return response

    def get_exception_handler(self):
        return problems.refuse

    # ---------------------------------------------------------------- looking

    def get(self, request, **_):
        if self.listing:
            return self.page(request.query_params)
        self.refuse_parameters(request.query_params)
        response = self.shown(self.row(), status=200)
        if (tag := response.get("ETag")) and tag in _tags(request.headers.get("If-None-Match", "")):
            return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": response["Cache-Control"]})
        return response

    def page(self, query: QueryDict) -> HttpResponse:
        found = lists.page(query, self.rows(), of=self.listing, filterset=self.filters())
        return bodies.answer({"data": written_list(self.output, self.ready(found.rows)), "next": found.after})

    def shown(self, row, *, status: int) -> HttpResponse:
        (ready,) = self.ready([row])
        headers = {"ETag": f'"{row.version}"'} if hasattr(row, "version") else {}
        if self.item and status in (201, 202):
            headers["Location"] = reverse(self.item, args=[row.public_id])
        return bodies.answer(self.output.written(ready), status=status, headers=headers)

    # ---------------------------------------------------------------- acting

    def post(self, request, **_):
        return self.once(self.created)

    def created(self) -> HttpResponse:
        return self.shown(self.create(self.validated(self.input, self.request.data)), status=self.answers)

    def patch(self, request, **_):
        version = self.expected_version()
        return self.once(lambda: self.changed(version))

    def changed(self, version: int) -> HttpResponse:
        sent = self.validated(self.changes, self.request.data, partial=True)
        try:
            return self.shown(self.change(sent, version), status=200)
        except ChangedMeanwhile:
            raise stale() from None

    def once(self, act) -> HttpResponse:
        """Do it under its Idempotency-Key, where it has one: refusals are answers too then, and are kept."""
        self.refuse_parameters(self.request.query_params)
        key = idempotency.key_of(self.request)
        if key is None and self.idempotent:
            raise NoIdempotencyKey(_("Send an Idempotency-Key: this moves money or goods."))
        if key is None:
            return act()
        return idempotency.once(self.request, key=key, now=self.now, act=lambda: self.settled(act))

    def settled(self, act) -> HttpResponse:
        try:
            with transaction.atomic():
                return act()
        except REFUSALS as refusal:
            return problems.refuse(refusal, {"view": self})

    def validated(self, serializer: type[In] | None, sent, *, partial: bool = False) -> dict:
        """Raises ValidationError (400), whose errors lead to the fields."""
        of = serializer or In
        if not partial:
            with suppress(quick.NotPlain):
                return quick.reader(of)(sent, self.context)
        if of not in self.serializers:  # a bulk call reads a thousand by the same
            self.serializers[of] = of(partial=partial, context=self.context)
        return dict(self.serializers[of].run_validation(sent))

    def expected_version(self) -> int:
        """What the sender saw, by If-Match. Raises NoIfMatch (428) without one, Stale (412) for none of ours."""
        sent = self.request.headers.get("If-Match")
        if sent is None:
            raise NoIfMatch(_("Send the ETag that you have seen as If-Match."))
        versions = [tag.strip('"') for tag in _tags(sent)]
        if len(versions) != 1 or not VERSION.fullmatch(versions[0]):
            raise stale()
        return int(versions[0])

    def refuse_parameters(self, query: QueryDict) -> None:
        lists.refuse_unknown(query, ())


class Bulk(Resource, abstract=True):
    """Up to 1,000 items of a list in one call: `class ProductsInBulk(Bulk, Products)`.

    Each item is done or refused by itself and has its answer, in the order in which they were sent; each costs what a
    call of its own would.
    """

    HOOKS = {"post": ("create",)}
    answers, one_answers = 200, 201
    listing = None

    def post(self, request, **_):
        items = self.items(request.data)
        if len(items) > 1:
            self.charge(len(items) - 1)
        return self.once(lambda: self.all(items))

    def items(self, sent) -> list:
        """Raises ValidationError."""
        items = sent.get("items") if isinstance(sent, dict) and sent.keys() == {"items"} else None
        if not isinstance(items, list):
            raise ValidationError({"items": [_("Send a list of “items” and nothing else.")]}, code="invalid")
        if not 1 <= len(items) <= MOST:
            raise ValidationError(
                {"items": [_("Send 1 to %(most)s items at once.") % {"most": MOST}]}, code="too_many_items"
            )
        return items

    def all(self, items: list) -> HttpResponse:
        return self.answered([self.one(place, item) for place, item in enumerate(items)])

    def answered(self, done: list[tuple[object, dict | None]]) -> HttpResponse:
        """Of each item its row, or why there is none."""
        rows = [row for row, problem in done if problem is None]
        written = iter(written_list(self.output, self.ready(rows)))
        results = [
            {"status": problem["status"], "problem": problem} if problem
            else {"status": self.status_of(row), "body": next(written)}
            for row, problem in done
        ]  # fmt: skip
        return bodies.answer({"done": len(rows), "refused": len(done) - len(rows), "results": results})

    def status_of(self, row) -> int:
        return self.one_answers

    def one(self, place: int, item) -> tuple[object, dict | None]:
        try:
            with transaction.atomic():
                return self.create(self.validated(self.input, item)), None
        except REFUSALS as refusal:
            return None, problems.told(refusal, at=f"/items/{place}", pointers=self.pointers)


def stale() -> Stale:
    return Stale(_("It was changed meanwhile. Read it again and send its new ETag."))


def _tags(header: str) -> list[str]:
    """The entity tags of a header; a weak one is as good, for ours change with every change."""
    return [tag.strip().removeprefix("W/") for tag in header.split(",") if tag.strip()]
