"""How toys are drawn."""

from analytics.services.demo.pictures.canvas import Canvas


def blocks(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 34)
    places = ((18, 64, m), (40, 64, "birch"), (62, 64, a), (29, 42, a), (51, 42, f"{m}++"), (40, 20, m))
    for x, y, tone in places:
        c.box(x, y, 21, 21, 1.5, f"{tone}+", f"{tone}-", down=True)
        c.box(x + 4, y + 4, 13, 13, 1, f"{tone}++/60")
        if c.look.style % 2:
            c.oval(x + 10.5, y + 10.5, 4, 4, f"{tone}--")
        else:
            c.fill(f"M {x + 10.5} {y + 6} L {x + 15} {y + 15} L {x + 6} {y + 15} Z", f"{tone}--")


def bear(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(90, 28)
    for x in (33, 67):
        c.oval(x, 22, 9, 9, f"{m}", f"{m}-")
        c.oval(x, 23, 5, 5, f"{a}+")
    for x, y in ((27, 60), (73, 60), (36, 83), (64, 83)):
        c.oval(x, y, 10, 9, f"{m}", f"{m}--")
    c.oval(50, 68, 24, 22, f"{m}+", f"{m}-")
    c.oval(50, 70, 14, 14, f"{a}++", f"{a}+")
    c.oval(50, 36, 22, 20, f"{m}++", f"{m}")
    c.oval(50, 43, 10, 8, f"{a}++")
    for x in (42, 58):
        c.oval(x, 34, 2.2, 2.4, "ink")
    c.oval(50, 40, 3.4, 2.4, "tenmoku")
    c.stroke("M 50 42 L 50 45 Q 47 48 45 46", "tenmoku", 0.9)
    if c.look.style % 2:
        c.fill("M 38 54 L 50 58 L 62 54 L 62 63 L 50 58 L 38 63 Z", "red", "red-")


def rings(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 34)
    c.box(47, 18, 6, 64, 3, "birch", "oak")
    tones = [m, a, f"{m}++", f"{a}-", f"{m}-"]
    for place, tone in enumerate(tones):
        half = 32 - place * 4.6
        c.box(50 - half, 70 - place * 11, 2 * half, 11, 5.4, f"{tone}+", f"{tone}-", down=True)
    c.box(16, 81, 68, 6, 3, "birch", "oak-")
    if c.look.style % 2:
        c.oval(50, 18, 6, 6, f"{a}+", f"{a}-")


def toy_car(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(78, 38)
    if c.look.style % 2:  # a van
        c.fill("M 12 34 Q 12 28 18 28 L 66 28 Q 76 28 82 44 L 90 50 L 90 70 L 12 70 Z", f"{m}+", f"{m}-", down=True)
        for x in (20, 38):
            c.box(x, 34, 14, 13, 2, "sky++", "sky")
        c.fill("M 57 34 L 67 34 Q 72 36 76 47 L 57 47 Z", "sky++", "sky")
        c.box(12, 54, 78, 5, 0, f"{a}")
    else:
        c.fill("M 26 50 Q 32 30 44 30 L 58 30 Q 68 30 74 50 Z", f"{a}+", f"{a}-", down=True)
        c.fill("M 32 49 Q 36 35 44 35 L 48 35 L 48 49 Z", "sky++", "sky")
        c.fill("M 52 35 L 58 35 Q 64 36 68 49 L 52 49 Z", "sky++", "sky")
        c.box(10, 48, 80, 22, 9, f"{m}+", f"{m}-", down=True)
        c.oval(84, 57, 3, 3, "sun+")
    for x in (30, 70):
        c.oval(x, 70, 10, 10, "iron", "ink")
        c.oval(x, 70, 5, 5, "birch", "oak")


def puzzle(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 34)
    c.box(16, 20, 68, 62, 3, "birch", "oak-")
    tones = [m, a, f"{a}++", f"{m}++", f"{m}-", f"{a}-", a, f"{m}+", "cream"]
    for place, tone in enumerate(tones):
        x, y = 20 + place % 3 * 20.5, 24 + place // 3 * 18.5
        c.box(x, y, 19, 17, 2, f"{tone}+", f"{tone}-")
        if place % 2 == c.look.style % 2:
            c.oval(x + 9.5, y + 8.5, 5, 5, f"{tone}--/80")
            c.oval(x + 9.5, y + 8.5, 2, 2, "cream")
        else:
            c.stroke(f"M {x + 4} {y + 12} Q {x + 9} {y + 2} {x + 15} {y + 12}", f"{tone}--", 1.6)


def rattle(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(90, 18)
    c.turn(18)
    c.box(46, 50, 8, 38, 4, "birch", "oak-")
    c.oval(50, 34, 23, 23, f"{m}+", f"{m}-")
    c.oval(50, 34, 13, 13, f"{m}--/50") if c.look.style % 2 else c.box(27, 30, 46, 8, 3, f"{a}+", f"{a}-")
    for x, y in ((38, 24), (62, 24), (38, 45), (62, 45)):
        c.oval(x, y, 3, 3, f"{a}+", f"{a}-")
    c.oval(50, 88, 7, 7, f"{a}+", f"{a}-")


def ball(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 27)
    c.oval(50, 52, 32, 32, f"{m}+", f"{m}--")
    if c.look.style % 2:
        for x, y in ((38, 40), (60, 36), (68, 56), (48, 62), (32, 60), (56, 76)):
            c.fill(f"M {x} {y - 5} L {x + 5} {y + 4} L {x - 5} {y + 4} Z", f"{a}")
    else:
        c.fill("M 50 20 Q 36 52 50 84 Q 64 52 50 20 Z", f"{a}+", f"{a}-")
        c.fill("M 22 38 Q 28 52 22 66 Q 34 52 22 38 Z", f"{a}")
        c.fill("M 78 38 Q 72 52 78 66 Q 66 52 78 38 Z", f"{a}-")
    c.oval(40, 34, 6, 4, "white/45")


def drum(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(82, 33)
    c.fill("M 18 42 L 18 72 Q 50 92 82 72 L 82 42 Z", f"{m}+", f"{m}--")
    for x in (24, 40, 56, 72):
        c.stroke(f"M {x} 49 L {x + 8} 77 L {x + 14} 49", "cream", 1.1)
    c.stroke("M 18 72 Q 50 91 82 72", f"{a}-", 4)
    c.oval(50, 42, 32, 12, f"{a}", f"{a}--")
    c.oval(50, 41, 28, 10, "cream", "sand")
    if c.look.style % 2:
        c.stroke("M 34 38 L 66 14", "oak", 2.4)
        c.oval(66, 14, 4, 4, f"{m}")
    c.stroke("M 66 38 L 34 14", "oak-", 2.4)
    c.oval(34, 14, 4, 4, f"{m}+", f"{m}-")


def kite(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(93, 16, 60)
    c.turn(14)
    c.fill("M 50 8 L 76 38 L 50 74 L 24 38 Z", f"{m}+", f"{m}-")
    c.fill("M 50 8 L 76 38 L 50 38 Z", f"{a}+", f"{a}-")
    c.fill("M 24 38 L 50 38 L 50 74 Z", f"{a}", f"{a}--")
    c.stroke("M 50 8 L 50 74", "oak", 1.2)
    c.stroke("M 24 38 L 76 38", "oak", 1.2)
    c.stroke("M 50 74 C 42 82 58 86 50 94", f"{m}--", 1)
    for x, y in ((47, 80), (53, 87)) if c.look.style % 2 else ((50, 84), (50, 92)):
        c.fill(f"M {x - 5} {y - 3} L {x} {y} L {x - 5} {y + 3} Z", f"{a}")
        c.fill(f"M {x + 5} {y - 3} L {x} {y} L {x + 5} {y + 3} Z", f"{m}")


TOYS = {
    "blocks": blocks, "bear": bear, "rings": rings, "toy car": toy_car, "puzzle": puzzle, "rattle": rattle,
    "ball": ball, "drum": drum, "kite": kite,
}  # fmt: skip
