"""What a question asks to be told of a paper, and the words of which a text that tells it has one."""

import re
from dataclasses import dataclass


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
    _aspect(r"(?:how many|number of) (?:\w+ )?(?:parameters|params|weights)", r"param(?:eter)?s?|\d[\d.]{0,12}\s?[MB]"),
    _aspect(r"model size|param(?:eter)? count", r"param(?:eter)?s?|size|\d[\d.]{0,12}\s?[MB]"),
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
    _aspect(r"how many (?:hours|hrs)", r"\d[\d,]{0,12}[\s-]?h(?:(?:ou)?rs?)?|hours?", "how many hours"),
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
        r"|when (?:was|were)(?= .{0,300}\b(?:published|released|submitted|invented|founded)\b)",
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
