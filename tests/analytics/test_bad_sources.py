"""Sources that cannot be read: each refusal names the file, says what is wrong, and what to do. Nothing is written."""

import zipfile

import pytest

from analytics import errors
from analytics.services.imports import files
from merchants.accounts.models import Merchant
from merchants.desk.models import ImportRun
from tests.factories.accounts import make_user
from tests.factories.olist import SHORT, OlistSource


@pytest.fixture
def source():
    source = OlistSource()
    ada, soap = source.seller("ada"), source.product("soap")
    source.order("sound", items=[(ada, soap, "10.00", "1.00")], payments=[("boleto", 1, "11.00")], reviews=[5])
    return source


@pytest.fixture
def folder(source, tmp_path):
    return source.write(tmp_path / "olist")


@pytest.fixture
def refused(take_in, everyone):
    """Import what must be refused; returns the message, after a look that nothing was taken over."""

    def act(path, error, **more):
        with pytest.raises(error) as refusal:
            take_in(path, **more)
        assert not Merchant.objects.exclude(slug="platform").exists()
        return refusal.value.message

    return act


def test_a_path_that_does_not_exist(refused, tmp_path):
    message = refused(tmp_path / "nowhere", errors.SourceNotFound)
    assert message == f"There is nothing at {tmp_path}/nowhere. Give a folder or a zip file."


def test_a_folder_without_any_table(refused, tmp_path):
    (tmp_path / "readme.txt").write_text("nothing here")
    message = refused(tmp_path, errors.SourceNotFound)
    assert message.startswith("None of the tables is there. Looked for: product_category_name_translation.csv, ")


def test_a_file_that_is_no_zip(refused, tmp_path):
    (tmp_path / "olist.zip").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500)
    message = refused(tmp_path / "olist.zip", errors.SourceUnreadable)
    assert "olist.zip is neither a folder nor a zip file" in message


def test_a_zip_that_was_cut_off(source, refused, tmp_path):
    path = source.write_zip(tmp_path / "olist.zip")
    path.write_bytes(path.read_bytes()[:-200])
    assert "copy the zip again" in refused(path, errors.SourceUnreadable)


def test_a_zip_that_is_damaged_inside(source, refused, tmp_path):
    source.rows["customers"] *= 500
    path = source.write_zip(tmp_path / "olist.zip")
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("data/olist_customers_dataset.csv").header_offset
    whole = bytearray(path.read_bytes())
    whole[place + 120 : place + 160] = b"\xff" * 40
    path.write_bytes(whole)
    message = refused(path, errors.SourceUnreadable)
    assert message.startswith("data/olist_customers_dataset.csv is damaged inside the zip (")
    assert message.endswith("Copy or download the zip again.")


def test_a_zip_bomb(source, refused, tmp_path):
    path = source.write_zip(tmp_path / "olist.zip")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb/olist_orders_dataset.csv", b"0" * 5_000_000)
    message = refused(path, errors.SourceUnreadable, within="bomb")
    assert message.startswith("bomb/olist_orders_dataset.csv would unpack to ")
    assert "zip bomb" in message


def test_more_than_fits(source, refused, monkeypatch, tmp_path):
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    message = refused(source.write_zip(tmp_path / "olist.zip"), errors.SourceUnreadable)
    assert "The tables would unpack to" in message


def test_tables_that_are_there_twice(source, refused, take_in, tmp_path):
    path = source.write_zip(tmp_path / "olist.zip", folders=["all/one", "all/two"])
    message = refused(path, errors.SourceAmbiguous)
    lines = message.splitlines()
    assert lines[0] == "These tables are there more than once:"
    assert [line.split(" (")[0] for line in lines if "orders_dataset" in line] == [
        "  all/one/olist_orders_dataset.csv",
        "  all/two/olist_orders_dataset.csv",
    ]
    assert lines[-2:] == [
        "  --within all/one   (9 of the tables)",
        "  --within all/two   (9 of the tables)",
    ]
    assert take_in(path, within="two").report["became"]["orders"] == 1


