"""The languages of papers as BCP 47 tags, whatever a source calls them."""

import re

_TAG = re.compile(r"[a-z]{2,3}(?:[-_](?:[a-z]{4}|[a-z]{2}|\d{3})){0,2}", re.IGNORECASE)

LONG, SCRIPT = 3, 4
"""Letters of a language's longer code, such as "eng", and of a script's name, such as "Hant"."""

_NAMES = """
af afr afrikaans
ar ara arabic
bg bul bulgarian
ca cat catalan
cs cze ces czech
da dan danish
de ger deu german deutsch ngerman austrian
el gre ell greek
en eng english american british usenglish ukenglish
es spa spanish español
et est estonian
eu baq eus basque
fa per fas persian farsi
fi fin finnish
fr fre fra french français
he heb hebrew
hi hin hindi
hr hrv scr croatian
hu hun hungarian magyar
id ind indonesian
is ice isl icelandic
it ita italian italiano
ja jpn japanese
ko kor korean
lt lit lithuanian
lv lav latvian
nl dut nld dutch
no nor norwegian norsk
pl pol polish
pt por portuguese brazil brazilian português
ro rum ron romanian
ru rus russian
sk slo slk slovak
sl slv slovene slovenian
sr srp scc serbian
sv swe swedish
th tha thai
tr tur turkish
uk ukr ukrainian
ur urd urdu
vi vie vietnamese
zh chi zho chinese mandarin
"""

LANGUAGES = {name: row.split()[0] for row in _NAMES.strip().splitlines() for name in row.split()}


def language(text: str) -> str:
    """Return the tag of a language by its tag, its code of three letters or its name; empty where it is none known."""
    asked = text.strip().strip("{}").lower()[:40]
    if asked in LANGUAGES:
        return LANGUAGES[asked]
    first = asked.partition("-")[0].partition("_")[0]
    if not _TAG.fullmatch(asked) or (first not in LANGUAGES and len(first) == LONG):
        return ""
    _, _, rest = asked.replace("_", "-").partition("-")
    return LANGUAGES.get(first, first) + (f"-{rest.title() if len(rest) == SCRIPT else rest.upper()}" if rest else "")
