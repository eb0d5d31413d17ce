import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.evaluation.personal_data import (
    DataKind,
    Masked,
    find,
    is_iban,
    is_luhn,
    is_my_number,
    mask,
    mask_all,
    unmask,
)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("write to a.b+c@example.co.jp.", DataKind.EMAIL, "a.b+c@example.co.jp"),
        ("ａ＠example.comまで", DataKind.EMAIL, "ａ＠example.com"),
        ("連絡先はx@y.orgです", DataKind.EMAIL, "x@y.org"),
        ("card 4111 1111 1111 1111", DataKind.CARD, "4111 1111 1111 1111"),
        ("3782-822463-10005!", DataKind.CARD, "3782-822463-10005"),
        (
            "番号１２３４５６７８９０１８",
            DataKind.MY_NUMBER,
            "１２３４５６７８９０１８",
        ),
        ("1234-5678-9018", DataKind.MY_NUMBER, "1234-5678-9018"),
        (
            "GB82 WEST 1234 5698 7654 32 BIC",
            DataKind.IBAN,
            "GB82 WEST 1234 5698 7654 32",
        ),
        ("DE89370400440532013000", DataKind.IBAN, "DE89370400440532013000"),
        ("電話03-1234-5678", DataKind.PHONE, "03-1234-5678"),
        ("電話 03-1234-5678", DataKind.PHONE, "03-1234-5678"),
        ("０９０ー１２３４ー５６７８", DataKind.PHONE, "０９０ー１２３４ー５６７８"),
        ("09012345678", DataKind.PHONE, "09012345678"),
        ("+81 90 1234 5678", DataKind.PHONE, "+81 90 1234 5678"),
        ("+49 (0)30 1234567", DataKind.PHONE, "+49 (0)30 1234567"),
        ("call (415) 555-2671", DataKind.PHONE, "(415) 555-2671"),
        ("〒100-0001 です", DataKind.ADDRESS, "〒100-0001"),
        (
            "〒100-0001 東京都千代田区千代田1-1。",
            DataKind.ADDRESS,
            "〒100-0001 東京都千代田区千代田1-1",
        ),
        (
            "大阪府大阪市北区梅田3丁目1番3号 に",
            DataKind.ADDRESS,
            "大阪府大阪市北区梅田3丁目1番3号",
        ),
        (
            "221B Baker Street, London NW1 6XE",
            DataKind.ADDRESS,
            "221B Baker Street, London NW1 6XE",
        ),
        (
            "1 Some Way, Mountain View, CA 94043",
            DataKind.ADDRESS,
            "1 Some Way, Mountain View, CA 94043",
        ),
        (
            "Hauptstraße 5, 10115 Berlin",
            DataKind.ADDRESS,
            "Hauptstraße 5, 10115 Berlin",
        ),
    ],
)
def test_what_is_found(text: str, kind: DataKind, found: str) -> None:
    (finding,) = find(text)
    assert (finding.kind, finding.text) == (kind, found)
    assert text[finding.start : finding.end] == found


@pytest.mark.parametrize(
    "text",
    [
        "4111 1111 1111 1112",
        "0000 0000 0000 0000",
        "123456789019",
        "GB83 WEST 1234 5698 7654 32",
        "order 1234-5678 of 2024-01-02 10:20:30",
        "12,345,678,901,234円",
        "ZIP 12345 costs 12345",
        "150-0002",
        "ISBN 978-4-00-000000-0",
        "version 1.2.3@beta",
        "",
    ],
)
def test_what_is_not_taken_for_personal(text: str) -> None:
    assert find(text) == ()


def test_check_digits() -> None:
    assert is_luhn("79927398713")
    assert not is_luhn("79927398710")
    assert is_my_number("123456789018")
    assert not is_my_number("111111111111")
    assert is_iban("FR14 2004 1010 0505 0001 3M02 606")


def test_masking_and_back() -> None:
    text = "a@b.com, c@d.org, a@b.com: 03-1234-5678"
    masked = mask(text)
    assert masked == Masked(
        "[EMAIL_1], [EMAIL_2], [EMAIL_1]: [PHONE_1]",
        (
            ("[EMAIL_1]", "a@b.com"),
            ("[EMAIL_2]", "c@d.org"),
            ("[PHONE_1]", "03-1234-5678"),
        ),
    )
    assert unmask(masked.text, masked.values) == text
    assert unmask("Dear [EMAIL_2]!", masked.values) == "Dear c@d.org!"
    assert mask(text, [DataKind.PHONE]).values == (("[PHONE_1]", "03-1234-5678"),)


def test_the_same_data_has_one_name_in_all_texts() -> None:
    one, other = mask_all(["[EMAIL_1] a@b.com", "a@b.com x@y.org"])
    assert one.text == "[EMAIL_1] [EMAIL_2]"
    assert other.text == "[EMAIL_2] [EMAIL_3]"
    assert mask("nothing").values == ()


def test_many_names_do_not_mix() -> None:
    text = " ".join(f"user{i}@example.com" for i in range(12))
    masked = mask(text)
    assert "[EMAIL_12]" in masked.text
    assert unmask(masked.text, masked.values) == text


@given(st.text(alphabet="a1@.0-+ 〒東京都県市[]_EMAIL\nSt,", max_size=80))
def test_masking_is_always_taken_back(text: str) -> None:
    masked = mask(text)
    assert unmask(masked.text, masked.values) == text


def test_a_hostile_text_takes_no_time() -> None:
    for text in ("1 A St A" + " A" * 5000, "0-" * 5000, "a@" * 5000, "1 " * 5000):
        find(text)