def test_a_folder_within_that_is_not_there(source, refused, tmp_path):
    path = source.write_zip(tmp_path / "olist.zip", folders=["one"])
    message = refused(path, errors.SourceNotFound, within="three")
    assert message.startswith("None of the tables is there within three.")
    assert message.endswith("Folders there: one.")


def test_a_table_without_the_one_it_points_to(source, refused, tmp_path):
    folder = source.write(tmp_path / "part", only=["orders", "items", "customers", "products"])
    message = refused(folder, errors.SourceIncomplete)
    assert message == (
        "olist_order_items_dataset.csv points to rows of olist_sellers_dataset.csv, which is not there. Add it, or"
        " leave olist_order_items_dataset.csv out."
    )


def test_a_missing_column_is_named(folder, refused):
    path = folder / SHORT["payments"]
    path.write_text(path.read_text().replace("payment_value", "value"))
    message = refused(folder, errors.SourceIncomplete)
    assert message.startswith(
        "olist_order_payments_dataset.csv has no column payment_value. Its header reads: order_id,"
    )


def test_a_table_under_another_tables_name(folder, refused):
    (folder / SHORT["orders"]).write_bytes((folder / SHORT["sellers"]).read_bytes())
    message = refused(folder, errors.SourceIncomplete)
    assert message.startswith("olist_orders_dataset.csv has no column order_id, customer_id, order_status,")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty. Leave it out, or export it again with its header."),
        (b"order_id\xff,x\n", "is not written in UTF-8 (near line 1, byte 0xff)"),
        ("order_id,order_item_id\n".encode("utf-16"), "is not written in UTF-8"),
        (b"PK\x03\x04\x00\x00\x00\x00", "holds zero bytes near line 1"),
        (b'order_id,order_item_id\n"never closed\n', "has no column product_id"),
    ],
)
def test_a_file_that_is_not_what_it_says(folder, refused, content, words):
    (folder / SHORT["items"]).write_bytes(content)
    message = refused(folder, errors.DomainError)
    assert message.startswith("olist_order_items_dataset.csv ")
    assert words in message


@pytest.mark.parametrize(
    ("tail", "words"),
    [
        ("é\n".encode("latin-1"), "is not written in UTF-8 (near line "),
        (b"a\0b,c\n", "holds zero bytes near line "),
        (b'"never closed\n', "is not a table near line 3 ("),
        (b"x" * 2_000_001, "has more than 1,000,000 characters without a new line near line 3"),
        (b'"broken" quote,1,2,3,4,5,6\n', "is not a table near line 3 ("),
    ],
)
def test_a_file_that_goes_wrong_later(folder, refused, tail, words):
    path = folder / SHORT["items"]
    path.write_bytes(path.read_bytes() + tail)
    assert words in refused(folder, errors.SourceUnreadable)


def test_what_failed_is_kept(folder, refused, everyone):
    (folder / SHORT["geolocation"]).write_bytes(b"")
    message = refused(folder, errors.SourceUnreadable)
    run = ImportRun.objects.get()
    assert (run.status, run.failure) == ("failed", message)


def test_a_byte_order_mark_is_no_fault(folder, take_in):
    path = folder / SHORT["orders"]
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert take_in(folder).report["became"]["orders"] == 1


def test_windows_line_ends_and_empty_lines_are_no_fault(folder, take_in):
    path = folder / SHORT["items"]
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert take_in(folder).report["tables"]["items"]["read"] == 1


def test_an_owner_whom_nobody_knows(folder, refused):
    message = refused(folder, errors.OwnerUnknown, owner_email="nobody@example.com")
    assert message.startswith("Nobody has the address nobody@example.com yet. Make the person first")


def test_an_owner_is_found_whatever_the_case(folder, take_in):
    make_user(email="olive@example.com")
    assert take_in(folder, owner_email="OLIVE@example.com").status == "completed"
