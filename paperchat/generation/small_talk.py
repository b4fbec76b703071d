"""What the assistant says of itself, to a greeting, thanks, an order, or what it cannot read. No paper is cited."""

import re

from paperchat.generation.about_set import Said, counted
from paperchat.retrieval.library import Library
from paperchat.text import lexicon
from paperchat.text.cleaning import clean

_LEAVES = re.compile(rf"\b{lexicon.any_of('farewells')}\b", re.IGNORECASE)


def example(library: Library) -> str:
    """Return the end of a line that invites a question, with one that these papers answer."""
    found = library.examples()
    return f", for example: {clean(found[0])}" if found else "."


def hello(_: str, library: Library) -> Said:
    """Greet, and say what can be asked."""
    papers = f"the {counted(len(library.papers))} of this set" if library.papers else "papers; this set has none yet"
    return f"Hello! I answer questions about {papers}, and show the sentence that each answer rests on.", _ask(library)


def thanks(question: str, library: Library) -> Said:
    """Say that thanks are welcome, or good-bye."""
    if _LEAVES.search(question):
        return "You are welcome, and good-bye. The papers will be here when you are back.", ()
    return f"You are welcome. Ask on whenever you like{example(library)}", ()


def chat(_: str, library: Library) -> Said:
    """Bring small talk back to the papers."""
    return f"I am no good at small talk: all I know is what these papers say. Ask me about them{example(library)}", ()


def usage(_: str, library: Library) -> Said:
    """Say what can be asked, with an example of each."""
    said = (
        "I answer questions about the papers of this set from their abstracts, and each sentence of an answer"
        " shows the sentence of a paper that it rests on. You can ask for one finding, a list of all papers "
        "on something, a comparison as a table, what a paper is about, or a reference to cite, and ask on "
        "about what stands above."
    )
    return said, (*_kinds(library), "How many papers are there?", "Where does it say so?")


def files(_: str, __: Library) -> Said:
    """Say how papers come in, and what is not read."""
    said = (
        "Papers come in from files on this machine: BibTeX, RIS, MEDLINE, CSL-JSON, CSV, exports of Zotero and "
        "EndNote, arXiv's XML, listing pages saved as text, and PDF, of which title and abstract are taken. Word "
        "files and links are not read. On the page, drop the files on Papers, Add papers."
    )
    return said, (
        "`paperchat index FILE` adds the papers of a file or a folder",
        "`paperchat index FOLDER --sync` follows a folder, and takes out what has left it",
        "`paperchat sets create NAME` begins another set",
    )


def languages(_: str, __: Library) -> Said:
    """Say in which languages questions are understood."""
    said = (
        "Ask in English, or, where a model runs here, in about thirty languages, such as German, Spanish, "
        "Hindi or Chinese: it answers in yours. Sentences of papers are quoted as they stand. Without a "
        "model, English works best."
    )
    return said, ()


def who(_: str, __: Library) -> Said:
    """Say what answers here, and where data stay."""
    said = (
        "I am paperchat, a program and no person: it searches the abstracts of this set on this machine, "
        "without the internet, and a language model that you run with Ollama writes the answers; without one "
        "I quote. Your papers and questions go nowhere but to that model. The page keeps conversations beside"
        " the papers until you delete them; each starts afresh, and I do not learn from them."
    )
    return said, ("`paperchat doctor` says which models are used",)


def trust(_: str, __: Library) -> Said:
    """Say how answers are checked, and where that ends."""
    said = (
        "I know nothing but the titles and abstracts of this set. What is quoted is theirs, word for word; "
        "what a model writes is checked against the sentences that it cites, and what does not hold is "
        "marked. I can still be wrong, so look at the sentence beside a claim. What the papers do not answer "
        "I say I cannot answer, and where they differ you see each paper's own sentence."
    )
    return said, ()


def refusal(_: str, library: Library) -> Said:
    """Say that answers are taken from the papers whatever is asked, and where the instructions can be read."""
    said = (
        "I answer from the papers of this set and nothing else, and I stay who I am. My instructions are no "
        f"secret: they are the files in the folder `prompts`. Ask me about the papers{example(library)}"
    )
    return said, ()


def unread(_: str, library: Library) -> Said:
    """Say that there was no question in what was typed."""
    return f"That does not look like a question yet. Ask me about the papers{example(library)}", ()


def _kinds(library: Library) -> tuple[str, ...]:
    """Return questions of several kinds that these papers answer: those that were tried, where some were."""
    asked, themes = _ask(library, most=4), library.themes().themes
    if library.tried or not themes or not themes[0].names or any(one.startswith("Compare") for one in asked):
        return asked
    one, other = (clean(paper.title) for paper in themes[0].papers[:2])
    return asked[0], f"Which papers are about {themes[0].names[0]}?", f"Compare “{one}” with “{other}”"


def _ask(library: Library, most: int = 2) -> tuple[str, ...]:
    return tuple(map(clean, library.examples()[:most]))
