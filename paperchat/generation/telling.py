"""Which sentence of an abstract tells each of its usual parts: problem, idea, data, results, limits. Pure functions.

Where none does, that part is not stated. A sentence may tell two parts: "We propose X, which beats Y by 3 points".
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from paperchat.generation import picking
from paperchat.query.zones import ZONE, zone_score
from paperchat.text import lexicon
from paperchat.text.paper_text import PaperText
from paperchat.types import Sentence

_LABELLED = {
    part: re.compile(rf"(?:{(names := lexicon.any_of(f'section_labels.{part}')).upper()}[:.]?\s|(?i:{names}):\s)")
    for part in ("problem", "data", "results", "limits", "other")
}
"""How a sentence begins that opens a section of an abstract: "METHODS We", "Results: In"."""


def _stated(part: str) -> re.Pattern[str]:
    return re.compile(rf"\b{lexicon.one_of(lexicon.words(f'telling.{part}'))}", re.IGNORECASE)


_GAP, _AIM, _FOUND, _SOURCE, _SPECIMEN = map(_stated, ("gap", "aim", "found", "source", "specimen"))

COUNTED = rf"\b\d[\d,.]{{0,12}} ?(?:[kKM] )?(?:[\w-]{{1,30}} ){{0,3}}{lexicon.any_of('counted')}\b"
"""How many of what data there are."""

_COUNTED = re.compile(COUNTED, re.IGNORECASE)

_KNOWN = re.compile(rf"\b{lexicon.any_of('known_data')}\b")

_ON = re.compile(r"(?<!based )\b[Oo]n (?:the |both )?(?=[A-Z][\w-]*[A-Z\d]|[A-Z]\w{1,30} (?:and|for|with|by|in)\b)")
"""What stands before the name of data."""

SURE = 1.9
"""Score from which on a sentence is taken for a problem behind what is proposed, too."""


BEFORE = 0.6
"""Share of an abstract behind which what stands before the work is no problem: what was done was told before."""


@dataclass(frozen=True, slots=True)
class _Abstract:
    """An abstract: of which section each sentence is, if of one, and where what was done begins."""

    text: PaperText
    sections: tuple[str, ...]
    begun: int

    @property
    def all(self) -> range:
        """The places of its sentences."""
        return range(len(self.text.sentences))

    @property
    def own(self) -> range:
        """The places of those that speak of the work itself."""
        return range(self.begun, len(self.text.sentences))

    def at(self, place: int) -> tuple[str, float]:
        """Return a sentence and where it stands (0: first, 1: last)."""
        return self.text.cleaned[place], place / max(1, len(self.text.sentences) - 1)

    def first(self, pattern: re.Pattern[str]) -> int | None:
        """Return the first sentence that has a pattern."""
        return next((place for place in self.all if pattern.search(self.text.cleaned[place])), None)


def telling(text: PaperText) -> dict[str, Sentence]:
    """Return the sentence that tells each part by its name; a part that no sentence tells is not there."""
    if not text.sentences:
        return {}
    sections = _sections(text.cleaned)
    abstract = _Abstract(text, sections, _begun(text, sections))
    told = {name: find(abstract) for name, find in _FINDS.items()}
    return {name: text.sentences[at] for name, at in told.items() if at is not None}


def _sections(sentences: Sequence[str]) -> tuple[str, ...]:
    """Return of which section each sentence is, where the abstract has sections: a part, "other" or empty."""
    found, sections = "", []
    for sentence in sentences:
        found = next((part for part, label in _LABELLED.items() if label.match(sentence)), found)
        sections.append(found)
    return tuple(sections)


def _begun(text: PaperText, sections: Sequence[str]) -> int:
    """Return where what was done begins: before that stands what others did."""
    proposal = _proposal(text, sections)
    own = (at for at, one in enumerate(text.cleaned) if picking.is_own(one) and sections[at] != "problem")
    first = next(own, proposal)
    if first is not None and proposal is not None and sections[first] != "results":
        return min(first, proposal)
    return next((at for at, part in enumerate(sections) if part == "data"), 0)


def _proposal(text: PaperText, sections: Sequence[str]) -> int | None:
    """Return the sentence that says what is proposed or was done, and none of a section on the problem."""
    places = [at for at, part in enumerate(sections) if part != "problem"]
    return picking.proposal(text, places) if places else None


def _problem(abstract: _Abstract) -> int | None:
    """Return the sentence with the gap that the work fills, else its aim, else what stands right before the work."""
    scores = {at: _gap_score(abstract, at) for at in abstract.all}
    best = max(scores, key=lambda at: scores[at])
    if scores[best] >= (1.0 if best < abstract.begun else SURE):
        return best
    aim = abstract.first(_AIM)
    if aim is not None:
        return aim
    labelled = [at for at, part in enumerate(abstract.sections) if part == "problem"]
    told = abstract.begun <= len(abstract.text.sentences) * BEFORE
    before = [at for at in range(abstract.begun) if told and not _FOUND.search(abstract.text.cleaned[at])]
    return (labelled or before)[-1] if labelled or (before and abstract.begun > 1) else None


def _gap_score(abstract: _Abstract, at: int) -> float:
    sentence, place = abstract.at(at)
    own = abstract.sections[at] == "results" or picking.is_own(sentence) or _FOUND.search(sentence)
    if at > abstract.begun and own:
        return 0.0
    gaps = len({found[0].lower() for found in _GAP.finditer(sentence)})
    score = zone_score(ZONE["problem"], sentence, place) + 1.0 * min(gaps, 2)
    return score + 0.3 * (at < abstract.begun) - 0.6 * (at == abstract.begun)


def _idea(abstract: _Abstract) -> int | None:
    """Return what is proposed or was done; where nothing says so, the aim, or what says most of the title."""
    text = abstract.text
    proposal = _proposal(text, abstract.sections)
    if proposal is not None:
        return proposal
    aim = abstract.first(_AIM)
    titled = set(text.title_words)
    shared = [len(titled.intersection(words)) for words in text.words]
    best = max(abstract.all, key=lambda at: shared[at])
    return aim if aim is not None else best if shared[best] >= min(2, len(titled)) else None


def _data(abstract: _Abstract) -> int | None:
    """Return the sentence that tells on what the work was done: data by name, how many of what, specimens."""
    scores = {at: _data_score(abstract, at) for at in abstract.own}
    best = max(scores, key=lambda at: scores[at])
    labelled = next((at for at, part in enumerate(abstract.sections) if part == "data"), None)
    return best if scores[best] > 0 else labelled


def _data_score(abstract: _Abstract, at: int) -> float:
    sentence, _ = abstract.at(at)
    if picking.is_on_code(sentence):
        return 0.0
    counted = len(_COUNTED.findall(sentence))
    score = picking.names_data(sentence) + 1.2 * min(counted, 2) + 0.7 * bool(_SOURCE.search(sentence))
    score += 0.6 * bool(_SPECIMEN.search(sentence))
    score += 0.5 * bool(_ON.search(sentence)) + 0.5 * bool(_KNOWN.search(sentence))
    return score and score + 0.3 * (abstract.sections[at] == "data")


def _results(abstract: _Abstract) -> int | None:
    """Return the sentence that tells best what was found or reached."""
    scores = {at: _result_score(abstract, at) for at in abstract.own}
    best = max(scores, key=lambda at: scores[at])
    found = [at for at in abstract.own if scores[at] and _FOUND.search(abstract.text.cleaned[at])]
    return best if scores[best] >= 1.0 else found[-1] if found else None


def _result_score(abstract: _Abstract, at: int) -> float:
    sentence, place = abstract.at(at)
    if picking.is_on_code(sentence) or picking.states_limit(sentence):
        return 0.0
    found = bool(_FOUND.search(sentence))
    score = max(zone_score(ZONE["results"], sentence, place), 1.2 * found + 0.4 * place) + 0.5 * found
    proposes = at == abstract.begun or picking.is_new(sentence)
    return score + 0.8 * (abstract.sections[at] == "results") - 0.8 * proposes - 0.8 * bool(_AIM.search(sentence))


def _limits(abstract: _Abstract) -> int | None:
    """Return the sentence that states limits of the work itself."""
    labelled = next((at for at, part in enumerate(abstract.sections) if part == "limits"), None)
    stated = next((sentence.number for sentence in picking.limits(abstract.text)), None)
    return labelled if labelled is not None else stated


_FINDS: Mapping[str, Callable[[_Abstract], int | None]] = {
    "problem": _problem,
    "idea": _idea,
    "data": _data,
    "results": _results,
    "limits": _limits,
}
