"""Buyers who do not exist: made-up names and streets, and telephone numbers that are kept for fiction."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random


@dataclass(frozen=True)
class Person:
    """`key` tells persons apart over all shops."""

    key: str
    name: str
    phone: str
    street: str
    city: str
    region: str
    postcode: str
    country: str


DE_GIVEN = (
    "Anneke Bastian Carla Detlef Elif Fenja Gesa Hanno Imke Jonte Kaja Levin Malte Neele Oskar Paula Rieke Sönke Tilda "
    "Ubbo Veit Wiebke Yara Zoe Arne Birte Claas Dörte Enno Frauke"
).split()
DE_FAMILY = (
    "Ackermeier Birkholt Clasing Dornbach Eckhof Fennlage Grotheer Heidbrink Immenhof Jansfeld Kestermann Lohbeck "
    "Moorkamp Niehues Ostendorp Pöhlker Quastorf Reinkoop Stubbeck Tegtmoor Uhlbrock Vossiek Wiesenhaver Zumhasch"
).split()
DE_STREETS = "Ahornweg Birkenallee Drosselgang Eschenufer Finkenstieg Ginsterweg Holunderplatz Kastanienhof".split()
# the Federal Network Agency keeps these numbers free for films and books
DE_CITIES = [
    ("Berlin", "BE", "10115", "+49 30 23125 {:03}"), ("Hamburg", "HH", "20095", "+49 40 66969 {:03}"),
    ("München", "BY", "80331", "+49 89 99998 {:03}"), ("Frankfurt am Main", "HE", "60311", "+49 69 90009 {:03}"),
    ("Köln", "NW", "50667", "+49 221 4710 {:03}"),
]  # fmt: skip

GB_GIVEN = (
    "Ailsa Barnaby Cerys Dougal Eilidh Fergus Greta Harriet Idris Juno Kit Lowri Morag Ned Orla Percy Rhona Silas "
    "Tamsin Una Verity Wilf Yasmin Zara Amrit Bryony Callum Delphine Ewan Farah"
).split()
GB_FAMILY = (
    "Applegarth Brackenbury Coldwell Dunnock Elderfield Fairweather Goldcrest Hollowell Inkpen Jessop Kittiwake "
    "Larkfield Merriweather Netherby Oakshott Penhallow Quillfeather Rookwood Sedgeley Thistlewood Underhay Wrenfield"
).split()
GB_STREETS = ("Alder Lane", "Barley Mow Road", "Chapel Rise", "Dovecote Street", "Elm Terrace", "Fuller's Yard")
# Ofcom keeps these numbers free for drama
GB_CITIES = [
    ("London", "ENG", "SE1 9XX", "+44 20 7946 0{:03}"), ("Leeds", "ENG", "LS1 9XX", "+44 113 496 0{:03}"),
    ("Bristol", "ENG", "BS1 9XX", "+44 117 496 0{:03}"), ("Manchester", "ENG", "M1 9XX", "+44 161 496 0{:03}"),
    ("Edinburgh", "SCT", "EH1 9XX", "+44 131 496 0{:03}"), ("Glasgow", "SCT", "G1 9XX", "+44 141 496 0{:03}"),
]  # fmt: skip

CN_FAMILY = "林 沈 陆 顾 苏 方 江 叶 程 白 温 简 许 冯 曾 骆 钟 陶 秦 邵"
CN_GIVEN = (
    "知夏 以安 望舒 清和 云帆 书白 念慈 景行 若棠 怀瑾 听雨 南乔 子衿 砚秋 星野 予墨 晚晴 疏影 长风 青禾 "
    "小满 照临 思齐 予宁 月桥 一苇 半夏 秋水 栖迟 牧之"
).split()
CN_STREETS = ("松荫路", "望江街", "稻香路", "竹里巷", "书院路", "杏林街", "临溪路", "明月街")
# no mobile number begins with 12
CN_CITIES = [
    ("杭州市", "浙江省", "310000", "120 0001 {:04}"), ("上海市", "上海市", "200000", "120 0002 {:04}"),
    ("成都市", "四川省", "610000", "120 0003 {:04}"), ("广州市", "广东省", "510000", "120 0004 {:04}"),
    ("武汉市", "湖北省", "430000", "120 0005 {:04}"), ("西安市", "陕西省", "710000", "120 0006 {:04}"),
    ("南京市", "江苏省", "210000", "120 0007 {:04}"), ("青岛市", "山东省", "266000", "120 0008 {:04}"),
]  # fmt: skip


@lru_cache(maxsize=4_096)
def person(number: int, *, country: str) -> Person:
    """The person with this number in a country (DE, GB, CN), always the same one."""
    chance = Random(f"person {country} {number}")
    name, street, cities = MAKERS[country](chance)
    city, region, postcode, phone = chance.choice(cities)
    return Person(f"{country.lower()}-{number:04}", name, phone.format(number), street, city, region, postcode, country)


def _german(chance: Random):
    name = f"{chance.choice(DE_GIVEN)} {chance.choice(DE_FAMILY)}"
    return name, f"{chance.choice(DE_STREETS)} {chance.randint(1, 98)}", DE_CITIES


def _british(chance: Random):
    name = f"{chance.choice(GB_GIVEN)} {chance.choice(GB_FAMILY)}"
    return name, f"{chance.randint(1, 98)} {chance.choice(GB_STREETS)}", GB_CITIES


def _chinese(chance: Random):
    name = chance.choice(CN_FAMILY.split()) + chance.choice(CN_GIVEN)
    block = f"{chance.choice(CN_STREETS)}{chance.randint(2, 299)}号{chance.randint(1, 18)}幢{chance.randint(2, 20)}01室"
    return name, block, CN_CITIES


MAKERS = {"DE": _german, "GB": _british, "CN": _chinese}
