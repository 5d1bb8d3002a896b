"""cite.bib: a paper as BibTeX."""

import re
import unicodedata

from functions.publish.render import addresses
from shared.model.facts import Facts

_SPECIAL = re.compile(r"(?<!\\)((?:\\\\)*)([%&#])")
_UNDERSCORE = re.compile(r"(?<!\\)((?:\\\\)*)_")
_WORD = re.compile(r"[a-z]{4,}")


def render(paper_id: str, title: str, facts: Facts) -> str:
    """One `@misc` entry as arXiv gives it. The title's own LaTeX stays."""
    year = facts.published_at.year if facts.published_at else None
    fields = {
        "title": _value(title),
        "author": " and ".join(_value(author) for author in facts.authors),
        "year": str(year or ""),
        "eprint": paper_id,
        "archivePrefix": "arXiv",
        "primaryClass": facts.arxiv.primary_category or "" if facts.arxiv else "",
        "doi": facts.arxiv.doi or "" if facts.arxiv else "",
        "url": addresses.arxiv(paper_id),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(title, facts, year)},", *lines, "}", ""])


def _value(text: str) -> str:
    """In one line, with as many opening as closing braces, and nothing that ends the entry."""
    printable = "".join(character for character in " ".join(text.split()) if character.isprintable())
    line = _outside_formulas(_SPECIAL.sub(r"\1\\\2", printable))
    depth = 0
    for character in line:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            break
    return line if depth == 0 else line.replace("{", "").replace("}", "")


def _outside_formulas(line: str) -> str:
    """Underscores are for formulas; a dollar sign that no other one answers is none of a formula's."""
    parts = line.split("$")
    if len(parts) % 2 == 0:
        return _UNDERSCORE.sub(r"\1\\_", line.replace("$", r"\$"))
    return "$".join(part if place % 2 else _UNDERSCORE.sub(r"\1\\_", part) for place, part in enumerate(parts))


def _key(title: str, facts: Facts, year: int | None) -> str:
    """kim2026agents: the first author's last name, the year, and the first long word of the title."""
    author = _ascii(facts.authors[0].split()[-1]) if facts.authors and facts.authors[0].split() else ""
    word = next(iter(_WORD.findall(_ascii(title))), "")
    return f"{author or 'paper'}{year or ''}{word}"


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z ]+", "", plain)
