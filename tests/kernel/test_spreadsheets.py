import pytest

from config.kernel.spreadsheets import harmless


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1"])
def test_what_could_begin_a_formula_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "12.50", "a=b", "2025-03-03", "'"])
def test_everything_else_stays_as_it_is(cell):
    assert harmless(cell) == cell
