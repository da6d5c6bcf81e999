"""How things to write with, and to write on, are drawn."""

from analytics.services.demo.pictures.canvas import Canvas


def notebook(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(87, 28, 51)
    c.turn(-4 if c.look.style % 2 else 3)
    c.box(27, 16, 48, 70, 2, "white-", "stone")
    c.box(25, 14, 48, 70, 2.5, f"{m}+", f"{m}-")
    c.box(25, 14, 7, 70, 2.5, f"{m}-", f"{m}--")
    if c.look.style % 2:  # a spiral and a label
        for y in range(19, 82, 5):
            c.stroke(f"M 22 {y} L 29 {y}", "steel-", 1.3)
        c.box(40, 28, 26, 14, 1, "cream")
        for y in (33, 37):
            c.stroke(f"M 44 {y} L 62 {y}", f"{m}--/70", 0.8)
        return
    c.box(66, 14, 2.6, 70, 0, f"{a}-")
    c.stroke("M 44 84 L 44 92", f"{a}", 1.8)
    c.oval(48, 40, 7, 7, f"{a}/80")
    c.oval(48, 40, 4.6, 4.6, f"{m}")


def pen(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(78, 34)
    c.turn(-38)
    c.box(8, 45, 46, 10, 5, f"{m}++", f"{m}-", down=True)
    c.box(46, 44, 30, 12, 3, f"{m}+", f"{m}--", down=True)
    c.box(45, 44, 3, 12, 0, f"{a}+", f"{a}-", down=True)
    c.box(51, 45.6, 22, 2.2, 1, f"{a}+", f"{a}-")
    if c.look.style % 2:  # a nib
        c.fill("M 76 46 L 90 50 L 76 54 Z", "brass+", "brass-")
        c.stroke("M 78 50 L 88 50", "ink/60", 0.6)
    else:
        c.box(76, 47.5, 7, 5, 1, "steel", "steel-", down=True)
        c.fill("M 83 48.5 L 88 50 L 83 51.5 Z", "iron")


def pencils(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(88, 27)
    tones = [m, a, f"{m}++", f"{a}--", f"{m}-"]
    for place, tone in enumerate(tones):
        x = 28 + place * 9
        top = 18 + (place * 7 + c.look.style * 5) % 11
        c.fill(f"M {x} {top + 9} L {x + 4} {top} L {x + 8} {top + 9} Z", "birch", "birch-")
        c.fill(f"M {x + 2.8} {top + 3} L {x + 4} {top} L {x + 5.2} {top + 3} Z", tone)
        c.box(x, top + 9, 8, 79 - top, 0.6, f"{tone}+", f"{tone}-")
    c.box(25, 60, 50, 28, 3, f"{m}--", "ink")
    c.box(25, 60, 50, 6, 3, f"{a}", f"{a}-")


def ink_bottle(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 27)
    body = "M 28 46 L 38 38 L 62 38 L 72 46 L 73 84 Q 50 88 27 84 Z"
    c.fill(body, "porcelain", "steel+")
    c.fill("M 20 54 L 80 54 L 80 90 L 20 90 Z", f"{m}", f"{m}--", within=body)
    c.box(39, 20, 22, 18, 2, "iron+", "ink")
    for x in range(42, 60, 3):
        c.stroke(f"M {x} 22 L {x} 36", "ink/50", 0.7)
    c.box(37, 60, 26, 15, 1, "cream", "cream-")
    c.stroke("M 41 65 L 59 65", f"{m}-", 1)
    c.stroke("M 41 69 L 53 69", f"{a}-", 1)
    c.stroke("M 32 50 L 32 80", "white/60", 1.6)


def cards(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(80, 33)
    c.turn(-7)
    c.box(22, 26, 52, 40, 1.5, f"{a}+", f"{a}-")
    c.turn(4)
    c.box(24, 34, 54, 42, 1.5, "white", "cream")
    if c.look.style % 2:
        c.fill("M 24 35 L 51 58 L 78 35 L 78 38 L 51 62 L 24 38 Z", f"{m}-/60")
        c.oval(51, 58, 5, 5, f"{m}", f"{m}--")
        return
    for x, y, r in ((40, 58, 7), (51, 50, 9), (62, 58, 7)):
        c.oval(x, y, r, r, f"{m}/80", f"{m}-")
        c.oval(x, y, r / 3, r / 3, f"{a}+")
    c.stroke("M 51 58 L 51 72", "leaf", 1.4)


def paper_tape(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(84, 32)
    for x, y, tone, other in ((34, 62, m, a), (64, 64, a, m), (50, 40, f"{m}++", f"{a}-")):
        c.oval(x, y, 19, 19, f"{tone}+", f"{tone}-")
        if c.look.style % 2:
            for n in range(-2, 3):
                half = 17 - abs(n) * 3
                c.stroke(f"M {x + n * 7} {y - half} L {x + n * 7} {y + half}", f"{other}/45", 1.6)
        c.oval(x, y, 12, 12, "birch", "oak")
        c.oval(x, y, 10, 10, "stone-", "stone--")


def pencil_case(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(73, 36)
    c.box(14, 36, 72, 36, 12, f"{m}+", f"{m}-", down=True)
    c.stroke("M 18 46 Q 50 41 82 46", f"{a}-", 2)
    c.stroke("M 18 46 Q 50 41 82 46", "steel/70", 0.8)
    c.box(76, 45, 4, 11, 1.5, f"{a}", f"{a}--")
    if c.look.style % 2:
        for x in range(22, 82, 9):
            c.oval(x, 60, 2.2, 2.2, f"{a}/80")
    else:
        c.box(22, 55, 20, 9, 1, f"{a}", f"{a}-")


def wrapping(c: Canvas) -> None:
    m, a = c.look.main, c.look.accent
    c.stand(86, 26)
    for x, tone, other in ((26, m, a), (44, a, m), (62, f"{m}--", f"{a}+")):
        c.box(x, 16, 13, 70, 3, f"{tone}++", f"{tone}-")
        for y in range(24, 82, 8 if c.look.style % 2 else 11):
            c.stroke(f"M {x + 1} {y} L {x + 12} {y - 5}", f"{other}/70", 1.5)
        c.oval(x + 6.5, 17, 6.5, 2, f"{tone}--", "ink")
        c.box(x, 46, 13, 7, 0, "cream")


PAPER = {
    "notebook": notebook, "pen": pen, "pencils": pencils, "ink bottle": ink_bottle, "cards": cards,
    "paper tape": paper_tape, "pencil case": pencil_case, "wrapping": wrapping,
}  # fmt: skip
