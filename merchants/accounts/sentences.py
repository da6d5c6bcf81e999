"""How the facts of people and merchants read; `person` is the name behind the number that a fact keeps."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Payload, Sentence, label, listed
from merchants.accounts import events
from merchants.accounts.permissions import PlatformRole, Role


def _added(fact: Payload) -> str:
    return _("%(person)s joined as %(roles)s") % {"person": fact["person"], "roles": _roles(fact["roles"])}


def _roles_changed(fact: Payload) -> str:
    known = {"person": fact["person"], "before": _roles(fact["before"]), "after": _roles(fact["after"])}
    return _("Roles of %(person)s changed from %(before)s to %(after)s") % known


def _roles(codes) -> str:
    return listed(label(Role if code in Role.values else PlatformRole, code) for code in codes)


def _buyer_changed(fact: Payload) -> str:
    return _("Buyer changed: %(fields)s") % {
        "fields": listed(str(BUYER_FIELDS.get(each, each)) for each in fact["fields"])
    }


BUYER_FIELDS = {
    "name": __("name"), "phone": __("phone"), "street": __("street"), "city": __("city"), "region": __("region"),
    "postcode": __("postcode"), "country": __("country"),
}  # fmt: skip
SENTENCES = {
    events.MerchantOpened: Sentence(__("Shop opened"), "store"),
    events.MemberAdded: Sentence(_added, "user-plus"),
    events.MemberRolesChanged: Sentence(_roles_changed, "key-round"),
    events.MemberRemoved: Sentence(__("%(person)s was removed from the staff"), "user"),
    events.CredentialIssued: Sentence(__("API key %(prefix)s… was made"), "key-round"),
    events.CredentialRevoked: Sentence(__("API key %(prefix)s… was revoked"), "key-round"),
    events.PersonErased: Sentence(__("The account of %(person)s was erased: %(because)s"), "scissors"),
    events.BuyerAdded: Sentence(__("Buyer added"), "user-plus"),
    events.BuyerChanged: Sentence(_buyer_changed, "pencil"),
    events.BuyerRemoved: Sentence(__("Buyer removed: the import was undone"), "trash-2"),
    events.BuyerErased: Sentence(__("A buyer's data was erased: %(because)s"), "scissors"),
}
