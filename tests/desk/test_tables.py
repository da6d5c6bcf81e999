import io
import zipfile

import pytest

from config.kernel.errors import DomainError
from merchants.desk.services import tables, workbooks
from tests.desk.files import sent, workbook


def read(upload, tmp_path, *, encoding=""):
    path = tmp_path / "kept.csv"
    reading = tables.take_over(upload.file, size=upload.size, encoding=encoding, path=path)
    return reading, list(tables.lines(path))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
def test_common_encodings_are_found_out(encoding, tmp_path):
    text = "商品編號,標題,說明\n" + "".join(f"A-{n},不鏽鋼保溫杯,這個杯子可以保溫十二小時\n" for n in range(40))
    reading, lines = read(sent(text, encoding=encoding), tmp_path)
    assert reading.headings == ["商品編號", "標題", "說明"]
    assert lines[0] == (2, ["A-0", "不鏽鋼保溫杯", "這個杯子可以保溫十二小時"])


def test_western_letters_of_old_systems_are_found_out(tmp_path):
    text = "Artikel;Größe;Preis\n" + "Schüssel für Äpfel;groß;3,50 €\n" * 30
    reading, lines = read(sent(text, encoding="cp1252"), tmp_path)
    assert reading.headings == ["Artikel", "Größe", "Preis"] and lines[0][1][2] == "3,50 €"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_found_out(separator, tmp_path):
    text = "\n".join(separator.join(row) for row in (["SKU", "Title"], ["A-1", "Kettle"], ["A-2", "Cup, blue; 1|2"]))
    text = text.replace("Cup, blue; 1|2", '"Cup, blue; 1|2"')
    reading, lines = read(sent(text), tmp_path)
    assert (reading.separator, lines[1][1]) == (separator, ["A-2", "Cup, blue; 1|2"])


def test_a_line_keeps_the_number_it_has_in_the_file(tmp_path):
    _reading, lines = read(sent('SKU,Title\n\nA-1,"two\nlines"\n,\nA-2,x\n'), tmp_path)
    assert lines == [(3, ["A-1", "two\nlines"]), (6, ["A-2", "x"])]


def test_a_file_that_came_from_here_comes_back_as_it_was(tmp_path):
    _reading, lines = read(sent("SKU,Title\nA-1,'=1+1\nA-2,'tis\n"), tmp_path)
    assert [cells[1] for _number, cells in lines] == ["=1+1", "'tis"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "The file is empty."),
        (b"  \n\n", "The file is empty."),
        (b",,\n,,\n", "The file holds no line with anything in it."),
        (b"SKU,Title\n", "Below its headings the file holds no line."),
        (b'SKU,Title\nA-1,"open\nA-2,b\n', "not a table near line"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Excel file."),
        (b"PK\x03\x04nonsense", "The workbook is damaged."),
        (b"SKU,\0\0\0\nA\0,b\n", "The file holds zero bytes"),
    ],
)
def test_what_is_no_table_is_told_so(content, told, tmp_path):
    with pytest.raises(DomainError) as refusal:
        read(sent(content), tmp_path)
    assert told in refusal.value.message
    assert list(tmp_path.iterdir()) == []


def test_a_chosen_encoding_that_does_not_fit_is_refused_with_its_line(tmp_path):
    with pytest.raises(DomainError) as refusal:
        read(sent("SKU,Title\nA-1,K\nA-2,茶壶\n", encoding="gb18030"), tmp_path, encoding="utf-8-sig")
    assert (refusal.value.field, "UTF-8" in refusal.value.message) == ("encoding", True)


class TestWorkbooks:
    def test_cells_are_read_as_they_are_shown(self, tmp_path):
        rows = [["SKU", "Price", "Weight", "Sold"], ["A-1", 12.5, 300, True], [1001, 0.1 + 0.2, "", False]]
        reading, lines = read(workbook(rows, more_sheets=["Notes"]), tmp_path)
        assert lines == [(2, ["A-1", "12.5", "300", "TRUE"]), (3, ["1001", "0.3", "", "FALSE"])]
        assert (reading.sheet, reading.sheets, reading.formulas) == ("Goods", ["Notes"], 0)

    def test_formulas_are_counted_and_their_last_value_is_taken(self, tmp_path):
        rows = [["SKU", "Price"], ["A-1", "=1+1"], ["A-2", 3]]
        reading, lines = read(workbook(rows), tmp_path)
        assert (reading.formulas, reading.first_formula) == (1, "B2")
        assert lines[0][1] == ["A-1", "0"]

    def test_a_single_far_cell_does_not_fill_the_memory(self, tmp_path):
        import xlsxwriter

        out = io.BytesIO()
        with xlsxwriter.Workbook(out) as book:
            sheet = book.add_worksheet()
            sheet.write(0, 0, "SKU")
            sheet.write(1_048_575, 16_383, "far")
        with pytest.raises(DomainError) as refusal:
            read(sent(out.getvalue()), tmp_path)
        assert refusal.value.code == "file_too_large"

    def test_a_bomb_is_not_unpacked(self, tmp_path, monkeypatch):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("xl/workbook.xml", "<workbook/>")
            archive.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.MOST_UNPACKED + 1))
        monkeypatch.setattr(workbooks, "CalamineWorkbook", None)  # it is refused before anybody unpacks it
        with pytest.raises(DomainError) as refusal:
            read(sent(out.getvalue()), tmp_path)
        assert refusal.value.code == "file_too_large"

    def test_another_zip_is_no_workbook(self, tmp_path):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("readme.txt", "hello")
        with pytest.raises(DomainError) as refusal:
            read(sent(out.getvalue()), tmp_path)
        assert refusal.value.message == "This zip file is no .xlsx workbook."
