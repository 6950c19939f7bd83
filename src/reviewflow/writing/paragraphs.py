"""Plain text as HTML paragraphs."""

from html import escape


def paragraphs(text: str) -> str:
    """One escaped ``<p>`` for every line that is not blank. Spaces within lines stay."""
    return "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
