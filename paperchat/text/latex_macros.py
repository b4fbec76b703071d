"""Macros of LaTeX that pylatexenc does not know, or reads for another use than ours. Data alone."""

_STYLES = """emph text textbf textit texttt textsc textsf textrm textup textsl textnormal textmd textlf mathrm mathbf
    mathsf mathtt mathit mathcal mathscr mathfrak boldsymbol bm pmb mbox hbox ensuremath underline uline hl sout textipa
    underbrace overbrace mathop mathbin mathrel boldmath enquote"""

STYLES = frozenset(_STYLES.split())
"""Macros of one argument that is read as it is."""

UNREAD = dict.fromkeys(("ref", "eqref", "autoref", "cref", "Cref", "pageref", "nameref", "vspace", "hspace"), "*{")
UNREAD |= dict.fromkeys(
    ("thanks", "label", "nocite", "index", "input", "include", "phantom", "begin", "end", "noopsort"), "{"
)
UNREAD |= dict.fromkeys(("footnote", "footnotetext", "color", "usepackage", "documentclass"), "[{")
UNREAD |= {"noopsort": "{", "footnotemark": "[", "setlength": "{{"}
"""Macros that are not read, nor what they are given."""

GONE = frozenset({*UNREAD} - {"begin", "end"})

_SILENT = """left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr middle xspace noindent centering
    displaystyle textstyle limits nolimits em it bf rm sf tt sc sl bfseries itshape ttfamily scshape rmfamily sffamily
    mdseries upshape slshape normalfont small large Large tiny footnotesize scriptsize normalsize huge maketitle newpage
    today protect relax par ! / - @"""

SILENT = frozenset(_SILENT.split())
"""Macros that say how a text looks, and are not read."""

_OPERATORS = """log ln lg exp max min sup inf lim sin cos tan tanh sinh cosh arg argmax argmin det dim ker rank tr Tr Pr
    gcd poly polylog sgn sign diag softmax limsup liminf mod"""

WORDS = frozenset(_OPERATORS.split())
"""Macros that are words: their name is read."""

_SIGNS = r"""sim ~ thicksim ~ eps ε epsilon ε phi φ lvert | rvert | vert | mid | lVert ‖ rVert ‖ Vert ‖ | ‖ { { } }
    textasciitilde ~ textbackslash \ textasciicircum ^ textunderscore _ star * ast * colon : lbrace { rbrace } slash /
    textless < textgreater > textbar | textdegree ° degree ° deg ° textmu µ percent % textquotesingle ' textquotedbl "
    textasciigrave ` bullet • ss ß to → intercal ⊺ llbracket ⟦ rrbracket ⟧ dots … textdollar $ land ∧ lor \u2228 asymp ≍
    iff ⇔ implies ⇒ checkmark ✓ cmark ✓ xmark ✗ euro € texteuro € eg e.g. ie i.e. etc etc. vs vs. cf cf.
    wrt w.r.t. LaTeX LaTeX TeX TeX BibTeX BibTeX""".replace(r"\u2228", "\u2228").split()

SAID = dict(zip(_SIGNS[::2], _SIGNS[1::2], strict=True)) | {name: name for name in WORDS}
SAID |= dict.fromkeys(("quad", "qquad", "item", "newline", "\\", ",", ";", ":", ">", " "), " ") | {"etal": "et al."}
"""What other macros without arguments say."""
