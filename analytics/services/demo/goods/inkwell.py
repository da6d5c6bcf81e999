"""What Inkwell & Ream sells: paper, and what is done to it. Prices in pence."""

from analytics.services.demo.goods.series import Form, Series, goods

RULINGS = ("Ruled", "Dotted", "Plain")
GOODS = goods(
    [
        Series("Ferry", 100, 0), Series("Quayside", 112, 3), Series("Tidewater", 90, 6), Series("Harbour", 128, 10),
        Series("Saltmarsh", 84, 13), Series("Lantern", 104, 17),
    ],
    [
        Form("notebook", "notebooks", "A5 notebook", "A hundred and ninety-two pages that lie flat, in a cloth cover. "
             "The paper takes a fountain pen without a shadow on the other side.", 1_450, 320, RULINGS),
        Form("pen", "pens", "fountain pen",
             "A steel nib that starts at once, and a cap that sits on either end.", 3_400, 28,
             ("Fine", "Medium", "Broad")),
        Form("pencils", "pens", "pencil set", "Five pencils of cedar with a tin to stand in.", 1_250, 140),
        Form("ink bottle", "pens", "ink 50 ml",
             "{series} ink dries in eight seconds and washes out of cuffs.", 1_100, 180),
        Form("cards", "cards", "card set", "Eight folded cards with lined envelopes, blank inside.", 1_200, 160,
             ("8 cards", "16 cards +9")),
        Form("paper tape", "craft", "paper tape trio", "Three rolls that tear straight and come off again.", 690, 60),
        Form("pencil case", "craft", "pencil case", "Waxed canvas with a zip that may be replaced.", 1_700, 110),
        Form("wrapping", "craft", "wrapping paper", "Three rolls, printed with vegetable ink, no plastic.", 950, 260),
        Form("storage box", "craft", "desk box", "Card and cloth, with a lid that closes by itself.", 2_900, 740),
        Form("tin", "craft", "clip tin", "Sixty brass clips in a tin that will outlive them.", 640, 120),
    ],
    least=50,
)  # fmt: skip
