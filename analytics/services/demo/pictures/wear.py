"""How things to wear, and things of cloth, are drawn."""

from analytics.services.demo.pictures.canvas import Canvas


def jacket(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(89, 26)
    c.fill("M 30 28 C 20 32 15 50 13 74 L 24 77 C 27 62 30 52 34 46 Z", f"{m}", f"{m}-")
    c.fill("M 70 28 C 80 32 85 50 87 74 L 76 77 C 73 62 70 52 66 46 Z", f"{m}-", f"{m}--")
    c.box(12.4, 72, 12, 5.4, 2, f"{a}-")
    c.box(75.6, 72, 12, 5.4, 2, f"{a}-")
    c.fill("M 36 22 C 40 10 60 10 64 22 L 60 30 L 40 30 Z", f"{m}-", f"{m}--")
    c.fill("M 40 24 C 43 16 57 16 60 24 L 50 32 Z", f"{a}-", f"{a}--")
    body = "M 38 24 L 50 32 L 62 24 C 68 26 71 29 72 34 L 73 88 L 27 88 L 28 34 C 29 29 32 26 38 24 Z"
    c.fill(body, f"{m}+", f"{m}-")
    c.fill("M 20 20 L 80 20 L 80 47 Q 50 52 20 47 Z", f"{a}/90", within=body)
    if c.look.style % 2:
        for y in range(34, 88, 9):
            c.fill(f"M 20 {y} Q 50 {y + 4} 80 {y} L 80 {y + 0.9} Q 50 {y + 4.9} 20 {y + 0.9} Z", "ink/25", within=body)
    c.stroke("M 50 32 L 50 88", f"{m}--", 1)
    c.stroke("M 34 64 L 40 74", f"{m}--", 1)
    c.stroke("M 66 64 L 60 74", f"{m}--", 1)
    c.box(27, 85, 46, 3, 0, f"{m}--/60")


def beanie(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(82, 32)
    crown = "M 20 64 C 20 32 36 24 50 24 C 64 24 80 32 80 64 Z"
    c.fill(crown, f"{m}+", f"{m}-")
    for n in range(-4, 5):
        c.stroke(f"M {50 + n * 3} 26 Q {50 + n * 7.6} 42 {50 + n * 7.4} 62", f"{m}-/60", 0.9)
    if c.look.style % 2:
        c.oval(50, 20, 9, 9, f"{a}+", f"{a}-")
        for x, y in ((46, 17), (53, 16), (50, 22), (45, 23), (55, 22)):
            c.oval(x, y, 2.4, 2.4, f"{a}++/60")
    c.box(16, 58, 68, 23, 8, f"{a}+" if c.look.style % 2 else f"{m}", f"{a}-" if c.look.style % 2 else f"{m}--")
    for x in range(22, 82, 5):
        c.stroke(f"M {x} 61 L {x} 78", "ink/18", 1)
    if not c.look.style % 2:
        c.box(58, 65, 13, 8, 1, f"{a}")


def cap(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(73, 33, 48)
    if c.look.style % 2:  # a hat with a brim all around
        c.oval(50, 66, 44, 10, f"{m}", f"{m}--")
        c.fill("M 26 64 C 27 36 36 30 50 30 C 64 30 73 36 74 64 Q 50 72 26 64 Z", f"{m}+", f"{m}-")
        c.fill("M 26.6 56 Q 50 63 73.4 56 L 74 64 Q 50 72 26 64 Z", f"{a}", f"{a}-")
        return
    c.fill("M 22 62 C 22 36 38 28 52 28 C 68 28 76 42 76 62 Q 50 70 22 62 Z", f"{m}+", f"{m}-")
    c.stroke("M 51 28 C 44 38 42 52 43 65", f"{m}--/60", 0.8)
    c.stroke("M 53 28 C 61 38 63 52 62 64", f"{m}--/60", 0.8)
    c.fill("M 22 62 C 6 64 2 72 6 74 C 22 70 36 70 50 72 Q 58 70 60 65 Q 40 68 22 62 Z", f"{a}", f"{a}--")
    c.oval(52, 28, 2.6, 1.6, f"{a}")


def boot(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(85, 36)
    shoe = "M 30 20 L 56 18 C 58 36 60 46 68 52 C 80 56 88 60 88 76 L 22 76 C 22 60 28 40 30 20 Z"
    c.fill(shoe, f"{m}+", f"{m}-")
    c.fill("M 20 62 C 40 58 70 66 92 62 L 92 80 L 18 80 Z", f"{a}/90", within=shoe)
    c.fill("M 29 18 C 38 14 50 14 57 17 L 57.4 25 C 48 22 38 22 29.4 26 Z", f"{a}-", f"{a}--")
    for n in range(5):
        y = 30 + n * 6.4
        c.stroke(f"M {47 + n * 2.2} {y + 2} L {58 + n * 2.4} {y}", "cream", 1.4)
        c.oval(47 + n * 2.2, y + 2, 1.3, 1.3, "brass")
    c.fill("M 19 75 L 90 75 C 92 80 91 84 88 85 L 24 85 C 19 85 18 80 19 75 Z", "charcoal", "ink")
    for x in range(24, 88, 8):
        c.box(x, 83, 5, 3.4, 1, "ink")


def socks(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 32)
    for dx, dark in ((14, "-"), (-4, "")):
        sock = (
            f"M {34 + dx} 16 L {54 + dx} 16 L {54 + dx} 54 C {56 + dx} 62 {72 + dx} 64 {74 + dx} 74"
            f" C {74 + dx} 84 {60 + dx} 84 {50 + dx} 80 C {40 + dx} 76 {34 + dx} 70 {34 + dx} 58 Z"
        )
        c.fill(sock, f"{m}+{dark}", f"{m}-{dark}")
        c.fill(f"M {62 + dx} 58 L {80 + dx} 58 L {80 + dx} 90 L {64 + dx} 90 Z", f"{a}{dark}", within=sock)
        c.fill(f"M {30 + dx} 60 L {46 + dx} 66 L {40 + dx} 84 L {30 + dx} 80 Z", f"{a}{dark}", within=sock)
        for y in (16, 24, 32) if c.look.style % 2 else (16, 30):
            c.box(34 + dx, y, 20, 3.4 if c.look.style % 2 else 7, 0, f"{a}{dark}")


def gloves(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 32)
    for x, dark in ((17, ""), (53, "-")):
        for n, (finger, top) in enumerate(((0, 30), (7, 22), (14, 22), (21, 30))):
            c.box(x + 2 + finger, top, 7.6, 34, 3.8, f"{m}{'+' if n < 2 else ''}{dark}", f"{m}-{dark}")
        c.box(x + 2, 44, 28.6, 34, 8, f"{m}+{dark}", f"{m}-{dark}")
        thumb = f"M {x + 28} 62 C {x + 33} 56 {x + 35} 50 {x + 37} 46 C {x + 43} 46 {x + 42} 60 {x + 30} 72 Z"
        c.fill(thumb, f"{m}{dark}", f"{m}-{dark}")
        c.box(x, 72, 32, 14, 4, f"{a}{dark}", f"{a}-{dark}")
        for line in (6, 12, 18, 24):
            c.stroke(f"M {x + 1.5 + line} 75 L {x + 1.5 + line} 83", "ink/20", 0.9)


def scarf(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 24)
    for x, dark, end in ((52, "-", 80), (30, "", 86)):
        tail = f"M {x} 34 L {x + 18} 34 L {x + 20} {end} L {x - 2} {end} Z"
        c.fill(tail, f"{m}+{dark}", f"{m}-{dark}")
        for y in range(44, end, 11 if c.look.style % 2 else 20):
            c.fill(f"M 0 {y} L 100 {y} L 100 {y + 5} L 0 {y + 5} Z", f"{a}{dark}", within=tail)
        for n in range(8):
            c.stroke(f"M {x - 1 + n * 2.8} {end} L {x - 1.3 + n * 2.9} {end + 5}", f"{m}-{dark}", 0.9)
    c.fill(
        "M 24 30 C 24 16 40 12 50 12 C 60 12 76 16 76 30 C 76 46 60 48 50 48 C 40 48 24 46 24 30 Z", f"{m}+", f"{m}-"
    )
    c.fill("M 32 26 C 32 18 42 16 50 16 C 58 16 68 18 68 26 C 66 34 34 34 32 26 Z", f"{m}--")
    c.stroke("M 27 36 C 36 44 62 44 73 36", f"{m}--/50", 1)
    c.stroke("M 26 30 C 34 39 64 39 74 30", f"{m}--/40", 1)


def blanket(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(82, 38)
    for n in range(4):
        y = 70 - n * 13
        c.box(14, y, 72, 12.4, 6, f"{m}+" if n % 2 else f"{m}", f"{m}-", down=True)
        if c.look.style % 3 == 0:
            c.box(30, y, 5, 12.4, 0, f"{a}")
            c.box(38, y, 2, 12.4, 0, f"{a}")
        elif c.look.style % 3 == 1:
            c.box(20, y + 3.6, 60, 1.6, 0.8, f"{a}")
            c.box(20, y + 7.2, 60, 1.6, 0.8, f"{a}")
        else:
            for x in range(22, 82, 8):
                c.oval(x + (4 if n % 2 else 0), y + 6.2, 1.2, 1.2, f"{a}")
    for n in range(12):
        c.stroke(f"M 15 {33 + n * 4.1} L 9.5 {34 + n * 4.1}", f"{m}-", 0.9)


def poles(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 20)
    for angle in (14, -14):
        c.turn(angle, 50, 60)
        c.box(48.8, 24, 2.4, 40, 1.2, f"{m}+", f"{m}-")
        c.box(49.2, 58, 1.6, 30, 0.8, "steel+", "steel--")
        c.box(48, 42, 4, 6, 1, "charcoal")
        c.box(47.2, 8, 5.6, 20, 2.8, f"{a}+", f"{a}--")
        c.oval(50, 82, 6, 1.8, "charcoal")
        c.stroke("M 48 10 C 38 12 38 26 46 28", f"{a}-", 1)


def towel(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 24)
    c.box(14, 15, 72, 3.4, 1.7, "oak", "oak-", down=True)
    c.box(27, 14, 46, 70, 2, f"{m}+", f"{m}-")
    c.box(27, 14, 46, 7, 2, f"{m}++", f"{m}")
    for y in (62, 69, 76) if c.look.style % 2 else (70,):
        c.box(27, y, 46, 3 if c.look.style % 2 else 9, 0, f"{a}", f"{a}-")
    c.stroke("M 42 22 C 41 40 42 60 41 82", f"{m}-/40", 1.2)
    c.stroke("M 59 22 C 60 44 58 60 60 82", f"{m}-/40", 1.2)


WEAR = {
    "jacket": jacket, "beanie": beanie, "cap": cap, "boot": boot, "socks": socks, "gloves": gloves, "scarf": scarf,
    "blanket": blanket, "poles": poles, "towel": towel,
}  # fmt: skip
