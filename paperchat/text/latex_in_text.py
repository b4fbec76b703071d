"""Where a title or an abstract has LaTeX, and what each of it reads as. Pure functions."""

import re
from collections.abc import Iterator

from paperchat.text.latex import arguments, read_formula, read_macro
from paperchat.text.latex_calls import CITING, read_call
from paperchat.text.latex_macros import GONE
from paperchat.text.latex_source import LETTER, LONGEST_FORMULA, OPTION, Source
from paperchat.text.pieces import Piece

LONGEST_SCRIPT = 40

_TOKEN = re.compile(
    r"""(?P<drive>(?<![^\W_])[A-Z]:\\\\?[A-Za-z_0-9][^\s{}$"'<>|]{0,200})
    |(?P<macro>\\[A-Za-z]{1,40}\*?)
    |(?P<sign>\\[^A-Za-z])
    |(?P<dollar>\$\$?)
    |(?P<script>[\^_](?=\{))
    |(?P<brace>[{}])
    |(?P<tie>~)
    |(?P<quote>``|''|`)
    |(?P<dash>-{2,3}(?![->]))""",
    re.VERBOSE,
)

_NAME = re.compile(r"[A-Za-z]{1,40}")

_ACCENTS = "'\"`^~=."

_SAID = {sign: sign for sign in "%&_#${}'\"^~"} | dict.fromkeys(" ,;:\n", " ") | dict.fromkeys("!-/@", "") | {"|": "‖"}
"""What a stroke and a sign read as, where they are no accent."""

_SET = re.compile(r"[,;:|=\"<>]")

_LONGEST_AMOUNT = 6

_AMOUNT = re.compile(r"\d[\w%\u00d7]{0,3}\Z")

_SINGLE = re.compile(r"`[^`'\n]{1,100}'(?![A-Za-z])")


_LATEX = re.compile(r"[\\${}~`]|--|''")
"""What a text with LaTeX has."""


def latex_pieces(text: str) -> Iterator[Piece]:
    """Yield where a text has LaTeX, and what each of it reads as; what is no LaTeX is left as it is."""
    return _Latex(text).pieces() if _LATEX.search(text) else iter(())


