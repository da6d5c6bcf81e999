"""The sample shops: who they are, where they sell, how they ship. All of them are made up."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from config.kernel.money import Rate


@dataclass(frozen=True)
class Channel:
    code: str
    name: str
    currency: str


OWN_EUR, MARKET_EUR = Channel("web-eur", "Web shop EUR", "EUR"), Channel("lindenmarkt", "Lindenmarkt", "EUR")
OWN_GBP, MARKET_GBP = Channel("web-gbp", "Web shop GBP", "GBP"), Channel("quayside", "Quayside Market", "GBP")
OWN_CNY, MARKET_CNY = Channel("web-cny", "自营商城", "CNY"), Channel("shiguang", "拾光集市", "CNY")


@dataclass(frozen=True)
class Shop:
    """`mark` begins its codes and numbers; freight is `freight_minor` below `free_from_minor` and nothing above."""

    slug: str
    name: str
    mark: str
    number: int
    language: str
    currency: str
    timezone: str
    country: str
    place: tuple[str, str, str]  # city, region, postcode
    channels: tuple[Channel, Channel]
    carriers: tuple[str, ...]
    tax: Rate  # of the price, in which it is contained
    freight_minor: int
    free_from_minor: int
    ship_within: int  # hours
    deliver_within: int  # days
    paydays: tuple[int, ...]  # days of the month on which people are paid
    orders: int  # in a year
    closed_for: int = 0  # days: since then it takes no orders, for it is suspended or on vacation

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


ACME = Shop(
    "acme", "Acme Outfitters", "AC", 1, "en", "EUR", "Europe/Berlin", "DE", ("Berlin", "BE", "10997"),
    (OWN_EUR, MARKET_EUR), ("Kranich Parcel", "Grünpost"), Rate(159_664), 490, 5_900, 48, 6, (25, 26, 27, 28, 1), 2_400,
)  # fmt: skip
RIVAL = Shop(
    "rival", "Rival Tea & Clay", "RV", 2, "en", "GBP", "Europe/London", "GB", ("Bristol", "ENG", "BS1 4ST"),
    (OWN_GBP, MARKET_GBP), ("Lark Mail", "Tern Couriers"), Rate(166_667), 395, 4_000, 48, 5, (25, 26, 27, 28, 29),
    1_900,
)  # fmt: skip
LINHAI = Shop(
    "linhai", "临海户外", "LH", 3, "zh-hans", "CNY", "Asia/Shanghai", "CN", ("台州市", "浙江省", "317000"),
    (OWN_CNY, MARKET_CNY), ("青鸟速运", "千帆快递"), Rate(115_044), 1_200, 19_900, 48, 5, (5, 10, 11, 15, 16), 2_700,
)  # fmt: skip
BEIMU = Shop(
    "beimu", "北木家居", "BM", 4, "zh-hans", "CNY", "Asia/Shanghai", "CN", ("哈尔滨市", "黑龙江省", "150000"),
    (OWN_CNY, MARKET_CNY), ("青鸟速运", "木牛物流"), Rate(115_044), 1_800, 29_900, 72, 8, (5, 10, 11, 15, 16), 2_000,
)  # fmt: skip
INKWELL = Shop(
    "inkwell", "Inkwell & Ream", "IR", 5, "en", "GBP", "Europe/London", "GB", ("Leeds", "ENG", "LS1 4DY"),
    (OWN_GBP, MARKET_GBP), ("Lark Mail",), Rate(166_667), 295, 3_000, 48, 5, (25, 26, 27, 28, 29), 1_300, closed_for=3,
)  # fmt: skip
DOUDOU = Shop(
    "doudou", "豆豆玩具", "DD", 6, "zh-hans", "CNY", "Asia/Shanghai", "CN", ("温州市", "浙江省", "325000"),
    (OWN_CNY, MARKET_CNY), ("青鸟速运", "千帆快递"), Rate(115_044), 1_000, 9_900, 48, 5, (5, 10, 11, 15, 16), 1_500,
    closed_for=6,
)  # fmt: skip
SHOPS = [ACME, RIVAL, LINHAI, BEIMU, INKWELL, DOUDOU]
