"""What leaves paperchat: references, receipts, tables, Markdown and JSON."""
