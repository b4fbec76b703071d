"""The bibliographic details of a paper as JSON, as the record keeps them; none as an empty string."""

import json
from dataclasses import asdict
from typing import Any

from paperchat.bibliography import Details, Person


def encoded(details: Details) -> str:
    """Return details as JSON: what is empty is left out."""
    kept = {name: value for name, value in asdict(details).items() if value}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True) if kept else ""


def decoded(text: str) -> Details:
    """Return the details of what `encoded` gave; fields of a later version are passed over."""
    kept: dict[str, Any] = json.loads(text) if text else {}
    for name in ("authors", "editors"):
        kept[name] = tuple(Person(one["family"], one.get("given", "")) for one in kept.get(name, ()))
    for name in ("date", "keywords"):
        kept[name] = tuple(kept.get(name, ()))
    kept["others"] = tuple((name, value) for name, value in kept.get("others", ()))
    return Details(**{name: value for name, value in kept.items() if name in Details.__slots__})
