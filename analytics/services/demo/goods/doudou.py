"""豆豆玩具 sells toys. Prices in fen."""

from analytics.services.demo.goods.series import Form, Series, goods

GOODS = goods(
    [
        Series("小森林", 100, 4), Series("彩虹", 92, 8), Series("月亮船", 118, 12), Series("咕咕", 84, 15),
        Series("云朵", 106, 19), Series("小火车", 96, 1),
    ],
    [
        Form("blocks", "toys-build", "积木", "榉木打磨无毛刺，水性漆，适合一岁半以上。", 12_900, 980,
             ("24 块", "48 块 +80")),
        Form("bear", "toys-soft", "毛绒熊", "短绒不掉毛，眼睛绣线，可机洗。", 8_900, 320, ("小号", "大号 +60")),
        Form("rings", "toys-build", "叠叠乐", "由大到小，练手眼配合。", 6_900, 450),
        Form("toy car", "toys-move", "木头小车", "轮子转得顺，边角全部倒圆。", 5_900, 260),
        Form("puzzle", "toys-build", "九宫拼图", "九片厚木拼图，背面有数字。", 4_900, 380),
        Form("rattle", "toys-soft", "摇铃", "声音轻柔，一手能握。", 3_900, 90),
        Form("ball", "toys-move", "软弹球", "不伤家具，捏不坏。", 2_900, 150),
        Form("drum", "toys-move", "小鼓", "羊皮纹鼓面，音量不吵人，附两支鼓槌。", 9_900, 640),
        Form("kite", "toys-move", "风筝", "碳杆伞布，微风就能飞，附一百米线。", 5_900, 210),
        Form("storage box", "toys-build", "玩具收纳箱", "带轮子，孩子自己推得动。", 11_900, 1_900),
    ],
    least=1_000,
)  # fmt: skip
