"""Text in LaTeX: every character of it as LaTeX sets it. The only place that writes it by pylatexenc."""

import re

_LIGATURES = (
    (re.compile("`"), r"\\textasciigrave"),
    (re.compile("(?<=')'"), "'"),
    (re.compile("(?<=-)-"), "-"),
    (re.compile('"'), '"'),
)


def latex(text: str) -> str:
    r"""Return text as LaTeX that shows exactly it, for any TeX: `é` is `{\'e}`."""
    from pylatexenc.latexencode import RULE_REGEX, UnicodeToLatexConversionRule, UnicodeToLatexEncoder

    encoder = UnicodeToLatexEncoder(
        conversion_rules=[UnicodeToLatexConversionRule(RULE_REGEX, _LIGATURES), "defaults"],
        replacement_latex_protection="braces-all",
        unknown_char_policy="keep",
        unknown_char_warning=False,
    )
    return str(encoder.unicode_to_latex(text))
