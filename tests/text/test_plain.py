"""LaTeX, mark-up and entities become the text that they show; whatever is none of these stays."""

import pytest

from paperchat.text.plain import plain, renderings

LATEX = [
    (r"$10\times$ faster", "10× faster"),
    (r"$\mathcal{O}(n \log n)$ time", "O(n log n) time"),
    (r"$\ell_1$-penalised", "ℓ₁-penalised"),
    (r"$\alpha \leq 0.3$", "α ≤ 0.3"),
    (r"256$\times$256 at 360$^\circ$", "256×256 at 360°"),
    (r"A$^2$TG and 95$%$ CI", "A²TG and 95% CI"),
    (r"\(y_1\) and \[x^2\]", "y₁ and x²"),
    (r"\begin{equation} a \neq b \end{equation}", "a ≠ b"),
    (r"2.2 \times 10^{15} in the 15^{th} place", "2.2 × 10¹⁵ in the 15th place"),
    (r"n\log n, \mathcal{O}(n|\mathcal{N}|)", "n log n, O(n|N|)"),
    (r"85.3\% top-1, \$5, R\&D, a\_b", "85.3% top-1, $5, R&D, a_b"),
    (r"10\,000 at 5\,km", "10 000 at 5 km"),
    (r"contexts (\eg text), \ie, given", "contexts (e.g. text), i.e., given"),
    (r"{\em GateSearch} and {\bf x}", "GateSearch and x"),
    (r"\textbf{Gates \emph{matter}}: without", "Gates matter: without"),
    (r"\underline{A}c\underline{t}ive", "Active"),
    (r"\textcolor{red}{all} of it", "all of it"),
    (r"named \name to \ours{} and \task{X}", "named name to ours and X"),
    (r"building on \cite{a} and~\citep[p.~3]{b,c}.", "building on and."),
    (r"shown (\cite{a}) in Fig.~\ref{fig:b}", "shown in Fig."),
    (r"here\footnote{Under the MIT licence.}.", "here."),
    (r"at \href{https://x.org/a_b}{this URL}", "at this URL (https://x.org/a_b)"),
    (r"at \href{this https URL}{this https URL}", "at this https URL"),
    (r"at \href{https://x.org}{https://x.org}", "at https://x.org"),
    (r"at \url{https://x.org/a\_b}", "at https://x.org/a_b"),
    (r"\begin{itemize}\item one \item two\end{itemize}", "one two"),
    (r"\textquotedblleft quoted\textquotedblright{} text", "“quoted” text"),
    (r"{\noopsort{1973}}Sorted {\noopsort{a}}so, in \foreignlanguage{german}{Gr{\"o}{\ss}e}", "Sorted so, in Größe"),
    (r"\\alpha and \\textbf{x}", r"α and x"),
    ("Networks~(CNN), e.g.~fine, Fig.~3", "Networks\u00a0(CNN), e.g.\u00a0fine, Fig.\u00a03"),
    ("``How can'' `this'", "\u201cHow can\u201d \u2018this\u2019"),
    ("1--5, x---y, a -- b", "1\u20135, x\u2014y, a \u2013 b"),
    ("{BERT} and {H}ello", "BERT and Hello"),
    ("{A, B and C: all of it}", "A, B and C: all of it"),
]
ACCENTS = [
    (r"Erd\H{o}s--R\'enyi", "Erdős\u2013Rényi"),
    (r"Schr{\"o}dinger, Schr\"odinger", "Schrödinger, Schrödinger"),
    (r"Fran{\c c}ois Vi\`ete", "François Viète"),
    (r"na\"{\i}ve, Poincar\'e", "naïve, Poincaré"),
    (r"stra\ss e, Sm\o rrebr\o d, \O stergaard", "straße, Smørrebrød, Østergaard"),
    (r"Wa\l{}\k{e}sa, \L{}\'od\'z", "Wałęsa, Łódź"),
    (r"Avalia\c{c}\~ao, Sem\^antica", "Avaliação, Semântica"),
    (r"Nguy{\~\^e}n, Nguy\~{\^e}n, Nguy{\~{\^{e}}}n, Nguy\~\^en", "Nguyễn, Nguyễn, Nguyễn, Nguyễn"),
    (r"Ro\textcommabelow{s}ia, Vl\u{a}d", "Roșia, Vlăd"),
    (r"\.Istanbul, Do\~nana, \v{S}koda, Bj\"ork", "İstanbul, Doñana, Škoda, Björk"),
]
MARKUP = [
    ("Soil &amp; Water at pH &lt; 5", "Soil & Water at pH < 5"),
    ("&quot;Loamtek&quot; &#945; &#x3b2; a&amp;lt;b", '"Loamtek" α β a<b'),
    ("CO<sub>2</sub> 10<sup>-3</sup> V<sub>max</sub> 5<sup>th</sup>", "CO₂ 10⁻³ Vmax 5th"),
    ("up to 10 <sup xmlns:mml='http://a'>8</sup> in <i>vivo</i>", "up to 10⁸ in vivo"),
    ("&lt;i&gt;in vitro&lt;/i&gt; and H&lt;sub&gt;2&lt;/sub&gt;O", "in vitro and H₂O"),
    ("<jats:title>Abstract</jats:title><jats:p>We do <jats:italic>it</jats:italic>.</jats:p>", "We do it."),
    ("<jats:sec><jats:title>Methods</jats:title><jats:p>We</jats:p></jats:sec>", "Methods: We"),
    ("<mml:math><mml:msup><mml:mn>10</mml:mn><mml:mn>3</mml:mn></mml:msup></mml:math> cells", "10³ cells"),
    ("<tex>$GP^{2}$</tex> is", "GP² is"),
    (r"is <tex-math>$$x^2$$</tex-math><mml:math><mml:mi>x2</mml:mi></mml:math> here", "is x² here"),
    ("a&#x202e;b&#8203;c", "abc"),
]
KEPT = [
    r"C:\temp stays, and C:\Users\new\data",
    r"\\server\share and data\train\x",
    r"\d+\w* and \n",
    "costs $5 and $6, or US$5-$10",
    "($5)/($7), from $5 million to $7 million",
    "$10K/$20K",
    "100% of a_b ~ 3, x^2, 10^6",
    "in {0, 1} or {A, B} or {x: 1}",
    "5~42 times, ~50% and X~N(0,1)",
    "by 1%~1.5% or 1.4x~2x, which is~75%",
    "http://x.org/~rbg",
    "use --help, <-- or -->, ----",
    "`code` and ```py```",
    "it's 5'' and f''(x)",
    "if a<b then c>d, <think>, <EOS>, a <b and c> d",
    "Q&A; AT&T &c. &nosuch;",
    "हिन्दी and C++",
]


