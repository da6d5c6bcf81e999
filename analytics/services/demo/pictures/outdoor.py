"""How camping gear is drawn."""

from analytics.services.demo.pictures.canvas import Canvas


def tent(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(83, 42)
    if c.look.style % 2:  # a dome
        dome = "M 9 82 C 12 48 30 28 50 28 C 70 28 88 48 91 82 Z"
        c.fill(dome, f"{m}+", f"{m}-")
        c.fill("M 50 28 C 70 28 88 48 91 82 L 66 82 C 66 60 60 40 50 28 Z", f"{m}-/55")
        c.fill("M 30 82 C 30 58 39 46 50 46 C 61 46 70 58 70 82 Z", f"{a}+", f"{a}")
        c.fill("M 36 82 C 36 63 42 53 50 53 C 58 53 64 63 64 82 Z", "ink")
        c.fill("M 50 53 C 58 53 64 63 64 82 L 54 82 C 56 70 54 60 50 53 Z", f"{m}++")
        c.stroke("M 9 82 C 16 42 42 22 66 40", f"{a}-", 0.9)
        c.stroke("M 91 82 C 84 42 58 22 34 40", f"{a}-", 0.9)
        c.fill("M 38 33 C 45 27 55 27 62 33 C 55 36 45 36 38 33 Z", f"{a}")
    else:  # a ridge
        c.fill("M 8 82 Q 34 58 47 24 L 62 30 Q 78 60 93 78 L 74 82 Z", f"{m}-", f"{m}--")
        c.fill("M 8 82 Q 34 58 47 24 Q 62 58 76 82 Z", f"{m}+", f"{m}")
        c.fill("M 30 82 Q 43 62 47 38 Q 52 62 58 82 Z", "ink")
        c.fill("M 30 82 Q 43 62 47 38 Q 44 66 40 82 Z", f"{a}", f"{a}-")
        c.stroke("M 47 24 L 47 19", "walnut", 1.4)
        c.stroke("M 47 24 L 8 82", f"{a}", 0.8)
        c.stroke("M 47 22 L 3 84", "stone", 0.45)
        c.stroke("M 62 30 L 97 83", "stone", 0.45)


def backpack(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(87, 27)
    c.stroke("M 43 22 C 43 13 57 13 57 22", f"{m}--", 2.2)
    c.box(21, 52, 16, 28, 7, f"{m}-", f"{m}--")
    c.box(63, 52, 16, 28, 7, f"{m}-", f"{m}--")
    c.fill("M 28 36 C 28 24 38 19 50 19 C 62 19 72 24 72 36 L 74 78 C 74 85 70 87 64 87 L 36 87 C 30 87 26 85 26 78 Z",
           f"{m}+", f"{m}-")  # fmt: skip
    c.fill("M 27 40 C 27 24 38 18 50 18 C 62 18 73 24 73 40 C 66 45 34 45 27 40 Z", f"{m}", f"{m}--")
    c.box(33, 56, 34, 25, 6, f"{a}+", f"{a}-")
    c.fill("M 33 63 C 33 57 36 55 40 55 L 60 55 C 64 55 67 57 67 63 C 60 66 40 66 33 63 Z", f"{a}-")
    for x in (38, 62):
        c.stroke(f"M {x} 36 L {x} 54", f"{a}--", 2)
        c.box(x - 2.2, 47, 4.4, 4.4, 1, "charcoal")
    if c.look.style % 2:
        c.box(22, 12, 56, 11, 5.5, f"{a}", f"{a}--")
        for x in (33, 67):
            c.box(x - 1.5, 11.5, 3, 12, 1, "charcoal")
    c.box(47.5, 66, 5, 7, 1, f"{m}--/70")


def sleeping_bag(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 22)
    bag = "M 50 10 C 66 10 71 24 70 38 C 75 56 68 86 50 88 C 32 86 25 56 30 38 C 29 24 34 10 50 10 Z"
    c.fill(bag, f"{m}+", f"{m}-")
    for y in range(44, 88, 8):
        c.fill(f"M 20 {y} C 36 {y + 4} 64 {y + 4} 80 {y} L 80 {y + 1} C 64 {y + 5} 36 {y + 5} 20 {y + 1} Z",
               f"{m}--/70", within=bag)  # fmt: skip
    c.fill("M 50 14 C 62 14 65 24 64 32 C 62 40 38 40 36 32 C 35 24 38 14 50 14 Z", f"{a}", f"{a}-")
    c.fill("M 50 18 C 59 18 61 26 60 31 C 57 36 43 36 40 31 C 39 26 41 18 50 18 Z", f"{a}--")
    c.stroke("M 62 38 C 66 52 65 66 60 78" if c.look.style % 2 else "M 50 38 L 50 70", "cream", 0.8)


def mat(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(80, 38)
    c.box(22, 44, 66, 36, 10, f"{m}+", f"{m}-", down=True)
    c.box(80, 44, 8, 36, 8, f"{m}--/40")
    for x in (46, 68):
        c.box(x, 43, 4.6, 38, 1.5, f"{a}", f"{a}--", down=True)
        c.box(x - 0.8, 57, 6.2, 6, 1.2, "charcoal")
    c.oval(26, 62, 14, 18, f"{m}+", f"{m}")
    for inner in (0.8, 0.6, 0.4, 0.2):
        c.oval(26, 62, 14 * inner, 18 * inner, f"{m}--" if inner in (0.8, 0.4) else f"{m}+")
        c.oval(26.4, 62, 14 * inner - 1.1, 18 * inner - 1.3, f"{m}+", f"{m}") if inner > 0.2 else None


def stove(c: Canvas) -> None:
    a = c.look.accent
    c.stand(87, 25)
    c.turned([(0, 57), (10, 57), (22, 61), (25, 66), (25, 66), (25, 83), (25, 83), (23, 87), (23, 87), (0, 87)])
    c.box(25, 70, 50, 9, 0, f"{a}+", f"{a}-")
    c.turned([(5, 47), (5, 47), (6, 56), (8, 58), (8, 58), (0, 58)], "steel+", "steel--")
    c.stroke("M 55 52 L 70 50", "steel--", 2)
    c.box(68, 47.5, 9, 5, 2.5, f"{a}-")
    c.turned([(3, 38), (3, 38), (4, 48), (4, 48), (0, 48)], "steel", "iron")
    c.turned([(11, 33), (11, 33), (9, 39), (9, 39), (0, 40)], "iron+", "iron-")
    c.fill("M 50 34 C 40 34 40 26 44 21 C 45 25 47 25 48 20 C 50 15 53 21 53 24 C 56 24 61 34 50 34 Z", "sky", "indigo",
           down=True)  # fmt: skip
    c.fill("M 50 34 C 45 34 46 28 49 25 C 52 27 55 34 50 34 Z", "white/80")
    for path in ("M 44 42 L 30 36 L 27 27", "M 56 42 L 70 36 L 73 27", "M 50 42 L 50 37"):
        c.stroke(path, "steel--", 1.5)


def pot(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(80, 31)
    if c.look.style % 2:
        c.stroke("M 78 52 L 96 46", "walnut", 4)
        c.stroke("M 78 52 L 83 50.4", "steel-", 3)
    else:
        c.stroke("M 21 50 C 21 12 79 12 79 50", "steel-", 1.5)
    c.turned([(29, 44), (29, 44), (29, 70), (26, 79), (26, 79), (0, 80)])
    c.box(20, 43, 60, 5, 2, f"{m}++", f"{m}")
    c.turned([(3, 36), (18, 38), (29, 43), (29, 43), (0, 44)], f"{m}++", f"{m}-")
    c.turned([(4.5, 31), (4.5, 31), (3, 36), (3, 36), (0, 37)], f"{a}", f"{a}--")
    c.box(28, 50, 4, 22, 2, "white/35")


def bottle(c: Canvas) -> None:
    a = c.look.accent
    c.stand(89, 17)
    if c.look.style % 2:  # with a cup on top
        c.turned([(11, 13), (12, 15), (12, 15), (12, 30), (12, 30), (0, 30)], f"{a}+", f"{a}-")
        c.turned([(13, 30), (15, 33), (15, 40), (15, 40), (15, 86), (13, 89), (13, 89), (0, 89)])
        c.box(35, 32, 30, 1.6, 0, "steel", "steel--")
        c.box(35, 80, 30, 2, 0, f"{a}+", f"{a}-")
        c.box(38.5, 38, 3, 38, 1.5, "white/38")
        return
    c.stroke("M 44 17 C 44 7 56 7 56 17", f"{a}-", 2.4)
    c.turned([(8, 15), (8.6, 17), (8.6, 17), (8.6, 25), (8.6, 25), (0, 25)], f"{a}+", f"{a}-")
    c.turned([(7, 25), (7, 25), (7.5, 29), (15, 37), (17, 44), (17, 44), (17, 85), (15, 89), (15, 89), (0, 89)])
    c.box(33, 60, 34, 13, 0, f"{a}+", f"{a}-")
    c.box(37, 44, 3, 38, 1.5, "white/35")


def lantern(c: Canvas) -> None:
    a = c.look.accent
    c.stand(88, 24)
    c.stroke("M 33 30 C 30 2 70 2 67 30", "iron", 1.5)
    c.turned([(6, 18), (6, 18), (9, 22), (20, 28), (22, 32), (22, 32), (0, 32)])
    c.fill("M 31 32 L 69 32 C 74 48 74 58 69 70 L 31 70 C 26 58 26 48 31 32 Z", "sun++", "sun")
    c.oval(50, 53, 11, 15, "white/80")
    c.fill("M 50 62 C 43 60 45 51 50 44 C 55 51 57 60 50 62 Z", f"{a}", "sun", down=True)
    for path in ("M 36 32 C 32 48 32 58 36 70", "M 64 32 C 68 48 68 58 64 70"):
        c.stroke(path, "iron", 1.2)
    c.turned([(21, 69), (21, 69), (24, 74), (25, 84), (23, 88), (23, 88), (0, 88)])
    c.oval(50, 79, 3.6, 3.6, f"{a}+", f"{a}-")


def headlamp(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(80, 32)
    c.fill("M 14 50 C 14 18 86 18 86 50 L 80 54 C 78 30 22 30 20 54 Z", f"{m}-", f"{m}--")
    c.fill("M 12 48 C 10 74 30 72 36 70 L 36 58 C 28 60 19 60 20 48 Z", f"{m}+", f"{m}")
    c.fill("M 88 48 C 90 74 70 72 64 70 L 64 58 C 72 60 81 60 80 48 Z", f"{m}", f"{m}-")
    for y in (62, 66):
        c.stroke(f"M 17 {y - 3} C 22 {y} 30 {y} 36 {y - 1}", f"{a}", 0.9)
        c.stroke(f"M 83 {y - 3} C 78 {y} 70 {y} 64 {y - 1}", f"{a}", 0.9)
    c.box(32, 48, 36, 30, 9, "charcoal+", "ink")
    c.oval(50, 63, 12, 12, f"{a}+", f"{a}-")
    c.oval(50, 63, 9.6, 9.6, "white", "sun+")
    c.oval(47, 60, 3.4, 3.4, "white")
    c.box(44, 45.5, 12, 3.4, 1.7, f"{a}")


def knife(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 30)
    c.turn(-36)
    c.fill("M 52 44 L 86 42 C 94 43 98 48 99 53 C 90 57 74 57 52 56 Z", "steel++", "steel", down=True)
    c.fill("M 52 52 L 98.6 52.6 C 90 57 74 57 52 56 Z", "white")
    c.stroke("M 64 46 L 82 45.3", "steel--", 0.9)
    c.fill("M 8 46 C 8 41 14 40 24 42 C 34 44 44 41 54 42 L 56 58 C 44 61 36 57 26 59 C 14 61 8 56 8 46 Z", f"{m}+",
           f"{m}--", down=True)  # fmt: skip
    c.box(51, 41.4, 5, 17.2, 1.6, "steel+", "steel--", down=True)
    for x in (18, 31, 44):
        c.oval(x, 50, 1.7, 1.7, f"{a}+", f"{a}--")


def chair(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 34)
    for path in ("M 20 87 L 70 54", "M 80 87 L 30 54", "M 26 87 L 30 30", "M 74 87 L 70 30"):
        c.stroke(path, "charcoal", 2.2)
    c.fill("M 28 20 Q 50 25 72 20 L 74 56 Q 50 63 26 56 Z", f"{m}+", f"{m}-")
    c.fill("M 28 20 Q 50 25 72 20 L 72.4 27 Q 50 32 27.6 27 Z", f"{a}", f"{a}-")
    c.fill("M 24 56 Q 50 62 76 56 L 82 66 Q 50 74 18 66 Z", f"{m}", f"{m}--", down=True)
    c.box(14, 48, 16, 4.6, 2.3, f"{a}-", f"{a}--")
    c.box(70, 48, 16, 4.6, 2.3, f"{a}-", f"{a}--")
    for x in (20, 80):
        c.oval(x, 87, 2.6, 1.6, "ink")


def table(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(85, 38)
    for path in ("M 22 84 L 72 46", "M 78 84 L 28 46"):
        c.stroke(path, f"{a}-", 2.4)
    c.oval(50, 65, 2.2, 2.2, "steel", "steel--")
    for n in range(6):
        c.box(10 + n * 13.4, 40, 12.6, 7, 1.2, f"{m}+" if n % 2 else f"{m}", f"{m}-", down=True)
    c.box(10, 46, 79.6, 2.4, 1, f"{m}--")


def cooler(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 37)
    c.stroke("M 22 44 C 22 18 78 18 78 44", f"{a}-", 3)
    c.box(15, 42, 70, 42, 6, f"{m}+", f"{m}-")
    c.box(12, 34, 76, 13, 5, f"{a}+", f"{a}-")
    c.box(15, 74, 70, 4, 0, f"{m}--/40")
    c.box(43, 43, 14, 11, 2.5, "charcoal+", "charcoal-")
    c.box(22, 52, 12, 18, 3, "white/25")
    for x in (15, 81):
        c.box(x, 52, 4, 16, 2, f"{a}-")


def hammock(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 30)
    for x in (5, 89):
        c.box(x, 12, 6, 76, 2, "walnut+", "walnut-")
    c.stroke("M 9 28 L 25 42", "sand-", 1)
    c.stroke("M 91 28 L 75 42", "sand-", 1)
    body = "M 22 40 C 34 54 66 54 78 40 C 76 66 64 78 50 78 C 36 78 24 66 22 40 Z"
    c.fill(body, f"{m}+", f"{m}-", down=True)
    for n, paint in enumerate((a, "cream", a)):
        c.fill(f"M 20 {52 + n * 8} C 36 {62 + n * 8} 64 {62 + n * 8} 80 {52 + n * 8} L 80 {56 + n * 8}"
               f" C 64 {66 + n * 8} 36 {66 + n * 8} 20 {56 + n * 8} Z", f"{paint}", within=body)  # fmt: skip
    c.fill("M 22 40 C 34 54 66 54 78 40 C 66 49 34 49 22 40 Z", f"{m}--")


def dry_bag(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 22)
    c.stroke("M 30 24 C 12 44 14 70 30 82", f"{a}-", 2.4)
    c.turned([(15, 24), (19, 32), (22, 44), (22, 44), (22, 82), (19, 88), (19, 88), (0, 88)])
    c.box(31, 17, 38, 9, 4, f"{m}", f"{m}--", down=True)
    c.box(27, 19, 46, 4, 2, "charcoal")
    c.box(46, 17.5, 8, 7, 1.6, f"{a}")
    c.box(28, 54, 44, 10, 0, f"{a}+", f"{a}-")
    c.stroke("M 39 34 C 37 46 37 66 38 80", "white/30", 2.2)


def compass(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 26)
    c.oval(50, 16, 6, 6, "steel+", "steel--")
    c.oval(50, 16, 3.6, 3.6, "stone+")
    c.oval(50, 52, 34, 34, f"{m}+", f"{m}--")
    c.oval(50, 52, 28.5, 28.5, f"{m}--")
    c.oval(50, 52, 27.5, 27.5, "white", "cream")
    for n in range(24):
        c.turn(n * 15, 50, 52)
        c.box(49.6, 26, 0.8, 5 if n % 6 == 0 else 2.6, 0.4, "charcoal")
    c.turn(34, 50, 52)
    c.fill("M 50 30 L 55 52 L 45 52 Z", f"{a}", f"{a}-")
    c.fill("M 50 74 L 55 52 L 45 52 Z", "charcoal", "ink")
    c.oval(50, 52, 3, 3, "brass+", "brass-")


def rope(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(87, 26)
    for n in range(7):
        x = 35 + n * 5
        paint = f"{m}" if n % 2 else f"{m}-"
        c.stroke(f"M 50 30 C {x - 22} 38 {x - 20} 84 {x} 84 C {x + 20} 84 {x + 22} 38 50 30", paint, 3)
    for n in range(5):
        c.stroke(f"M 38 {30 + n * 3.6} Q 50 {33 + n * 3.6} 62 {30 + n * 3.6}", f"{a}" if n % 2 else f"{a}-", 3.2)
    c.stroke("M 50 28 C 36 24 40 10 50 10 C 60 10 64 24 50 28", f"{m}", 3)


def cutlery(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(90, 26)
    for x, tool in ((30, "fork"), (50, "spoon"), (70, "knife")):
        c.box(x - 3, 50, 6, 39, 3, f"{m}+", f"{m}-")
        c.box(x - 3, 58, 6, 3, 0, f"{a}")
        c.box(x - 1.6, 36, 3.2, 16, 1.4, "steel+", "steel--")
        if tool == "spoon":
            c.oval(x, 25, 8, 13, "steel++", "steel-")
            c.oval(x + 0.6, 25.6, 5.6, 10, "steel", "steel+")
        elif tool == "fork":
            c.fill(f"M {x - 7} 12 L {x + 7} 12 L {x + 7} 28 Q {x} 42 {x - 7} 28 Z", "steel++", "steel-")
            for gap in (-3.5, 0, 3.5):
                c.box(x + gap - 0.9, 8, 1.8, 17, 0.9, "#eee7db")
        else:
            c.fill(f"M {x - 3} 40 L {x - 3} 12 Q {x + 6} 16 {x + 5} 40 Z", "steel++", "steel")


OUTDOOR = {
    "tent": tent, "backpack": backpack, "sleeping bag": sleeping_bag, "mat": mat, "stove": stove, "pot": pot,
    "bottle": bottle, "lantern": lantern, "headlamp": headlamp, "knife": knife, "camp chair": chair,
    "camp table": table, "cooler": cooler, "hammock": hammock, "dry bag": dry_bag, "compass": compass, "rope": rope,
    "cutlery": cutlery,
}  # fmt: skip
