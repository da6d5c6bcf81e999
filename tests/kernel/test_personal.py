"""Masking: the end of a value, and never the whole of it."""

import pytest

from config.kernel.personal import masked


@pytest.mark.parametrize(
    ("text", "shown", "expected"),
    [
        ("0151 2300946", 4, "••••••0946"), ("0946", 4, "••••••"), ("94", 4, "••••••"), ("Lindenweg 7", 0, "••••••"),
        ("Ada", 1, "••••••a"), ("", 4, ""),
    ],
)  # fmt: skip
def test_a_value_is_never_shown_whole(text, shown, expected):
    assert masked(text, shown=shown) == expected
