import pytest
from django.db import connection

from config.kernel import personal
from config.kernel.personal import Undecipherable, decrypt, encrypt, masked, phone_tokens, token
from fulfillment.models import Order
from merchants.accounts.models import Buyer
from tests.factories.accounts import make_buyer
from tests.factories.fulfillment import make_order

OLD, NEW = ("2024", b"o" * 32), ("2025", b"n" * 32)
TEXTS = ["Lindenweg 7", "汉字", "🏠", " ", "a" * 10_000, "with.dots"]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12])
def test_what_was_encrypted_can_be_read(text):
    assert decrypt(encrypt(text)) == text
    assert text.strip() == "" or text not in encrypt(text)


def test_the_same_text_is_never_encrypted_alike():
    assert len({encrypt("same") for _ in range(100)}) == 100


def test_nothing_stays_nothing():
    assert encrypt("") == decrypt("") == ""


def test_a_new_key_writes_and_the_old_one_still_reads(settings):
    settings.DATA_KEYS = [OLD]
    old = encrypt("before")
    settings.DATA_KEYS = [NEW, OLD]
    new = encrypt("after")
    assert (old.partition(".")[0], new.partition(".")[0]) == ("2024", "2025")
    assert (decrypt(old), decrypt(new)) == ("before", "after")
    settings.DATA_KEYS = [NEW]
    assert decrypt(new) == "after"
    with pytest.raises(Undecipherable, match="2024"):
        decrypt(old)


def test_the_key_id_is_part_of_what_is_sealed(settings):
    settings.DATA_KEYS = [OLD, ("2025", OLD[1])]
    with pytest.raises(Undecipherable):
        decrypt(encrypt("text").replace("2024.", "2025."))


def tampered():
    stored = encrypt("Lindenweg 7")
    key_id, _, sealed = stored.partition(".")
    swapped = "B" if sealed[20] == "A" else "A"
    yield f"{key_id}.{sealed[:20]}{swapped}{sealed[21:]}"
    yield f"{key_id}.{sealed[:-8]}"
    yield f"{key_id}."
    yield f"{key_id}.AAAA"
    yield key_id
    yield "Lindenweg 7"
    yield f"unknown.{sealed}"
    yield f"{key_id}.{sealed[:5]}"


@pytest.mark.parametrize("number", range(8))
def test_what_was_changed_is_refused(number):
    with pytest.raises(Undecipherable):
        decrypt(list(tampered())[number])


def stored(model, *columns):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {model._meta.db_table}")
        return cursor.fetchone()


def test_the_database_holds_no_plain_text(acting):
    buyer = make_buyer(phone="+49 30 123456", street="Lindenweg 7", name="Lena Vogt")
    order = make_order(buyer=buyer)
    for row in (stored(Buyer, "phone", "street"), stored(Order, "recipient", "phone", "street")):
        assert all(value.startswith("tests.") and len(value) > 40 for value in row)
        assert not any(plain in value for value in row for plain in ("123456", "Linden", "Lena"))
    order.refresh_from_db()
    assert (order.recipient, order.phone, order.street) == ("Lena Vogt", "+49 30 123456", "Lindenweg 7")


def test_an_update_and_a_bulk_write_encrypt_too(acting):
    buyer = make_buyer()
    Buyer.objects.filter(pk=buyer.pk).update(street="Uferstr. 1")
    (street,) = stored(Buyer, "street")
    assert street.startswith("tests.")
    buyer.refresh_from_db()
    buyer.street = "Uferstr. 2"
    Buyer.objects.bulk_update([buyer], ["street"])
    (street,) = stored(Buyer, "street")
    assert street.startswith("tests.") and decrypt(street) == "Uferstr. 2"


def test_a_token_finds_every_spelling():
    assert token("Lena Vogt") == token(" LENA VOGT ") == token("Ｌena Vogt")
    assert len(token("Lena Vogt")) == 64
    assert token("Lena Vogt") != token("Lena Voigt")
    assert token(" ") == ""


def test_a_token_needs_the_key(settings):
    settings.DATA_KEYS = [OLD]
    old = token("Lena Vogt")
    settings.DATA_KEYS = [NEW]
    assert token("Lena Vogt") != old


def test_a_phone_is_found_whole_and_by_its_tail():
    whole, tail = phone_tokens("+49 (30) 12-34 56")
    assert (whole, tail) == phone_tokens("４９３０１２３４５６")
    assert tail == phone_tokens("0049 99 3456")[1]
    assert whole != tail != token("3456")
    assert phone_tokens("123") == (token("123"), "")
    assert phone_tokens("") == ("", "")


@pytest.mark.parametrize(
    ("text", "shown", "expected"),
    [
        ("0151 2300946", 4, "••••••0946"), ("0946", 4, "••••••"), ("94", 4, "••••••"), ("Lindenweg 7", 0, "••••••"),
        ("Ada", 1, "••••••a"), ("", 4, ""),
    ],
)  # fmt: skip
def test_a_value_is_never_shown_whole(text, shown, expected):
    assert masked(text, shown=shown) == expected


def test_a_label_says_what_and_what_for():
    field = Buyer._meta.get_field("phone")
    assert field.pii == personal.Pii("contact", "delivering what was ordered")
