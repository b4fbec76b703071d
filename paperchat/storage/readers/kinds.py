"""What reference managers and databases call the types of papers, in CSL's names."""

import re

_KINDS = {
    "article-journal": "journalarticle article review shortsurvey letter note editorial electronicarticle "
    "reviewarticle earlyaccessarticle erratum datapaper journal ahof journalpaper",
    "paper-conference": "conferencepaper proceedingspaper conferenceproceedings conference inproceedings",
    "chapter": "booksection bookchapter chapter",
    "book": "book editedbook monograph conferencereview",
    "thesis": "thesis dissertation",
    "report": "report techreport governmentdocument",
    "article": "preprint",
    "webpage": "webpage website onlinedatabase onlinemultimedia",
    "software": "computerprogram software",
    "dataset": "dataset",
    "manuscript": "manuscript unpublishedwork",
    "article-magazine": "magazinearticle",
    "article-newspaper": "newspaperarticle",
    "post-weblog": "blogpost blog",
    "patent": "patent",
    "standard": "standard",
    "entry-encyclopedia": "encyclopediaarticle encyclopedia",
    "speech": "presentation",
    "bill": "bill statute",
}

KINDS = {name: kind for kind, names in _KINDS.items() for name in names.split()}

NO_PAPERS = frozenset(("attachment", "note", "annotation"))
"""Types of what Zotero keeps beside papers, exactly as it writes them."""

_SIGNS = re.compile(r"[^a-z]")


def kind_of(text: str) -> str:
    """Return the CSL type of what a source calls a type of papers; the general one where that is not known."""
    return KINDS.get(_SIGNS.sub("", text[:80].partition(";")[0].lower()), "document")
