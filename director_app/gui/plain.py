"""Texts that may hold anything, as Qt shows them unchanged. Must not shorten them."""


def plain_tooltip(words: str) -> str:
    """Never rich text, whatever a title holds; wrapped where it is long."""
    if not words:
        return ""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<qt>{escaped}</qt>"
