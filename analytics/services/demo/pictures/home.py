"""How furniture and things of the household are drawn."""

from analytics.services.demo.pictures.canvas import Canvas


def chair(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(90, 30)
    for path in ("M 68 56 L 73 89", "M 32 56 L 27 89"):
        c.stroke(path, f"{m}-", 3)
    c.stroke("M 31 58 L 36 14", f"{m}", 3)
    c.stroke("M 69 58 L 64 14", f"{m}-", 3)
    if c.look.style % 2:
        for x in (43, 50, 57):
            c.stroke(f"M {x} 22 L {x} 54", f"{m}", 1.8)
        c.box(34, 13, 32, 8, 4, f"{m}+", f"{m}-")
    else:
        c.fill("M 34 13 Q 50 9 66 13 L 67 32 Q 50 28 33 32 Z", f"{a}+", f"{a}-")
    c.fill("M 27 54 Q 50 50 73 54 L 78 62 Q 50 66 22 62 Z", f"{a}+" if c.look.style % 2 == 0 else f"{m}+", f"{m}-")
    c.stroke("M 24 63 L 21 89", f"{m}", 3.2)
    c.stroke("M 76 63 L 79 89", f"{m}-", 3.2)
    c.stroke("M 23 76 L 77 76", f"{m}-", 1.6)


def stool(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 28)
    legs = {"M 38 44 L 34 84": "--", "M 62 44 L 66 84": "--", "M 30 44 L 22 87": "", "M 70 44 L 78 87": "-"}
    for leg, dark in legs.items():
        c.stroke(leg, f"{m}{dark}", 3.2)
    c.stroke("M 26 70 L 74 70", f"{m}-", 2)
    if c.look.style % 2:
        c.oval(50, 40, 30, 8, f"{a}", f"{a}--")
        c.oval(50, 37, 30, 7.4, f"{a}++", f"{a}")
    else:
        c.box(20, 38, 60, 8, 3, f"{m}+", f"{m}-")
        c.oval(50, 38, 30, 4, f"{m}++", f"{m}")


def side_table(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 30)
    for path, dark in (("M 50 46 L 50 82", "--"), ("M 26 46 L 20 87", ""), ("M 74 46 L 80 87", "-")):
        c.stroke(path, f"{m}{dark}", 2.6)
    c.box(14, 42, 72, 5, 2.5, f"{m}+", f"{m}--")
    c.oval(50, 42, 36, 6, f"{m}++", f"{m}")
    c.turned([(5, 24), (7, 30), (6, 40), (6, 40), (0, 41)], f"{a}+", f"{a}-", x=58)
    c.stroke("M 58 25 Q 56 16 51 12", "moss", 1)
    c.stroke("M 58 25 Q 61 16 66 13", "moss", 1)
    for x, y in ((51, 12), (55, 16), (66, 13), (62, 16)):
        c.oval(x, y, 2.4, 3.4, "sage")
    c.box(30, 37, 18, 2.4, 0.6, f"{a}-")
    c.box(31, 34.8, 15, 2.2, 0.6, "cream-")


def shelf(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(90, 34)
    c.box(18, 12, 64, 77, 2, f"{m}-", f"{m}--")
    for y in (15, 39, 63):
        c.box(21, y, 58, 22, 1, f"{m}+", f"{m}")
        c.box(21, y, 58, 4, 0, f"{m}--/35")
    for n, (x, h) in enumerate(((24, 15), (28, 17), (32, 13), (36, 16))):
        c.box(x, 37 - h, 3.4, h, 0.5, (a, "cream", "slate", f"{a}-")[n])
    c.turned([(4, 24), (7, 30), (5, 37), (5, 37), (0, 37)], "porcelain", "stone", x=62)
    c.box(24, 48, 22, 13, 2, f"{a}", f"{a}-")
    c.box(31, 52, 8, 2, 1, f"{a}--")
    for n, x in enumerate((60, 64, 68, 72)):
        c.box(x, 61 - (14, 16, 12, 15)[n], 3.4, (14, 16, 12, 15)[n], 0.5, ("navy", "cream", f"{a}", "sage")[n])
    c.box(54, 72, 22, 13, 2, "sand", "sand-")
    c.oval(34, 79, 8, 6, f"{a}+", f"{a}-")
    for x in (20, 76):
        c.box(x, 88, 4, 3, 0, f"{m}--")


def lamp(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 22)
    if c.look.style % 3 == 0:
        c.turned([(3, 46), (3, 50), (13, 58), (16, 68), (10, 80), (14, 86), (14, 88), (14, 88), (0, 88)])
    elif c.look.style % 3 == 1:
        c.box(48.4, 46, 3.2, 38, 1, f"{m}", f"{m}--")
        c.turned([(18, 83), (20, 86), (20, 88), (20, 88), (0, 88)])
    else:
        for path in ("M 50 48 L 34 87", "M 50 48 L 66 87", "M 50 48 L 51 86"):
            c.stroke(path, f"{m}", 2.6)
        c.oval(50, 51, 3.4, 3.4, f"{m}--")
    c.fill("M 37 16 L 63 16 L 74 48 Q 50 53 26 48 Z", f"{a}++", f"{a}")
    c.fill("M 44 16 L 56 16 L 60 50 Q 50 52 40 50 Z", "white/40")
    c.fill("M 26 48 Q 50 53 74 48 L 74.4 49.4 Q 50 54.6 25.6 49.4 Z", f"{a}-")


def floor_lamp(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(91, 20, 40)
    c.oval(40, 90, 17, 2.6, f"{m}", f"{m}--")
    c.stroke("M 40 89 L 40 26 C 40 6 64 6 64 20", f"{m}", 2)
    c.fill("M 56 19 L 72 19 C 80 24 83 32 83 38 Q 64 42 45 38 C 45 32 48 24 56 19 Z", f"{a}+", f"{a}-")
    c.fill("M 45 38 Q 64 42 83 38 Q 64 35 45 38 Z", "sun++")
    c.oval(64, 40, 6, 4, "white")


def pendant(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(92, 16)
    c.stroke("M 50 0 L 50 30", "charcoal", 0.9)
    c.box(46, 26, 8, 9, 2, f"{a}", f"{a}--")
    if c.look.style % 2:
        c.oval(50, 56, 27, 25, f"{m}++", f"{m}")
        for n in range(1, 5):
            for x, bend in ((50 - n * 5, 50 - n * 6.4), (50 + n * 5, 50 + n * 6.4)):
                top, end = 33 + n * n * 0.6, 79 - n * n * 0.6
                c.stroke(f"M {x} {top} C {bend} 50 {bend} 62 {x} {end}", f"{m}-/60", 0.7)
    else:
        c.fill("M 44 34 L 56 34 C 74 38 84 54 86 70 Q 50 78 14 70 C 16 54 26 38 44 34 Z", f"{m}+", f"{m}--")
        c.fill("M 14 70 Q 50 78 86 70 Q 50 64 14 70 Z", "sun++")
        c.oval(50, 72, 7, 4.6, "white")


def cushion(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(85, 34)
    pad = "M 16 18 Q 50 26 84 18 Q 77 50 84 84 Q 50 76 16 84 Q 23 50 16 18 Z"
    c.fill(pad, f"{m}+", f"{m}-")
    if c.look.style % 3 == 0:
        for x in range(24, 84, 12):
            c.fill(f"M {x} 0 L {x + 4} 0 L {x + 4} 100 L {x} 100 Z", f"{a}/90", within=pad)
    elif c.look.style % 3 == 1:
        for x in range(28, 80, 11):
            for y in range(28, 80, 11):
                c.oval(x, y, 2.2, 2.2, a)
    else:
        c.fill("M 0 62 Q 30 44 54 60 Q 74 72 100 52 L 100 100 L 0 100 Z", f"{a}/90", within=pad)
        c.oval(64, 38, 7, 7, f"{a}+")
    for x, y in ((16, 18), (84, 18), (16, 84), (84, 84)):
        c.oval(x, y, 2.4, 2.4, f"{m}--")


def rug(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 26)
    for y in (12, 84):
        for x in range(25, 77, 4):
            c.stroke(f"M {x} {y} L {x} {y + 4}", "cream-", 0.9)
    c.box(23, 15, 54, 70, 1, f"{m}+", f"{m}-")
    c.box(27, 19, 46, 62, 0, f"{a}", f"{a}-")
    c.box(29, 21, 42, 58, 0, f"{m}+", f"{m}")
    if c.look.style % 2:
        for y in range(27, 78, 8):
            c.box(29, y, 42, 3, 0, f"{a}" if y % 16 else "cream")
        return
    for y in (34, 50, 66):
        c.fill(f"M 50 {y - 9} L 63 {y} L 50 {y + 9} L 37 {y} Z", a)
        c.fill(f"M 50 {y - 4.5} L 56.5 {y} L 50 {y + 4.5} L 43.5 {y} Z", "cream")


def mirror(c: Canvas) -> None:
    m = c.look.main
    c.stand(90, 20)
    if c.look.style % 2:
        c.oval(50, 50, 35, 35, f"{m}+", f"{m}--")
        c.oval(50, 50, 31.6, 31.6, "#dfe9ee", "#a9bfca", down=True)
        glass = "M 50 18 C 94 18 94 82 50 82 C 6 82 6 18 50 18 Z"
    else:
        glass = "M 28 88 L 28 36 C 28 4 72 4 72 36 L 72 88 Z"
        c.fill("M 25 90 L 25 36 C 25 0 75 0 75 36 L 75 90 Z", f"{m}+", f"{m}--")
        c.fill(glass, "#dfe9ee", "#a9bfca", down=True)
    c.fill("M 20 70 L 66 12 L 74 12 L 24 80 Z", "white/45", within=glass)
    c.fill("M 38 86 L 80 30 L 80 36 L 44 88 Z", "white/30", within=glass)


def clock(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 22)
    c.oval(50, 50, 36, 36, f"{m}+", f"{m}--")
    c.oval(50, 50, 31.4, 31.4, "white", "cream")
    for n in range(12):
        c.turn(n * 30)
        c.box(49.2, 21.5, 1.6, 5.6 if n % 3 == 0 else 3, 0.8, "charcoal")
    c.turn(-56)
    c.box(48.9, 32, 2.2, 20, 1.1, "ink")
    c.turn(58)
    c.box(49.2, 24, 1.6, 28, 0.8, "ink")
    c.turn(160)
    c.box(49.6, 24, 0.8, 31, 0.4, a)
    c.oval(50, 50, 2.2, 2.2, a)


def basket(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 31)
    c.stroke("M 27 44 C 27 24 40 24 40 42", f"{a}-", 2.6)
    c.stroke("M 60 42 C 60 24 73 24 73 44", f"{a}-", 2.6)
    body = "M 18 42 L 82 42 L 75 82 Q 74 86 70 86 L 30 86 Q 26 86 25 82 Z"
    c.fill(body, f"{m}+", f"{m}-")
    for row in range(7):
        for n in range(-8, 9):
            x, y = 50 + n * 8 + (4 if row % 2 else 0), 47 + row * 6
            withe = f"M {x - 3.4} {y} Q {x} {y - 3} {x + 3.4} {y} Q {x} {y + 3} {x - 3.4} {y} Z"
            c.fill(withe, f"{m}--/45", within=body)
    if c.look.style % 2:
        c.fill("M 0 64 L 100 64 L 100 100 L 0 100 Z", f"{a}/70", within=body)
    c.box(15, 39, 70, 7, 3.5, f"{m}++", f"{m}-")


def rack(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(91, 24)
    for path in ("M 50 80 L 30 90", "M 50 80 L 70 90", "M 50 80 L 50 91"):
        c.stroke(path, f"{m}-", 3)
    c.box(48, 9, 4, 76, 2, f"{m}+", f"{m}-")
    for y, reach in ((18, 17), (32, 14)):
        c.stroke(f"M 50 {y + 9} L {50 - reach} {y}", f"{m}", 2.4)
        c.stroke(f"M 50 {y + 9} L {50 + reach} {y}", f"{m}-", 2.4)
        for x in (50 - reach, 50 + reach):
            c.oval(x, y, 2.4, 2.4, f"{m}++", f"{m}-")
    c.fill("M 33 18 Q 26 40 27 62 Q 36 66 43 61 Q 42 40 36 18 Z", f"{a}+", f"{a}-")
    c.stroke("M 33 26 Q 31 46 33 60", f"{a}--/50", 0.8)


def board(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 25)
    c.box(43, 8, 14, 26, 6, f"{m}+", f"{m}-")
    c.oval(50, 15, 3, 3, "#eee7db")
    c.box(25, 27, 50, 61, 8, f"{m}+", f"{m}-")
    if c.look.style % 2:
        c.box(38, 27, 6, 61, 0, f"{a}", f"{a}-")
        c.box(58, 27, 4, 61, 0, f"{a}", f"{a}-")
    for n, x in enumerate((31, 48, 53, 67)):
        c.stroke(f"M {x} {32 + n} C {x - 2} 50 {x + 3} 66 {x} {84 - n}", f"{m}--/35", 0.7)


def kitchen_knife(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 30)
    c.turn(-52)
    if c.look.style % 2:
        c.fill("M 40 38 L 96 38 L 97 62 L 40 62 Z", "steel++", "steel", down=True)
        c.fill("M 40 57 L 97 57 L 97 62 L 40 62 Z", "white")
        c.oval(91, 44, 1.6, 1.6, "#e4eae2")
    else:
        c.fill("M 38 42 L 78 42 C 90 44 98 52 101 60 L 38 60 Z", "steel++", "steel", down=True)
        c.fill("M 38 56 L 100 57 L 101 60 L 38 60 Z", "white")
    c.box(34, 42, 6, 16, 1, "steel", "steel--", down=True)
    c.box(-1, 43.4, 37, 12, 4, f"{m}+", f"{m}--", down=True)
    for x in (8, 18, 28):
        c.oval(x, 49.4, 1.5, 1.5, f"{a}")


def candle(c: Canvas) -> None:
    a = c.look.accent
    c.stand(86, 22)
    c.fill("M 50 34 C 44 31 46 23 50 15 C 54 23 56 31 50 34 Z", "sun", "coral", down=True)
    c.stroke("M 50 40 L 50 32", "ink", 0.8)
    c.turned([(22, 40), (22, 40), (22, 82), (20, 86), (20, 86), (0, 86)])
    c.oval(50, 40, 22, 4.4, "cream", "sand")
    c.box(34, 54, 32, 20, 2, f"{a}", f"{a}-")
    c.box(38, 60, 24, 1.6, 0.8, "cream/80")
    c.box(42, 66, 16, 1.4, 0.7, "cream/80")
    c.box(31, 46, 2.6, 34, 1.3, "white/35")


def bedding(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 38)
    c.box(12, 66, 76, 18, 8, f"{m}", f"{m}-", down=True)
    c.box(14, 50, 72, 17, 8, f"{m}+", f"{m}", down=True)
    c.box(14, 57, 72, 3.4, 0, f"{a}")
    c.box(12, 73, 76, 3.4, 0, f"{a}")
    c.fill("M 20 34 Q 50 26 80 34 Q 84 42 80 51 Q 50 55 20 51 Q 16 42 20 34 Z", f"{m}++", f"{m}", down=True)
    c.stroke("M 24 47 Q 50 51 76 47", f"{a}", 1)
    c.stroke("M 26 38 Q 32 42 28 46", f"{m}-/60", 0.8)
    c.stroke("M 74 38 Q 68 42 72 46", f"{m}-/60", 0.8)


def storage_box(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 36)
    c.box(16, 40, 68, 44, 4, f"{m}+", f"{m}-")
    c.box(13, 30, 74, 14, 4, f"{a}+", f"{a}-")
    c.box(38, 56, 24, 13, 2, "brass", "brass--")
    c.box(40, 58, 20, 9, 1, "cream")
    if c.look.style % 2:
        for x in (22, 72):
            c.box(x, 44, 4, 40, 0, f"{a}/80")


HOME = {
    "chair": chair, "stool": stool, "side table": side_table, "shelf": shelf, "lamp": lamp, "floor lamp": floor_lamp,
    "pendant": pendant, "cushion": cushion, "rug": rug, "mirror": mirror, "clock": clock, "basket": basket,
    "coat rack": rack, "board": board, "kitchen knife": kitchen_knife, "candle": candle, "bedding": bedding,
    "storage box": storage_box,
}  # fmt: skip