@pytest.mark.parametrize(("written", "read"), [*LATEX, *ACCENTS, *MARKUP], ids=lambda text: text[:40])
def test_latex_and_markup_read_as_what_they_show(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize("text", KEPT, ids=lambda text: text[:40])
def test_what_is_no_latex_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("written", "read"), [(r"don\'t, it\'s", "don't, it's"), (r"\"all of it\" now", '"all of it" now')]
)
def test_an_escaped_quotation_mark_is_no_accent(written: str, read: str) -> None:
    assert plain(written) == read


@pytest.mark.parametrize(
    "broken", ["{", "}{", "\\", r"\emph{", r"\frac{", r"\frac{1}", "$", "$$", r"$\mathcal$", r"\begin{", "&lt", "<i>"]
)
def test_what_is_broken_is_read_as_far_as_it_goes(broken: str) -> None:
    assert plain(f"It is {broken} here.").startswith("It is")


@pytest.mark.parametrize(
    "pump", ["{", "$x", r"\emph{", r"$\frac{", "``", "<sub>", "&lt;", r"\cite{a}", "{a}", r"\'", "$$"]
)
def test_a_text_that_goes_on_and_on_is_read(pump: str) -> None:
    assert len(plain(pump * 3000)) <= 20_000


@pytest.mark.parametrize(("written", "read"), [*LATEX, *ACCENTS, *MARKUP], ids=lambda text: text[:40])
def test_what_was_read_is_not_read_again(written: str, read: str) -> None:
    assert plain(read) == read, written


def test_the_space_around_a_part_of_a_text_stays() -> None:
    assert plain(r" {\em Gates} cost $5\times$ ") == " Gates cost 5\u00d7 "


def test_a_place_in_what_is_read_is_found_in_what_was_written() -> None:
    written = r"Before. {\em Gates} cost $5\times$ less &amp; more.\footnote{No.} Then."
    latex = renderings(written)[-1]
    assert latex.text == "Before. Gates cost 5× less & more. Then."
    assert _written(written, "Gates cost 5× less & more.") == r"Gates} cost $5\times$ less &amp; more."
    assert _written(written, "× less &") == r"$5\times$ less &amp;"


def _written(text: str, part: str) -> str:
    markup, latex = renderings(text)
    start = latex.text.index(part)
    start, end = markup.source(*latex.source(start, start + len(part)))
    return text[start:end]