class _Latex(Source):
    """One text whose LaTeX is found, from its beginning to its end."""

    def pieces(self) -> Iterator[Piece]:
        """Yield where the text has LaTeX, and what it reads as."""
        place, past = 0, 0
        while found := _TOKEN.search(self.text, place):
            at = found.start()
            piece = self._ending(at) or getattr(self, f"_{found.lastgroup}")(found)
            if piece is None:
                place = found.end() if found.lastgroup in ("drive", "dash", "quote") else at + 1
                if found.lastgroup == "sign" and found[0] == "\\\\":
                    place = found.end()
                continue
            if piece.start < past:
                piece = Piece(past, piece.end, piece.read)
            yield piece
            place = past = max(piece.end, at + 1) if piece.end == piece.start else piece.end

    def _ending(self, at: int) -> Piece | None:
        read = self.reads.pop(at, None)
        return None if read is None else Piece(at, at + 1, read)

    def _drive(self, found: re.Match[str]) -> None:
        """A path of Windows is no LaTeX."""

    def _dollar(self, found: re.Match[str]) -> Piece | None:
        sign = found[0]
        return self.formula(found.start(), sign, sign)

    def _sign(self, found: re.Match[str]) -> Piece | None:
        at, sign = found.start(), found[0][1]
        if sign in "([":
            return self.formula(at, found[0], f"\\{')' if sign == '(' else ']'}")
        if sign in _ACCENTS and (accented := self._accent(at)):
            return accented
        if sign == "\\":
            return self._two_strokes(at)
        read = _SAID.get(sign)
        return None if read is None else Piece(at, at + 2, read)

    def _macro(self, found: re.Match[str]) -> Piece | None:
        return read_call(self, found)

    def _two_strokes(self, at: int) -> Piece | None:
        """A line's end is a space; what was escaped twice is read as if it were once."""
        behind = self.text[at + 2 : at + 3]
        if not behind or behind.isspace() or behind == "[":
            option = OPTION.match(self.text, at + 2)
            return Piece(at, option.end() if option else at + 2, " ")
        name = _NAME.match(self.text, at + 2)
        known = name and len(name[0]) > 1 and self.before(at) != "\\" and arguments(name[0]) is not None
        return Piece(at, at + 1, "") if known else None

    def _accent(self, at: int) -> Piece | None:
        r"""Return an accent with the letter that it stands on, None where the two make none, as in `don\'t`."""
        letter = LETTER.match(self.text, at + 2)
        if not letter or letter[0][0].isspace():
            return None
        if self.text.startswith("\\'s", at) and not self.text[at + 3 : at + 4].isalpha() and self.before(at).isalpha():
            return None
        if self.text[at + 1] == '"' and self.before(at) in " (" and self._closes_quote(letter.end()):
            return None
        bare = letter[0].startswith("\\") and not letter[0][1].isalpha()  # an accent on an accent, without braces
        read = read_macro(f"{self.text[at : at + 2]}{{{letter[0]}}}" if bare else self.text[at : letter.end()]).strip()
        return Piece(at, letter.end(), read) if len(read) == 1 and read.isalpha() else None

    def _closes_quote(self, at: int) -> bool:
        r"""Tell whether the next `\"` ends a quotation: no letter follows it."""
        end = self.text.find('\\"', at, at + 300)
        return end >= 0 and not self.text[end + 2 : end + 3].isalpha()

    def _script(self, found: re.Match[str]) -> Piece | None:
        """A superscript in text, as in "15^{th}"."""
        close = self.group(found.end())
        if close < 0 or close - found.end() > LONGEST_SCRIPT:
            return None
        return Piece(found.start(), close + 1, read_formula(self.text[found.start() : close + 1]))

    def _brace(self, found: re.Match[str]) -> Piece | None:
        """Braces that keep capitals or hold a style go; those of a set such as {0, 1} stay."""
        at = found.start()
        if found[0] == "}":
            return None if at in self.closing else Piece(at, at + 1, "")
        close = self.group(at)
        if close < 0:
            return Piece(at, at + 1, "")
        inside = self.text[at + 1 : close]
        bare = inside.startswith("\\") and not inside.startswith("\\{")
        address = inside.startswith("http") and " " not in inside
        whole = at == 0 and close == len(self.text) - 1
        latex = "\\" in self.text or "$" in self.text
        worded = any(map(str.isalpha, inside[:80])) and not _SET.search(inside[:LONGEST_FORMULA])
        if bare or whole or worded or address or (latex and len(inside) <= 1):
            self.reads[close] = ""
            return Piece(at, at + 1, "")
        return None

    def _tie(self, found: re.Match[str]) -> Piece | None:
        """A space that no line ends at; a "~" between numbers or before one, in an address or `X~N(0, 1)` is none."""
        at = found.start()
        before, behind = self.before(at), self.text[at + 1 : at + 2]
        if not before or before.isspace() or not behind or behind.isspace() or before in "/\\([{=~" or behind in "/~=)":
            return None
        if self.text.startswith("N(", at + 1) or (behind.isdigit() and self._is_about(at)):
            return None
        name = _NAME.match(self.text, at + 2) if behind == "\\" else None
        gone = name and (CITING.fullmatch(name[0]) or name[0] in GONE)
        return Piece(at, at + 1, "" if gone else "\N{NO-BREAK SPACE}")

    def _is_about(self, at: int) -> bool:
        """Tell whether a "~" before a number says "about" or "to": `is~75%`, `1%~1.5%`; not so in `Fig.~3`."""
        if _AMOUNT.search(self.text, max(0, at - _LONGEST_AMOUNT), at):
            return True
        return self.before(at).islower() and not ("\\" in self.text or "$" in self.text)

    def _quote(self, found: re.Match[str]) -> Piece | None:
        at, end = found.span()
        before, behind = self.before(at), self.text[end : end + 1]
        if found[0] == "``":
            return None if "`" in (before, behind) else Piece(at, end, "\N{LEFT DOUBLE QUOTATION MARK}")
        if found[0] == "''":
            closes = before and not before.isspace() and not before.isdigit() and not behind.isalpha() and behind != "("
            return Piece(at, end, "\N{RIGHT DOUBLE QUOTATION MARK}") if closes else None
        single = None if before.isalnum() else _SINGLE.match(self.text, at)
        if not single or _LATEX.search(single[0], 1):
            return None
        return Piece(at, single.end(), f"\u2018{single[0][1:-1]}\u2019")

    def _dash(self, found: re.Match[str]) -> Piece | None:
        """Two or three hyphens are a dash; those of an arrow, a rule, or an option such as `--help` are not."""
        at, end = found.span()
        before, behind = self.before(at), self.text[end : end + 1]
        dash = "\N{EM DASH}" if found[0] == "---" else "\N{EN DASH}"
        is_option = not before.strip() and behind.strip() and found[0] == "--"
        return None if before in tuple("-<|") or behind == "|" or is_option else Piece(at, end, dash)
