"""How the facts about merchants and their people read on a timeline."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from config.kernel.sentences import Sentence
from merchants.accounts.events import MemberAdded, MemberRemoved, MemberRolesChanged, MerchantOpened
from merchants.accounts.models import role_labels


def _listed(roles: Iterable[str]) -> str:
    return ", ".join(role_labels(roles))


SENTENCES = {
    MerchantOpened: Sentence(__("The shop was opened"), icon="store", tone="ok"),
    MemberAdded: Sentence(
        lambda fact: _("%(person)s was added: %(roles)s") % {"person": fact["person"], "roles": _listed(fact["roles"])},
        icon="user-plus",
    ),
    MemberRolesChanged: Sentence(
        lambda fact: _("The roles of %(person)s became: %(roles)s")
        % {"person": fact["person"], "roles": _listed(fact["after"])},
        icon="users",
    ),
    MemberRemoved: Sentence(__("%(person)s was removed from the staff"), icon="ban", tone="warn"),
}
