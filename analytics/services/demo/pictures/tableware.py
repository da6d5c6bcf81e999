"""How tea things and tableware are drawn."""

from analytics.services.demo.pictures.canvas import Canvas, Outline

SPECKS = [(34, 48), (45, 60), (60, 52), (55, 72), (38, 74), (64, 66), (48, 44), (33, 62), (66, 42), (43, 79)]
FLOWERS = [(36, 11, 44, 18), (60, 8, 53, 16), (70, 20, 62, 24)]


def _glaze(c: Canvas, box: tuple[float, float, float, float], within: Outline) -> None:
    """Decorate the belly of something turned: bands, dots, a dipped edge, a sprig."""
    a, (x, y, w, h) = c.look.accent, box
    if c.look.style % 4 == 1:
        for part in (0.25, 0.4):
            top, end = y + h * part, y + h * part + 2
            c.fill(f"M {x} {top} L {x + w} {top} L {x + w} {end} L {x} {end} Z", a, within=within)
    elif c.look.style % 4 == 2:
        c.fill(f"M {x} {y + h * 0.56} Q {x + w * 0.25} {y + h * 0.48} {x + w / 2} {y + h * 0.58}"
               f" Q {x + w * 0.75} {y + h * 0.66} {x + w} {y + h * 0.54} L {x + w} {y + h} L {x} {y + h} Z",
               f"{a}/85", within=within)  # fmt: skip
    elif c.look.style % 4 == 3:
        _sprig(c, x + w / 2, y + h * 0.52, a)


def _sprig(c: Canvas, x: float, y: float, paint: str) -> None:
    c.stroke(f"M {x - 8} {y + 7} Q {x} {y + 2} {x + 8} {y - 8}", paint, 0.9)
    for dx, dy, side in ((-5, 4, 1), (-1, 1, -1), (3, -3, 1), (6, -7, -1)):
        c.fill(f"M {x + dx} {y + dy} Q {x + dx + side * 5} {y + dy - 1} {x + dx + side * 5} {y + dy + 4 * side}"
               f" Q {x + dx} {y + dy + 3 * side} {x + dx} {y + dy} Z", paint)  # fmt: skip


def teapot(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 30)
    c.fill("M 26 66 C 16 62 14 48 6 42 L 11 38 C 20 42 24 50 31 52 Z", f"{m}+", f"{m}")
    if c.look.style % 2:
        c.stroke("M 30 46 C 26 8 74 8 70 46", "bamboo-", 2.8)
    else:
        c.stroke("M 72 50 C 94 42 94 74 70 74", f"{m}-", 4)
    body = c.turned([(14, 42), (24, 46), (27, 58), (25, 72), (18, 82), (18, 84), (18, 84), (0, 84)])
    _glaze(c, (22, 42, 56, 42), body)
    c.turned([(4, 36), (12, 38), (16, 42), (16, 43), (0, 44)], f"{m}++", f"{m}-")
    c.oval(50, 34, 3.6, 3.4, f"{a}+" if c.look.style % 2 else f"{m}+", f"{a}-" if c.look.style % 2 else f"{m}-")
    c.stroke("M 31 52 C 29 60 30 66 33 72", "white/45", 1.8)


def cup(c: Canvas) -> None:
    m = c.look.main
    c.stand(84, 34)
    if c.look.style % 2:
        c.oval(50, 82, 36, 4.6, f"{m}++", f"{m}-")
        c.oval(50, 81, 26, 2.6, f"{m}-/50")
        c.stroke("M 72 50 C 88 46 88 68 68 68", f"{m}-", 2.8)
    body = c.turned([(26, 40), (26, 40), (25, 56), (18, 74), (11, 79), (11, 82), (11, 82), (0, 82)])
    _glaze(c, (24, 40, 52, 42), body)
    c.oval(50, 40, 26, 5.4, f"{m}++", f"{m}+")
    c.oval(50, 41, 23, 4, "tea", "tea-")
    c.stroke("M 30 48 C 31 58 34 66 38 72", "white/45", 1.6)
    c.stroke("M 44 30 C 40 25 48 22 44 15", "white/70", 1.3)
    c.stroke("M 55 30 C 51 24 59 21 55 13", "white/70", 1.3)


