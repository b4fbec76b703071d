"""Text is read in the encoding that it has."""

import pytest

from paperchat.storage.readers.encoding import decoded, stray_zeros

TEXT = "Erdős and Rényi: «Über Bäume \u2013 déjà vu», naïve façade, Łódź"
WESTERN = "Über Bäume und Wälder; déjà vu, naïve façade, señor García, smörgåsbord \u2013 “quoted”. " * 5


@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_mark(name: str) -> None:
    assert decoded(TEXT.encode(name)) == TEXT


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_unmarked_utf_16_is_read(name: str) -> None:
    assert decoded("TY  - JOUR\nTI  - A title\n".encode(name)) == "TY  - JOUR\nTI  - A title\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1252", WESTERN),
        ("cp1251", "Быстрая коричневая лиса перепрыгивает через ленивую собаку. " * 8),
        ("shift_jis", "TI  - 深層学習による画像認識の研究について報告する。どこで生れたかとんと見当がつかぬ。" * 8),
        ("gb18030", "TI  - 本文提出了一种新的方法、用于图像识别。实验结果表明、该方法优于现有方法。" * 8),
    ],
)
def test_an_older_encoding_is_told_by_what_it_holds(name: str, text: str) -> None:
    assert decoded(text.encode(name)) == text


def test_a_few_bytes_of_windows_in_utf_8_are_read_as_such() -> None:
    assert decoded(WESTERN.encode() + "naïve".encode("cp1252")) == WESTERN + "naïve"


def test_a_few_zero_bytes_of_a_text_are_left_out() -> None:
    for data in (b"@article{a,\0 title = {A title}}", b"a" * 60_000 + b"\0"):
        assert decoded(data) == data.replace(b"\0", b"").decode()
        assert stray_zeros(data) == 1
    assert not any(map(stray_zeros, (b"plain", "Ein Titel".encode("utf-16"), "A title".encode("utf-16-le"))))


@pytest.mark.parametrize("data", [b"\x7fELF\0\1\2\3", b"a" * 60_000 + b"\0" * 9_000, b"\0\1\2\3" + b"a" * 40])
def test_a_binary_file_is_no_text(data: bytes) -> None:
    with pytest.raises(ValueError, match="binary file"):
        decoded(data)


def test_a_part_may_end_within_a_character() -> None:
    data = ("x" * 99 + "é").encode()
    assert decoded(data[:-1], whole=False) == "x" * 99
