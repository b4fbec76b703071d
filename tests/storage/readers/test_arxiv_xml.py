"""What arXiv answers is read in each of its forms."""

from pathlib import Path

import pytest

from paperchat.bibliography import Person
from paperchat.storage.readers import arxiv_xml
from tests.storage.readers.reading import counts, library, one, read

OAI = '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>{}</ListRecords></OAI-PMH>'
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
<title>arXiv Query</title>
<entry><id>http://arxiv.org/abs/2101.00001v3</id><title>Gaps of
 $\\alpha$</title><summary>  It is &gt; 5\\%. </summary><published>2021-01-02T03:04:05Z</published>
<category term="cs.LG"/><author><name> Jan van der Berg</name></author>
<author><name>The Lens Collaboration</name></author>
<link href="https://arxiv.org/abs/2101.00001v3" rel="alternate"/>
<link href="https://arxiv.org/pdf/2101.00001v3" rel="related"/>
<arxiv:doi>10.1000/X</arxiv:doi><arxiv:journal_ref>J 12 (2021)</arxiv:journal_ref>
<arxiv:comment>9 pages</arxiv:comment></entry></feed>"""


@pytest.mark.parametrize(("name", "expected"), [("arxiv-atom.xml", (5, 5)), ("oai-arxiv.xml", (3, 3))])
def test_a_real_answer_is_read_whole(shared: Path, name: str, expected: tuple[int, int]) -> None:
    entries, faults = library(shared, arxiv_xml, name)
    assert (counts(entries), faults) == (expected, [])
    assert all(entry.details.arxiv and entry.details.authors and entry.details.date for entry in entries)
    assert not any("v" in entry.details.arxiv or "\\" in entry.title for entry in entries)


def test_an_entry_of_atom_fills_the_details() -> None:
    entry = one(arxiv_xml, ATOM)
    made = entry.details
    assert (entry.place, entry.title, entry.abstract) == (
        "entry 1",
        "Gaps of \N{GREEK SMALL LETTER ALPHA}",
        "It is > 5%.",
    )
    assert made.authors == (Person("van der Berg", "Jan"), Person("The Lens Collaboration"))
    assert (made.arxiv, made.doi, made.date, made.venue) == ("2101.00001", "10.1000/x", (2021, 1, 2), "J 12 (2021)")
    assert (made.kind, made.keywords, made.others) == ("article", ("cs.LG",), (("comment", "9 pages"),))
    assert made.url == "https://arxiv.org/abs/2101.00001v3"


def test_oai_has_parted_names_and_what_was_deleted_is_no_paper() -> None:
    text = OAI.format(
        "<record><header status='deleted'><identifier>x</identifier></header></record>"
        "<record><metadata><arXiv xmlns='http://arxiv.org/OAI/arXiv/'><id>hep-th/9901001</id>"
        "<created>1999-01-01</created>"
        "<authors><author><keyname>Doe</keyname><forenames>A. B.</forenames><suffix>Jr</suffix></author></authors>"
        "<title>T</title><abstract> One\ntwo. </abstract>"
        "<categories>hep-th math.AG</categories></arXiv></metadata></record>"
    )
    entry = one(arxiv_xml, text)
    assert (entry.place, entry.abstract) == ("record 2", "One two.")
    assert entry.details.authors == (Person("Doe Jr", "A. B."),)
    assert (entry.details.arxiv, entry.details.keywords) == ("hep-th/9901001", ("hep-th", "math.AG"))


def test_dublin_core_is_read_too() -> None:
    text = OAI.format(
        "<record><metadata><oai_dc:dc xmlns:oai_dc='u' xmlns:dc='v'><dc:title>T</dc:title>"
        "<dc:creator>Doe, Ann</dc:creator>"
        "<dc:description>It says.</dc:description><dc:description>Comment: 9 pages</dc:description>"
        "<dc:date>2001-02-03</dc:date>"
        "<dc:identifier>http://arxiv.org/abs/2101.00001</dc:identifier><dc:identifier>doi:10.1000/X</dc:identifier>"
        "</oai_dc:dc></metadata></record>"
    )
    entries, _ = read(arxiv_xml, text)
    made = entries[0].details
    assert (entries[0].abstract, made.authors, made.date) == ("It says.", (Person("Doe", "Ann"),), (2001, 2, 3))
    assert (made.arxiv, made.doi, made.url) == ("2101.00001", "10.1000/x", "http://arxiv.org/abs/2101.00001")
