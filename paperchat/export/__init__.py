"""What leaves paperchat: references, receipts, tables, Markdown and JSON."""

from typing import TYPE_CHECKING

from paperchat.faces import face

if TYPE_CHECKING:
    from paperchat.export.json_forms import answer_json as answer_json
    from paperchat.export.markdown import conversation_markdown as conversation_markdown
    from paperchat.export.receipts import make_receipt as make_receipt
    from paperchat.export.references import format_references as format_references
    from paperchat.export.tables import table_markdown as table_markdown

__getattr__, __all__ = face(
    __name__,
    {
        "answer_json": "json_forms",
        "conversation_markdown": "markdown",
        "format_references": "references",
        "make_receipt": "receipts",
        "table_markdown": "tables",
    },
)
