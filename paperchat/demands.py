"""Read what a question demands: the names in it, the thing to be told, a number; and whether a text meets it. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from paperchat.language import is_english

Kind = Literal["one", "compare", "list"]
"""How many papers an answer takes: one, the few that are compared, or all that qualify."""

ALIKE = 0.84
"""Least likeness of two spellings of one long name (Ratcliff and Obershelp's measure, as in difflib)."""

PREFIX = 3
"""Letters from which on a name also stands for longer ones that begin with it: `ViT-B` for `ViT-Base`."""

SLIPS = 2
"""Letters that a misspelling may add or drop."""

LONG = 5
"""Letters from which on a name may be misspelt or cut; a shorter one must be whole."""

_NAME = re.compile(r"[^\W_]+(?:[-\u2013.][^\W_]+)*")
_WORD = re.compile(r"[^\W_]+")
_BEGINS = re.compile(r"(?:^|[.!?:;]\s+|[\"\u201c\u2018(¿¡/-]\s*)$")
_QUANTITY = re.compile(r"\d+(?:\.\d+)?(?:st|nd|rd|th|s|k|x|m|b|d|h)?", re.IGNORECASE)
_COUNTED = r"two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|millions?|billions?|half|twice"
_FIGURE = re.compile(
    rf"(?<![\w./-])\.?\d[\d,]*(?:\.\d+)?(?:\\?%|\s?[xkMB]\b|\+)?(?![\w-]*[A-Za-z])|\b(?:{_COUNTED})\b|-hour",
    re.IGNORECASE,
)
_ASKS_FIGURE = re.compile(
    r"\bhow (?:many|much|long|big|large|fast|often|small)\b|\b(?:number|percent(?:age)?|amount|size) of\b|\bby how\b"
    r"|\bwhat (?:is the |was the |were the )?(?:[\w-]+ ){0,3}"
    r"(?:accuracy|score|rate|error|gain|speed-?up|percentage|size)s?\b",
    re.IGNORECASE,
)
_WORKS = r"(?:papers|works?|studies|articles|surveys?|abstracts)"
_TREAT = (
    r"(?:about|on|with|that|us(?:e|es|ing)|work(?:s|ing)?|deal(?:s|ing)?|look(?:s|ing)?|stud(?:y|ies|ying)"
    r"|mention(?:s|ing)?"
    r"|do|cover(?:s|ing)?|concern(?:s|ing)?|address(?:es|ing)?|appl(?:y|ies|ying)|focus(?:es|ing)?|tackl(?:e|es|ing)"
    r"|evaluat(?:e|es|ing)|are about|involv(?:e|es|ing)|tr(?:y|ies)|test(?:s|ing)?|handl(?:e|es|ing)"
    r"|have|need|train(?:s|ing)?)"
)
_LIST = re.compile(
    rf"\b(?:which|what|any|list|all|other|some|more|show me|name) (?:\w+ )?{_WORKS}\b"
    rf"|\bpapers (?:about|on|that|which|dealing|with|using|for)\b|^papers {_TREAT}\b"
    rf"|\bhow many (?:of (?:the|these|your) )?{_WORKS}\b(?! (?:does|did|do) )|^(?:and )?how many {_TREAT}\b"
    rf"|\b(?:are there|do|does) (?:any )?(?:of (?:the|these|your) )?{_WORKS}\b"
    rf"|\b(?:which|what) (?:methods|approaches|techniques) (?:exist|avoid|are there|{_TREAT})\b"
    r"|\b(?:name|list|give me|show me|find) (?:me )?(?:two|three|four|five|some|all|every|any)\b"
    rf"|\bof the (?:papers|works|studies|abstracts) {_TREAT}\b|\b(?:which|the) ones {_TREAT}\b"
    r"|^any(?:thing|body|one)?\b(?: (?:on|about|with|using|for|that)\b|.*\b(?:papers|works|studies|one)\b)|\banyone\?"
    r"|\b(?:everything|anything) (?:on|about|with|that)\b|^anything\b"
    r"|\bwhat(?: else)?(?: is|['\u2019]?s) there\b|^list\b|\b(?:in|of) (?:this|the|your) (?:collection|set)\b",
    re.IGNORECASE,
)
_ONE_WORK = re.compile(
    r"\b(?:which|what) (?:paper|work|study|article) (?:\w+s|came|first|introduced|proposed)\b", re.IGNORECASE
)
_COMPARE = re.compile(
    r"\bvs\b|\bversus\b|\bcompare[ds]?\b|\bdiffer(?:s|ently|ences?)?\b|\bboth\b|\beach\b(?! other)|\beither\b"
    r"|\bbetween\b|\btwo (?:[\w-]+ )?(?:papers|methods|works|approaches)\b|\b(?:which|one) of\b.*\bor\b"
    r"|^[\w-]+(?: [\w-]+)? or [\w-]+|\banother\b.*\bwhich\b|\bbeats? \w+|\bwhich (?:one )?.*\bother\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something a reader asks to be told (`asked`) and the words of which a text that tells it has one (`told`).

    `label` names it for the reader where the words that ask do not.
    """

    asked: re.Pattern[str]
    told: re.Pattern[str]
    label: str = ""


def _aspect(asked: str, told: str = "", label: str = "") -> Aspect:
    """Return an aspect; without `told` the words that ask are those that tell."""
    told = rf"\b(?:{told or asked})(?![a-z])"
    return Aspect(re.compile(rf"\b(?:{asked})\b", re.IGNORECASE), re.compile(told, re.IGNORECASE), label)


SETUP = (
    # how it was trained
    _aspect(r"temperatures?"),
    _aspect(r"batch[ -]?sizes?|mini-?batch(?:es)?", r"batch(?:es)?|mini-?batch(?:es)?"),
    _aspect(r"beam (?:size|width|search)", r"beam"),
    _aspect(r"learning rate|lr"),
    _aspect(r"(?:learning rate |lr )?schedules?|warm-?up|cosine decay"),
    _aspect(r"optimi[sz]ers?|adamw?|sgd|momentum (?:value|coefficient)"),
    _aspect(r"weight decay|dropout|random seeds?|seeds"),
    _aspect(r"hyper-?parameters?"),
    _aspect(r"epochs?|training steps|iterations", r"epochs?|steps|iterations"),
    _aspect(r"mask(?:ing)? ratio", r"mask(?:ing)? (?:ratio|rate)s?|\d+\\?% (?:mask|of (?:the )?patches)"),
    _aspect(r"(?:how many|number of|which|what) (?:attention )?(?:layers|heads|blocks)", r"layers?|heads?|blocks?"),
    # what it costs
    _aspect(r"gpus?|tpus?|gpu[- ]hours|hardware|[avh]100s?", r"gpus?|tpus?|[avh]100s?|hardware"),
    _aspect(r"(?:how many|number of) (?:\w+ )?(?:parameters|params|weights)", r"param(?:eter)?s?|\d[\d.]*\s?[MB]"),
    _aspect(r"model size|param(?:eter)? count", r"param(?:eter)?s?|size|\d[\d.]*\s?[MB]"),
    _aspect(
        r"memory (?:\w+ )?(?:need|use|usage|saved|footprint|cost)|(?:how much|gpu|less|peak) (?:\w+ )?memory", r"memory"
    ),
    _aspect(r"flops?|macs", r"flops?|[gt]flops|macs|comput\w+"),
    _aspect(
        r"latency|fps|frames per second|inference time",
        r"latency|fps|real[- ]time|faster|speed\w*|seconds?|ms|times?",
    ),
    _aspect(
        r"how long (?:did|does|do|is|was)|how many (?:days|weeks)|training time",
        r"seconds?|minutes?|hours?|days?|weeks?|faster|time|ms",
        "how long it takes",
    ),
    _aspect(r"how many (?:hours|hrs)", r"\d[\d,]*[\s-]?h(?:(?:ou)?rs?)?|hours?", "how many hours"),
    _aspect(
        r"price|pricing|dollars?|euros?|usd|how (?:expensive|much money|much did .* cost)",
        r"price|dollars?|euros?|usd",
        "a price",
    ),
    _aspect(r"paid|wages?|salary", r"paid|wages?|salary|crowd-?work\w*"),
    _aspect(r"carbon|co2|electricity"),
    # who, where, when
    _aspect(
        r"who (?:are|is|were|was) the (?:\w+ )?authors?|(?:first|last|corresponding|main) authors?"
        r"|authors?(?= (?:of|work|come|names?|affiliat\w+)\b)|who wrote|written by which",
        r"written by",
        "the authors",
    ),
    _aspect(
        r"(?:which|what) (?:universit(?:y|ies)|lab|institut(?:e|ion)s?|company)|affiliations?",
        r"universit\w+|institut\w+|affiliat\w+",
        "an affiliation",
    ),
    _aspect(r"fund(?:ed|ing|s)|sponsor\w*|grants?", label="who funded it"),
    _aspect(r"licen[sc]ed?|licen[sc]es", label="a licence"),
    _aspect(
        r"(?:which|what) (?:conference|venue|journal|year)|published (?:in|at|when)|publication date"
        r"|when (?:was|were)(?= .*\b(?:published|released|submitted|invented|founded)\b)",
        r"published|conference|journal|proceedings",
        "when or where it was published",
    ),
    _aspect(
        r"how many (?:citations|times .* cited)|citation count|github stars", r"cited|citations|stars", "citations"
    ),
    _aspect(r"e-?mail|phone number|orcid|doi|arxiv (?:id|number)", r"e-?mail|doi|arxiv"),
    _aspect(r"(?:section|table|figure|fig\.|equation|page|line) ?\d+|appendix \w"),
    _aspect(r"(?:mean|average|median) age|how old", r"ages?|aged|years"),
)
"""How work was done, what it cost, who did it: told only where an abstract has the words."""

MEASURES = (
    _aspect(r"spearman|pearson|correlations?", r"spearman\w*|pearson\w*|correlations?|ccc"),
    _aspect(r"bleu(?:-\d)?|rouge|meteor|perplexity", r"bleu|rouge|meteor|perplexity"),
    _aspect(r"m?iou|jaccard", r"m?iou|jaccard|intersection"),
    _aspect(r"m?ap(?:50|75)?(?= |\?|$)|average precision", r"m?ap(?:50|75)?|average precision|precision"),
    _aspect(r"dice|hausdorff", r"dice|dsc|hausdorff"),
    _aspect(r"fid|inception score|psnr|ssim|lpips", r"fid|inception|psnr|ssim|lpips|fr[eé]chet"),
    _aspect(r"auroc|auc|roc", r"au-?roc|auc|roc|area under"),
    _aspect(r"wer|word error rate|cer", r"w\.?e\.?r|word[- ]errors?(?: rate)?|cer|character error|recognition errors?"),
    _aspect(r"eer|equal error rate", r"eer|equal error"),
    _aspect(r"epe|end[- ]?point error|rmse", r"epe|end[- ]?point|rmse"),
    _aspect(r"mos|mean opinion score", r"mos|opinion|subjective|listening"),
    _aspect(r"f1|f-score|f1-score", r"f1|f-?score|f-measure"),
    _aspect(r"linear prob(?:e|ing)(?: accuracy)?", r"linear(?:ly)?"),
    _aspect(r"k-?nn", r"k-?nn|nearest[- ]neighbou?rs?"),
    _aspect(r"accurac(?:y|ies)|top-?[15]", r"accura\w+|top-?[15]|\\?%|percent|correct\w*"),
    _aspect(r"(?:embedding|hidden|output|latent) (?:dimension\w*|size)", r"dimension\w*|\d+-?d"),
    _aspect(
        r"p-?values?|confidence intervals?|standard deviations?|std|error bars?",
        r"p\s?[<=]|confidence interval|±|standard deviation",
    ),
)
"""What is told by a number."""

ASPECTS = SETUP + MEASURES


@dataclass(frozen=True, slots=True)
class Demands:
    """What a question asks for: names as typed, aspects with the words that ask for them, and whether a number.

    `several` is the number of papers that the question speaks of, 0 when it does not say.
    """

    kind: Kind
    names: tuple[str, ...]
    aspects: tuple[tuple[str, Aspect], ...]
    figure: bool
    several: int = 0


def read_demands(question: str, texts: Iterable[str] = ()) -> Demands:
    """Return the demands of a question; a word typed in lower case is a name where `texts` spell it like one."""
    asked = [(match[0], aspect) for aspect in ASPECTS if (match := aspect.asked.search(question))]
    names = tuple(_names(question, _spelt(texts), [words for words, _ in asked]))
    figure = bool(_ASKS_FIGURE.search(question)) or any(aspect in MEASURES for _, aspect in asked)
    return Demands(kind_of(question), names, tuple(asked), figure, _several(question))


def kind_of(question: str) -> Kind:
    """Return how many papers an answer takes."""
    if _LIST.search(question) and not _ONE_WORK.search(question):
        return "list"
    return "compare" if _COMPARE.search(question) else "one"


def _several(question: str) -> int:
    if re.search(r"\bthree\b|,[^,?]*,? and (?:the )?[^,?]*\b(?:one|each|paper|comparison)\b", question, re.IGNORECASE):
        return 3
    return 2 if re.search(r"\b(?:both|two|between|one paper)\b", question, re.IGNORECASE) else 0


def _spelt(texts: Iterable[str]) -> frozenset[str]:
    """Return the words that these texts only ever spell like names, in lower case."""
    tokens = {token for text in texts for token in _NAME.findall(text)}
    return frozenset(token.lower() for token in tokens if _is_shaped(token) and token.lower() not in tokens)


def _names(question: str, spelt: frozenset[str], aspects: Sequence[str]) -> Iterable[str]:
    if question.isupper():
        question = question.lower()
    taken = {word for aspect in aspects for word in aspect.lower().split()}
    english, found, last = is_english(question), dict[str, str](), -2
    for match in _NAME.finditer(question):
        token = match[0]
        plain = english and len(token) > 1 and token.istitle() and token not in _WRITTEN_LARGE
        joins = question[last : match.start()] == " " and bool(found)
        if joins and (_VERSION.fullmatch(token) or (plain and list(found.values())[-1].istitle())):
            key = list(found)[-1]
            found[key], last = f"{found[key]} {token}", match.end()
            continue
        named = _is_shaped(token) or (plain and not _BEGINS.search(question[: match.start()]))
        named = named or (token.lower() in spelt and len(token) > PREFIX - 1)
        if named and token.lower() not in taken and not _FIELD.fullmatch(token):
            found.setdefault(token.lower(), token)
            last = match.end()
    return found.values()


_VERSION = re.compile(r"[vV]\d+(?:\.\d+)?|I{2,3}|IV|\d(?:\.\d+)?")
_FIELD = re.compile(
    r"(?:convnet|ai|asr|cnn|cv|dl|gan|gnn|gpu|ir|kd|llm|lm|ml|mlp|nlp|nn|plm|qa|rl|rnn|rgb|ssl|tts|vit|vlm|3d|2d)s?",
    re.IGNORECASE,
)
"""Short forms of the field that an abstract may spell out; they name no work."""

_WRITTEN_LARGE = frozenset(
    (
        "OK",
        "Ok",
        "English",
        "Thanks",
        "Please",
        "Tiny",
        "Small",
        "Base",
        "Large",
        "Huge",
        "TL",
        "DR",
        "FAQ",
        "PDF",
        "URL",
        "USA",
    )
)


_UNIT = re.compile(r"\d+-?[a-zA-Z]{1,2}")
_USUAL = re.compile(r"[A-Z]?[a-z]+-[A-Z][a-z]+|(?:[Tt]op|\d+)-?[a-z0-9]+")
_SHAPED = re.compile(
    r"[^\W\d_].*[A-Z].*"  # a capital inside
    r"|(?=.*\d)[A-Z][\w.-]*|(?=.*\d)(?=.*[A-Za-z].*[A-Za-z]).*"  # letters with digits
    r"|\d+.*[A-Z].*"
)


def _is_shaped(token: str) -> bool:
    """Tell whether a token looks like a name: capitals inside, capitals only, or letters with digits."""
    if _QUANTITY.fullmatch(token) or _UNIT.fullmatch(token) or _USUAL.fullmatch(token) or token in _WRITTEN_LARGE:
        return False
    short = sum(letter.isalpha() for letter in token) < FEW and not any(digit.isdigit() for digit in token)
    return bool(_SHAPED.fullmatch(token)) and not short


FEW = 2
"""A token of fewer letters is no name."""


@lru_cache(maxsize=256)
def _terms(text: str) -> frozenset[str]:
    """Return the words of a text, and up to four neighbours joined: `swin b` is found as `swinb`."""
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset("".join(words[i : i + n]) for n in (1, 2, 3, 4) for i in range(len(words) - n + 1))


@lru_cache(maxsize=4096)
def mentions(text: str, name: str) -> bool:
    """Tell whether a text holds a name, in any spacing or case, cut, as a plural, or misspelt when it is long."""
    whole = "".join(_WORD.findall(name)).removesuffix("s").lower()
    joined = _terms(text)
    if _held(whole, joined):
        return True
    parts = [part for part in re.split(r"[-\u2013. ]", name) if len(part) > 1]
    shaped = [part for part in parts if not part.islower()] or parts
    if " " in name:  # the words of one name stand together
        return False
    return len(parts) > 1 and all(_held(part.lower(), joined) for part in shaped)


def _held(singular: str, joined: frozenset[str]) -> bool:
    if {singular, f"{singular}s"} & joined:
        return True
    if len(singular) >= PREFIX and any(word.startswith(singular) for word in joined):
        return True
    return len(singular) >= LONG and any(_alike(singular, word) for word in joined)


def _alike(one: str, other: str) -> bool:
    """Tell whether two long words are spellings of one; digits must be the same in both."""
    if abs(len(one) - len(other)) > SLIPS or one[0] != other[0] or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    return SequenceMatcher(None, one, other).ratio() >= ALIKE


def has_figure(text: str) -> bool:
    """Tell whether a text states a number: digits that are no part of a name, or a number word."""
    return bool(_FIGURE.search(text))
