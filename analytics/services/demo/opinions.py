"""What buyers say: title and text by language and score. `{title}` is the first good of the order."""

OPINIONS = {
    "en": {
        5: [
            ("Exactly right", "{title} does what it says and feels made by people who use it themselves."),
            ("Would buy again", "Arrived early, packed without plastic. {title} went straight into use."),
            ("Lovely", "Even nicer than in the picture. A second one is on its way to my sister."),
            ("Good company", "Three weeks in and I reach for it every day."),
            ("", "Very happy, thank you."),
            ("Better than the old one", "I compared for a month before ordering {title}. Glad I waited."),
        ],
        4: [
            ("Good", "{title} is well made. One star off because the color is a shade darker than I thought."),
            ("Nearly perfect", "Solid quality. The parcel took a day longer than promised."),
            ("", "Good value, would have liked clearer care instructions."),
            ("Pleased", "Does the job, and looks good doing it."),
        ],
        3: [
            ("It is all right", "Fine for the price, nothing more. The finish could be cleaner."),
            ("Mixed", "I like it, but it is smaller than I expected. Check the measurements first."),
        ],
        2: [
            ("Not for me", "It came late and the box had a dent. The shop answered quickly, at least."),
            ("Disappointed", "A seam came loose after a week. Waiting for an exchange."),
        ],
        1: [
            ("Broken on arrival", "It was in two pieces when I opened the parcel."),
            ("Wrong item", "Ordered one variant, got another, twice."),
        ],
    },
    "zh-hans": {
        5: [
            ("很满意", "{title}做工扎实，细节用心，比图片上还好看。"),
            ("会回购", "发货快，包装严实。家里人都说好，准备再买一件送朋友。"),
            ("超出预期", "用了一个星期才来评价，确实好用，没有让人失望的地方。"),
            ("", "东西很好，客服耐心，五星。"),
            ("值这个价", "对比了好几家才下单，拿到手觉得值。"),
            ("质感很好", "手感温润，没有异味，打开就能用。"),
        ],
        4: [
            ("不错", "{title}整体满意，颜色比图片略深一点点。"),
            ("可以", "质量没问题，就是物流慢了一天。"),
            ("", "好用，说明书再详细些就更好了。"),
            ("还行", "做工对得起价格，推荐。"),
        ],
        3: [
            ("一般", "中规中矩，边角处理可以再精细些。"),
            ("比想象的小", "东西没毛病，下单前一定看清尺寸。"),
        ],
        2: [
            ("有点失望", "收到时外箱压瘪了，好在客服处理得快。"),
            ("不太满意", "用了几天就有线头松开，在等换货。"),
        ],
        1: [
            ("到手就是坏的", "拆开就发现裂了一道口子，希望尽快处理。"),
            ("发错货", "颜色发错了，来回折腾了一个星期。"),
        ],
    },
}
SCORES = [5] * 58 + [4] * 26 + [3] * 8 + [2] * 5 + [1] * 3
