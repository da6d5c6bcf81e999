"""Colors by name and what can be done to them."""

from functools import lru_cache

NAMED = {
    "forest": "#3f6b52", "sage": "#93a98a", "moss": "#6f7d45", "mint": "#a9cdbb", "sea": "#2f7f86", "sky": "#7fb2d0",
    "navy": "#2e4a6b", "indigo": "#475a9b", "slate": "#65737e", "charcoal": "#3b4047", "ink": "#26313c",
    "rust": "#b9562f", "clay": "#c98461", "coral": "#e07b62", "red": "#b8433f", "plum": "#7b4b6a",
    "blush": "#e5b7a8",
    "mustard": "#d6a13b", "sun": "#efc15a", "sand": "#d8c19a", "cream": "#f1e6d0", "white": "#f7f5f0",
    "stone": "#b9b2a6",
    "oak": "#c79a66", "walnut": "#7d5438", "birch": "#e0c79f", "bamboo": "#cfb06a", "steel": "#b4bcc3",
    "iron": "#4b4f55",
    "brass": "#c6a14a", "copper": "#c07b54", "celadon": "#a9c4ae", "jade": "#6fa287", "porcelain": "#eef1ef",
    "cobalt": "#33569f", "tenmoku": "#4c3327", "tea": "#a8642e", "leaf": "#5f8a4c",
}  # fmt: skip
BACKDROPS = ["#eee7db", "#e4eae2", "#e2e9ee", "#f1e4dd", "#e9e6ec", "#ece9e2", "#dfe8e6", "#f3ead3"]
STEP = 0.22  # how much one "-" darkens and one "+" lightens

Rgba = tuple[int, int, int, int]


@lru_cache(maxsize=4_096)
def color(spec: str) -> Rgba:
    """`rust`, `#b9562f`, darker `rust-`, lighter `rust++`, and with 30 % opacity `rust/30`."""
    spec, _, opacity = spec.partition("/")
    base = spec.rstrip("+-")
    rgb = bytes.fromhex(NAMED.get(base, base).removeprefix("#"))
    for sign in spec[len(base) :]:
        rgb = [part + (255 - part) * STEP if sign == "+" else part * (1 - STEP) for part in rgb]
    red, green, blue = map(int, rgb)
    return red, green, blue, 255 * int(opacity or 100) // 100
