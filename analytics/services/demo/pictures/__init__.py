"""Flat pictures of goods, drawn from shapes: nothing is loaded, and the same good always looks the same."""

from analytics.services.demo.pictures.canvas import Canvas, Look
from analytics.services.demo.pictures.home import HOME
from analytics.services.demo.pictures.outdoor import OUTDOOR
from analytics.services.demo.pictures.paper import PAPER
from analytics.services.demo.pictures.tableware import TABLEWARE
from analytics.services.demo.pictures.toys import TOYS
from analytics.services.demo.pictures.wear import WEAR

KINDS = OUTDOOR | WEAR | TABLEWARE | HOME | PAPER | TOYS


def png(good: tuple[str, Look]) -> bytes:
    """Draw a kind of good in some colors."""
    kind, look = good
    canvas = Canvas(look)
    KINDS[kind](canvas)
    return canvas.png()


__all__ = ["KINDS", "Look", "png"]