def gaiwan(c: Canvas) -> None:
    m = c.look.main
    c.stand(86, 32)
    c.oval(50, 82, 33, 5, f"{m}++", f"{m}-")
    c.oval(50, 80.6, 22, 2.6, f"{m}-/50")
    body = c.turned([(30, 46), (30, 46), (25, 58), (20, 72), (11, 78), (11, 81), (11, 81), (0, 81)])
    _glaze(c, (20, 46, 60, 35), body)
    c.turned([(5, 34), (16, 37), (25, 44), (25, 46), (0, 48)], f"{m}++", f"{m}-")
    c.turned([(6, 28), (6, 28), (4.4, 32), (5.4, 35), (5.4, 35), (0, 36)], f"{m}++", f"{m}-")
    c.stroke("M 30 54 C 32 62 34 68 38 73", "white/50", 1.6)


def mug(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 28)
    c.stroke("M 68 46 C 92 40 92 74 67 70", f"{m}-", 4.4)
    body = "M 26 32 L 72 32 L 70 80 Q 70 84 66 84 L 32 84 Q 28 84 28 80 Z"
    c.fill(body, f"{m}+", f"{m}-")
    if c.look.style % 4 == 0:  # enamel: a rim and specks
        for x, y in SPECKS:
            c.oval(x, y, 0.9, 0.8, f"{a}/80")
    _glaze(c, (24, 32, 50, 52), body)
    c.oval(49, 32, 23, 4.6, f"{a}", f"{a}-")
    c.oval(49, 32.6, 21, 3.4, f"{m}--", f"{m}-")
    c.box(31.5, 42, 2.8, 34, 1.4, "white/40")


def bowl(c: Canvas) -> None:
    m = c.look.main
    c.stand(80, 26)
    body = c.turned([(40, 44), (40, 44), (36, 58), (25, 72), (14, 76), (14, 79), (14, 79), (0, 79)])
    _glaze(c, (8, 44, 84, 35), body)
    c.oval(50, 44, 40, 8, f"{m}++", f"{m}+")
    c.oval(50, 45, 36.6, 6.4, f"{m}-", f"{m}")
    c.stroke("M 16 54 C 20 62 26 68 33 72", "white/40", 1.8)


def plate(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 24)
    c.oval(50, 50, 37, 37, f"{m}+", f"{m}-")
    c.oval(50, 50, 35.6, 35.6, f"{m}++", f"{m}")
    if c.look.style % 2:
        c.oval(50, 50, 34, 34, a)
        c.oval(50, 50, 32.6, 32.6, f"{m}++", f"{m}")
    c.oval(50, 50, 24, 24, f"{m}-/60")
    c.oval(50, 50.6, 23.4, 23.2, f"{m}++", f"{m}+")
    if c.look.style % 3 == 0:
        _sprig(c, 50, 50, a)
    if c.look.style % 3 == 1:
        for n in range(16):
            c.turn(n * 22.5)
            c.oval(50, 20.5, 1.5, 1.5, a)


