"""What accounts announce."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MerchantEvent(Event):
    name = "accounts.merchant"
    merchant_id: str

    @property
    def about(self):
        return f"merchant:{self.merchant_id}"


@dataclass(frozen=True, kw_only=True)
class MerchantOpened(MerchantEvent):
    name = "accounts.merchant.opened"


@dataclass(frozen=True, kw_only=True)
class MemberEvent(Event):
    name = "accounts.member"
    user_id: int

    @property
    def about(self):
        return f"member:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class MemberAdded(MemberEvent):
    name = "accounts.member.added"
    roles: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberRolesChanged(MemberEvent):
    name = "accounts.member.roles_changed"
    before: list[str]
    after: list[str]


@dataclass(frozen=True, kw_only=True)
class MemberRemoved(MemberEvent):
    name = "accounts.member.removed"


@dataclass(frozen=True, kw_only=True)
class CredentialEvent(Event):
    name = "accounts.credential"
    credential_id: str
    prefix: str

    @property
    def about(self):
        return f"credential:{self.credential_id}"


@dataclass(frozen=True, kw_only=True)
class CredentialIssued(CredentialEvent):
    """`expires_at` is ISO 8601, empty for a key without an end."""

    name = "accounts.credential.issued"
    scopes: list[str]
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class CredentialRevoked(CredentialEvent):
    name = "accounts.credential.revoked"


@dataclass(frozen=True, kw_only=True)
class PersonErased(Event):
    """Kept with the platform; `because` is a file number."""

    name = "accounts.person.erased"
    user_id: int
    because: str

    @property
    def about(self):
        return f"member:{self.user_id}"


@dataclass(frozen=True, kw_only=True)
class BuyerEvent(Event):
    name = "accounts.buyer"
    buyer_id: str

    @property
    def about(self):
        return f"buyer:{self.buyer_id}"


@dataclass(frozen=True, kw_only=True)
class BuyerAdded(BuyerEvent):
    name = "accounts.buyer.added"


@dataclass(frozen=True, kw_only=True)
class BuyerChanged(BuyerEvent):
    """`fields` are the names of what changed, never what it says."""

    name = "accounts.buyer.changed"
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class BuyerRemoved(BuyerEvent):
    """The import that had brought them in was undone."""

    name = "accounts.buyer.removed"


@dataclass(frozen=True, kw_only=True)
class BuyerErased(BuyerEvent):
    name = "accounts.buyer.erased"
    because: str
