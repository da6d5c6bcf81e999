"""What the operator did to what it offers; these are the platform's own facts."""

from dataclasses import dataclass

from config.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CategoryEvent(Event):
    name = "marketplace.category"
    code: str

    @property
    def about(self):
        return f"category:{self.code}"


@dataclass(frozen=True, kw_only=True)
class CategoryAdded(CategoryEvent):
    name = "marketplace.category.added"


@dataclass(frozen=True, kw_only=True)
class CategoryRenamed(CategoryEvent):
    """In some language, or opened or closed."""

    name = "marketplace.category.renamed"
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class ChannelEvent(Event):
    name = "marketplace.channel"
    code: str

    @property
    def about(self):
        return f"channel:{self.code}"


@dataclass(frozen=True, kw_only=True)
class ChannelAdded(ChannelEvent):
    name = "marketplace.channel.added"


@dataclass(frozen=True, kw_only=True)
class ChannelRenamed(ChannelEvent):
    """Or opened or closed."""

    name = "marketplace.channel.renamed"
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class CommissionAnnounced(Event):
    """`starts_at` as ISO 8601; `rules` is how many there are."""

    name = "marketplace.commission.announced"
    code: str
    starts_at: str
    rules: int

    @property
    def about(self):
        return f"commission-schedule:{self.code}"
