"""What was found to be worth asking of a set is kept for that set alone."""

from paperchat.storage.conversations import History


def test_what_was_tried_is_kept_for_the_newest_set():
    tried = History(":memory:").tried
    assert tried.get("one") == ""
    tried.keep("one", "A?")
    tried.keep("one", "B?")
    assert (tried.get("one"), tried.get("two")) == ("B?", "")
    tried.keep("two", "C?")
    assert (tried.get("one"), tried.get("two")) == ("", "C?")
