"""Zotero RDF is read with what its papers point to."""

from pathlib import Path

from paperchat.bibliography import Person
from paperchat.storage.readers import zotero_rdf
from tests.storage.readers.reading import counts, library, read

HEAD = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">"""
PERSON = (
    "<rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname><foaf:givenName>Ann</foaf:givenName></foaf:Person></rdf:li>"
)
PAPER = f"""<bib:Article rdf:about="#item_1"><z:itemType>journalArticle</z:itemType>
 <dcterms:isPartOf rdf:resource="urn:issn:1"/><bib:authors><rdf:Seq>{PERSON}</rdf:Seq></bib:authors>
 <dc:title>A &lt;i&gt;title&lt;/i&gt;</dc:title><dcterms:abstract>It says.</dcterms:abstract>
 <dc:date>2019-03-07</dc:date>
 <bib:pages>1-9</bib:pages><dc:subject>soil</dc:subject>
 <dc:subject><z:AutomaticTag><rdf:value>water</rdf:value></z:AutomaticTag></dc:subject>
 <dc:identifier><dcterms:URI><rdf:value>https://arxiv.org/abs/2101.00001</rdf:value></dcterms:URI></dc:identifier>
 <z:language>en</z:language><dc:description>PMID: 1</dc:description></bib:Article>"""
REST = """<bib:Journal rdf:about="urn:issn:1"><dc:title>Journal of Soil</dc:title><prism:volume>12</prism:volume>
 <prism:number>3</prism:number><dc:identifier>ISSN 1</dc:identifier><dc:identifier>DOI 10.1000/X</dc:identifier>
 </bib:Journal>
 <z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>a.pdf</dc:title></z:Attachment>
 <bib:Memo rdf:about="#item_3"><rdf:value>a note</rdf:value></bib:Memo>"""


def test_a_real_export_is_read_whole_without_its_attachments(shared: Path) -> None:
    entries, faults = library(shared, zotero_rdf, "zotero.rdf")
    assert (counts(entries), faults) == ((13, 11), [])
    assert all(entry.title and entry.details.authors and entry.details.date for entry in entries)


def test_a_paper_fills_the_details_from_its_journal_too() -> None:
    (entry,), faults = read(zotero_rdf, f"{HEAD}{PAPER}{REST}</rdf:RDF>")
    made = entry.details
    assert not faults
    assert (entry.place, entry.title, entry.abstract) == ("item 1", "A title", "It says.")
    assert (made.authors, made.date, made.venue) == ((Person("Doe", "Ann"),), (2019, 3, 7), "Journal of Soil")
    assert (made.volume, made.issue, made.pages, made.doi) == ("12", "3", "1-9", "10.1000/x")
    assert (made.arxiv, made.keywords, made.language) == ("2101.00001", ("soil", "water"), "en")
    assert made.others == (("description", "PMID: 1"),)


def test_a_publisher_is_told_from_its_place() -> None:
    place = "<v:adr><v:Address><v:locality>Berlin</v:locality></v:Address></v:adr>"
    book = (
        '<bib:Book xmlns:v="http://nwalsh.com/rdf/vCard#"><z:itemType>book</z:itemType><dc:title>A</dc:title>'
        f"<dc:publisher><foaf:Organization>{place}<foaf:name>Springer</foaf:name></foaf:Organization></dc:publisher>"
        "</bib:Book>"
    )
    (entry,), _ = read(zotero_rdf, f"{HEAD}{book}</rdf:RDF>")
    assert (entry.details.publisher, entry.details.others) == ("Springer", (("place", "Berlin"),))


def test_a_file_that_is_cut_off_keeps_what_was_whole() -> None:
    entries, faults = read(zotero_rdf, f"{HEAD}{PAPER}{REST}<bib:Article><z:itemType>book</z:itemType>")
    assert [entry.details.venue for entry in entries] == ["Journal of Soil"]
    assert len(faults) == 1
