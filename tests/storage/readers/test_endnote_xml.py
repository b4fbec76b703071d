"""EndNote XML is read with every value in its style."""

from pathlib import Path

from paperchat.bibliography import Person
from paperchat.storage.readers import endnote_xml
from tests.storage.readers.reading import counts, library, read


def styled(text: str) -> str:
    return f'<style face="normal" font="default" size="100%">{text}</style>'


def record(title: str) -> str:
    return (
        f'<record><ref-type name="Conference Paper">47</ref-type><contributors><authors><author>{styled("Doe, Ann")}'
        f"</author></authors></contributors><titles><title>{styled(title)}</title><secondary-title>{styled('Conf')}"
        f"</secondary-title></titles><pages>{styled('1-9')}</pages><keywords><keyword>{styled('*soil')}</keyword></keywords>"
        f"<dates><year>{styled('2019')}</year><pub-dates><date>{styled('Mar 7')}</date></pub-dates></dates>"
        f"<abstract>{styled('One&#xD;two ')}{styled('three.')}</abstract><notes>{styled('n')}</notes>"
        f"<electronic-resource-num>{styled('10.1000/X')}</electronic-resource-num><language>{styled('eng')}</language>"
        f"<urls><related-urls><url>{styled('https://example.org')}</url></related-urls></urls><rec-number>4</rec-number>"
        "</record>"
    )


def test_a_real_export_is_read_whole(shared: Path) -> None:
    entries, faults = library(shared, endnote_xml, "endnote.xml")
    assert (counts(entries), faults) == ((59, 56), [])
    assert all(entry.title and entry.details.date for entry in entries)


def test_a_record_fills_the_details_and_one_that_is_cut_off_stops_none_before_it() -> None:
    text = f"<xml><records>{record('A')}{record('B')}<record><titles>"
    entries, faults = read(endnote_xml, text)
    made = entries[0].details
    assert [(entry.place, entry.title) for entry in entries] == [("record 1", "A"), ("record 2", "B")]
    assert entries[0].abstract == "One two three."
    assert (made.kind, made.authors, made.date) == ("paper-conference", (Person("Doe", "Ann"),), (2019, 3, 7))
    assert (made.venue, made.pages, made.doi, made.language) == ("Conf", "1-9", "10.1000/x", "en")
    assert (made.url, made.keywords, made.key, made.others) == (
        "https://example.org",
        ("soil",),
        "4",
        (("notes", "n"),),
    )
    assert len(faults) == 1
