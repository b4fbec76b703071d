"""The Snowball stemmer of English. The one place that knows PyStemmer."""

from typing import Any


def english_stemmer() -> Any:
    """Return a stemmer with `stemWord` and `stemWords`, new each time: one may not serve two threads at once."""
    import Stemmer

    return Stemmer.Stemmer("english")
