"""The series of the shops that have other goods besides."""

from analytics.services.demo.goods.series import Form, Series, goods

ACME = goods(
    [Series("Heron", 100, 0), Series("Lichen", 118, 5), Series("Cairn", 88, 11), Series("Sorrel", 76, 16)],
    [
        Form("backpack", "backpacks", "day pack 22 l",
             "Room for a day and a warm layer. {series} packs are sewn from one "
             "bolt of cloth, so that what is cut away of one becomes the pocket of another.", 8_900, 760),
        Form("sleeping bag", "sleep", "three-season bag",
             "Warm down to about four degrees, with a hood that closes without "
             "a hunt for the cord.", 15_900, 1_180, ("Regular", "Long +15")),
        Form("mat", "sleep", "camp mat", "Four centimeters of air and foam between you and the roots.", 4_900, 640),
        Form("bottle", "camp-kitchen", "bottle 0.6 l", "Steel, and shaped for the side pocket of the {series} packs.",
             2_190, 190),
        Form("mug", "camp-kitchen", "camp mug", "Enamel over steel, with a rim that keeps its color.", 1_490, 150),
        Form("jacket", "outdoor-clothing", "rain jacket",
             "Three layers, taped seams, and a hood that turns with the head.",
             14_900, 430, ("S", "M", "L", "XL")),
        Form("beanie", "outdoor-clothing", "wool beanie",
             "Knitted from wool that does not itch, long enough for the ears.",
             2_490, 70),
        Form("lantern", "lights", "lantern",
             "Three brightnesses, the lowest for finding one's shoes. Charges by cable.",
             3_990, 260),
        Form("dry bag", "tools", "dry bag 10 l",
             "Rolls shut three times and stays dry when it falls off the boat.", 2_290,
             140),
    ],
    least=100,
)[:34]  # fmt: skip
RIVAL = goods(
    [Series("Ashdown", 100, 3), Series("Fenland", 92, 8), Series("Quarry", 124, 13), Series("Moorgate", 80, 18)],
    [
        Form("cup", "cups", "tea cup", "Thrown thin at the lip and left a little heavier below.", 1_600, 180,
             ("Single", "Pair +14")),
        Form("bowl", "bowls-plates", "noodle bowl", "Deep enough for soup. {series} glaze breaks brown over the edges.",
             2_200, 520),
        Form("plate", "bowls-plates", "side plate",
             "Twenty centimeters, stackable, and flat enough for toast.", 1_800, 410),
        Form("teapot", "teaware", "teapot 600 ml",
             "Pours without a drip; the lid stays put at the last drop.", 5_600, 640),
        Form("mug", "cups", "big mug", "Three hundred and eighty milliliters, a handle for three fingers.", 1_900, 390),
        Form("vase", "decor", "bud vase", "For one stem, or for none.", 2_600, 360),
        Form("jar", "bowls-plates", "storage jar",
             "A lid that seals by its own weight.", 3_200, 690, ("0.5 l", "1 l +9")),
        Form("tin", "teaware", "tea tin", "Two lids, so that the leaves keep their smell.", 1_100, 130),
        Form("pouch", "tea", "black tea", "A blend for milk, packed in Bristol the week it is sent.", 900, 110,
             ("100 g", "250 g +10")),
    ],
    least=50,
)  # fmt: skip
LINHAI = goods(
    [Series("云岭", 100, 2), Series("拾野", 84, 9), Series("溪山", 122, 15)],
    [
        Form("backpack", "backpacks", "徒步背包 28L", "{series}系列主打轻量，背板透气，侧面可插登山杖。", 32_900, 890),
        Form("tent", "tents", "双人露营帐", "铝合金撑杆，双层防雨，收起来不到两升饮料瓶那么长。", 69_900, 2_300),
        Form("sleeping bag", "sleep", "信封睡袋", "可拼接，可平铺当被子，脚部加厚。", 21_900, 1_250),
        Form("mat", "sleep", "充气防潮垫", "按压充气，三十秒成型，附修补贴。", 15_900, 620),
        Form("stove", "camp-kitchen", "便携炉头", "折叠后只有掌心大，三脚防滑。", 11_900, 120),
        Form("pot", "camp-kitchen", "野餐锅具", "锅盖可沥水，手柄折叠不占地方。", 16_900, 560),
        Form("mug", "camp-kitchen", "露营杯", "双层隔热，热茶不烫手。", 5_900, 170),
        Form("bottle", "camp-kitchen", "运动水壶", "单手开盖，倒置不漏。", 8_900, 240),
        Form("jacket", "outdoor-clothing", "冲锋衣", "三层压胶，腋下透气拉链，帽檐可调。", 45_900, 520,
             ("M", "L", "XL", "XXL")),
        Form("cap", "outdoor-clothing", "速干遮阳帽", "帽檐七厘米，一拧就干，可折进口袋。", 6_900, 80),
        Form("headlamp", "lights", "充电头灯", "远近双光源，红光不扰人，续航八小时。", 12_900, 95),
    ],
    least=1_000,
)  # fmt: skip
BEIMU = goods(
    [Series("素木", 100, 1), Series("晚晴", 116, 7), Series("归巢", 86, 14)],
    [
        Form("chair", "seating", "餐椅", "整料弯背，坐面微凹，久坐不累。", 45_900, 5_200),
        Form("stool", "seating", "换鞋凳", "凳面之下可以放两双拖鞋。", 19_900, 3_100),
        Form("side table", "tables", "边几", "刚好放一盏灯、一本书、一杯水。", 29_900, 4_300),
        Form("shelf", "storage", "置物架", "四层可调，靠墙不晃。", 39_900, 8_600, ("三层", "四层 +80")),
        Form("lamp", "lighting", "床头灯", "三档暖光，轻触开关，夜里不刺眼。", 22_900, 1_400),
        Form("cushion", "cushions-throws", "抱枕", "棉麻外套可拆洗，内芯蓬松不塌。", 8_900, 560),
        Form("rug", "rugs", "短绒地毯", "短绒好打理，背面防滑。", 35_900, 4_800, ("1.2×1.6 m", "1.6×2.3 m +260")),
        Form("mirror", "decor", "壁挂镜", "木框倒圆角，镜面防雾。", 26_900, 3_300),
        Form("basket", "storage", "收纳篮", "手工编织，两侧提手加固。", 9_900, 640, ("小号", "大号 +40")),
        Form("candle", "decor", "香薰蜡烛", "大豆蜡，棉芯，能点四十小时。", 7_900, 380),
        Form("storage box", "storage", "收纳盒", "可叠放，盖子兼作托盘。", 6_900, 720),
    ],
    least=1_000,
)[:31]  # fmt: skip
