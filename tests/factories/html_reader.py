"""What a browser would make of a page: its elements with their attributes, and its text."""

import posixpath
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = frozenset({"meta", "link", "img", "br", "input"})


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    parts: "list[Element | str]" = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join("".join(part if isinstance(part, str) else f" {part.text} " for part in self.parts).split())

    def all(self, name: str, **attributes: str) -> "list[Element]":
        """Every element of this name inside, with these attributes (`class_` for class)."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        inside = [part for part in self.parts if isinstance(part, Element)]
        return [
            found
            for part in inside
            for found in (*([part] if part._is(name, wanted) else []), *part.all(name, **attributes))
        ]

    def one(self, name: str, **attributes: str) -> "Element":
        (found,) = self.all(name, **attributes)
        return found

    def _is(self, name: str, wanted: dict[str, str]) -> bool:
        return name in ("*", self.name) and wanted.items() <= self.attributes.items()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def read(html: str) -> Element:
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert len(builder.open) == 1, f"<{builder.open[-1].name}> is never closed"
    return builder.open[0]


def resolved(key: str, link: str) -> str:
    """The key that a link of a page leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(key), unquote(link.partition("#")[0].partition("?")[0])))