def tin(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(87, 23)
    c.box(28, 30, 44, 57, 4, f"{m}+", f"{m}-")
    c.box(26.5, 16, 47, 17, 4, f"{m}", f"{m}--")
    c.box(26.5, 30, 47, 2.6, 1, f"{a}", f"{a}-")
    c.box(34, 44, 32, 30, 2, "cream", "sand")
    c.box(35.6, 45.6, 28.8, 26.8, 1.4, f"{a}/30")
    _leaves(c, 50, 59, f"{a}-")
    c.box(31, 36, 2.2, 48, 1.1, "white/30")


def _leaves(c: Canvas, x: float, y: float, paint: str) -> None:
    """Two leaves and a bud."""
    c.fill(f"M {x} {y + 8} Q {x - 2} {y - 4} {x} {y - 10} Q {x + 3} {y - 2} {x} {y + 8} Z", paint)
    c.fill(f"M {x} {y + 8} Q {x - 11} {y + 4} {x - 10} {y - 5} Q {x - 2} {y - 1} {x} {y + 8} Z", f"{paint}")
    c.fill(f"M {x} {y + 8} Q {x + 11} {y + 4} {x + 10} {y - 5} Q {x + 2} {y - 1} {x} {y + 8} Z", f"{paint}+")


def pouch(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 25)
    c.fill("M 28 18 L 72 18 L 73 30 C 76 50 77 74 76 86 Q 50 90 24 86 C 23 74 24 50 27 30 Z", f"{m}+", f"{m}-")
    c.fill("M 28 18 L 72 18 L 72.8 27 Q 50 29 27.2 27 Z", f"{m}", f"{m}--")
    c.stroke("M 28 24 L 72 24", f"{m}--", 0.6)
    if c.look.style % 2:
        c.oval(50, 58, 15, 15, "cream", "sand")
        _leaves(c, 50, 58, a)
    else:
        c.box(34, 44, 32, 32, 2, f"{a}", f"{a}-")
        _leaves(c, 50, 60, "cream")
    c.stroke("M 31 34 C 29 50 29 68 30 82", "white/30", 1.6)


def vase(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 20)
    for x, y, bend_x, bend_y in FLOWERS:
        c.stroke(f"M 50 34 Q {bend_x} {bend_y} {x} {y}", "moss", 1)
        for dx, dy in ((0, -3), (3, 0), (0, 3), (-3, 0)):
            c.oval(x + dx, y + dy, 2.6, 2.6, f"{a}+")
        c.oval(x, y, 1.8, 1.8, "sun")
    if c.look.style % 3 == 0:
        profile = [(8, 32), (7, 40), (15, 50), (23, 64), (19, 80), (12, 88), (12, 88), (0, 88)]
    elif c.look.style % 3 == 1:
        profile = [(6, 32), (6, 32), (6, 52), (18, 62), (22, 74), (16, 86), (14, 88), (14, 88), (0, 88)]
    else:
        profile = [(13, 32), (13, 32), (16, 56), (18, 84), (16, 88), (16, 88), (0, 88)]
    body = c.turned(profile)
    if c.look.style % 2:
        c.fill("M 20 66 Q 50 72 80 66 L 80 70 Q 50 76 20 70 Z", a, within=body)
    c.oval(50, 32, profile[0][0], 1.8, f"{m}--")
    c.stroke("M 39 60 C 35 68 38 76 41 82", "white/35", 1.8)


def kettle(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(85, 32)
    c.stroke("M 26 48 C 28 8 72 8 74 48", f"{a}-", 3)
    c.fill("M 24 62 C 14 58 14 50 8 44 L 13 41 C 20 46 24 52 30 52 Z", f"{m}", f"{m}-")
    c.turned([(12, 42), (26, 48), (31, 62), (29, 76), (22, 85), (22, 85), (0, 85)])
    for y, width in ((58, 28), (65, 29), (72, 28)) if c.look.style % 2 else ():
        for n in range(-5, 6):
            c.oval(50 + n * width / 6, y, 1.1, 1.1, f"{m}--")
    c.turned([(4, 36), (11, 38), (14, 43), (14, 44), (0, 45)], f"{m}+", f"{m}-")
    c.oval(50, 33.6, 3.2, 3.2, f"{a}+", f"{a}-")
    c.stroke("M 28 56 C 26 64 28 70 31 76", "white/28", 1.8)


def jar(c: Canvas) -> None:
    a = c.look.accent
    c.stand(87, 25)
    body = c.turned([(22, 34), (26, 42), (27, 60), (25, 80), (20, 87), (20, 87), (0, 87)])
    _glaze(c, (22, 34, 56, 53), body)
    c.turned([(21, 26), (23, 28), (23, 28), (23, 35), (23, 35), (0, 36)], f"{a}+", f"{a}-")
    c.oval(50, 26, 21, 3, f"{a}++", f"{a}")
    c.turned([(4, 18), (5, 21), (3, 25), (3, 25), (0, 26)], f"{a}+", f"{a}--")
    c.stroke("M 30 46 C 28 58 29 68 32 78", "white/38", 1.8)


def pitcher(c: Canvas) -> None:
    m = c.look.main
    c.stand(86, 22)
    c.stroke("M 64 40 C 88 38 84 72 66 68", f"{m}-", 3.4)
    c.fill("M 37 26 C 30 24 27 22 23 24 Q 28 32 36 40 Z", f"{m}+", f"{m}")
    body = c.turned([(16, 26), (14, 36), (17, 50), (22, 66), (20, 80), (15, 86), (15, 86), (0, 86)])
    _glaze(c, (28, 26, 44, 60), body)
    c.oval(48.6, 26, 17, 2.6, f"{m}++", f"{m}--")
    c.stroke("M 34 56 C 31 66 32 72 35 79", "white/40", 1.8)


def tray(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(76, 40)
    if c.look.style % 2:
        c.oval(50, 62, 42, 16, f"{m}+", f"{m}--")
        c.oval(50, 60, 38.5, 13, f"{m}-", f"{m}")
    else:
        c.fill("M 18 48 L 82 48 L 94 70 L 94 75 L 6 75 L 6 70 Z", f"{m}", f"{m}--", down=True)
        c.fill("M 20 50 L 80 50 L 90 69 L 10 69 Z", f"{m}+", f"{m}")
        for n in range(1, 6):
            c.stroke(f"M {20 + n * 10} 50 L {10 + n * 13.3} 69", f"{m}-/70", 0.6)
    for x, y in ((36, 54), (62, 56)):
        c.turned([(8, y - 10), (8, y - 10), (6, y), (4, y + 3), (4, y + 3), (0, y + 3)], f"{a}+", f"{a}-", x=x)
        c.oval(x, y - 10, 8, 1.8, f"{a}++", f"{a}")
        c.oval(x, y - 9.7, 6.4, 1.2, "tea")


def infuser(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 24)
    c.stroke("M 70 40 L 90 36", f"{a}-", 3)
    c.fill("M 28 40 L 72 40 C 72 64 64 80 50 82 C 36 80 28 64 28 40 Z", f"{m}++", f"{m}-")
    for row in range(6):
        width = (19, 18.6, 17.4, 15, 11.6, 7)[row]
        for n in range(-4, 5):
            c.oval(50 + n * width / 4, 47 + row * 6, 0.9, 0.9, f"{m}--")
    c.oval(50, 40, 25, 5.6, f"{m}+", f"{m}--")
    c.oval(50, 40.6, 21, 4, "charcoal", "iron")


def whisk(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 19)
    for n in range(-9, 10):
        path = f"M {50 + n} 54 C {50 + n * 2.4} 44 {50 + n * 2.4} 26 {50 + n} {12 + abs(n) * 0.35}"
        c.stroke(path, f"{m}" if n % 2 else f"{m}+", 0.9)
    c.turned([(11, 52), (11, 52), (10, 60), (10, 60), (0, 60)], f"{a}", f"{a}-")
    c.turned([(10, 59), (9, 64), (9, 64), (9, 85), (8.6, 88), (8.6, 88), (0, 88)], f"{m}+", f"{m}-")
    c.box(41, 74, 18, 1, 0, f"{m}--")


TABLEWARE = {
    "teapot": teapot, "cup": cup, "gaiwan": gaiwan, "mug": mug, "bowl": bowl, "plate": plate, "tin": tin,
    "pouch": pouch, "vase": vase, "kettle": kettle, "jar": jar, "pitcher": pitcher, "tray": tray, "infuser": infuser,
    "whisk": whisk,
}  # fmt: skip
