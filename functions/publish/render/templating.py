"""The HTML templates, compiled when the artifact is built. Every text in them is made fit to be shown and escaped."""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, FunctionLoader, StrictUndefined, select_autoescape
from jinja2.bccache import Bucket
from markupsafe import Markup

from functions.publish.render import addresses
from functions.publish.settings import SiteConfig
from functions.publish.text import phrases, wording
from functions.publish.text.outside import marked_up, shown
from shared.languages import labels
from shared.model.analysis import EVIDENCE, STARTING_POINTS
from shared.model.facts import NARROW, WIDE
from shared.model.span import PERIODS
from shared.store import keys
from shared.text.lazy_regex import lazy_regex
from shared.text.vocabulary import names as tag_names

_BLANK_LINES = lazy_regex(r"\n\s*\n")
"""A few hundred bytes of a day's page: no element of a page shows white space as it is."""
TEMPLATES = Path(__file__).parent / "templates"
COMPILED = Path(__file__).parent / "__pycache__"
"""Where Python keeps compiled modules. A changed template is compiled again."""
ASSETS = Path(__file__).parent / "files"
ROOMS = (
    ("archive", keys.ARCHIVE),
    ("tags", keys.TAGS),
    *((kind.kind, keys.list_file(kind.kind)) for kind in PERIODS),
    ("search", keys.SEARCH),
    ("about", keys.ABOUT),
)
"""What every page links to, by the names of their labels."""
FEW_PAPERS = 3
"""A day of so few is read whole: nothing of it is folded."""
SEARCH_SCRIPTS = ("search-terms.js", "search-index.js", "search-rank.js", "search-view.js", "search.js")
"""One file on the site, `search.js`, in this order."""
HASH_LENGTH = 12
"""Hexadecimal digits: enough that two versions of a file never share an address."""


@cache
def assets() -> dict[str, bytes]:
    """Stylesheets, scripts and pictures of the pages by their address on the site: `assets/style.<hash>.css`."""
    return {asset(name): content for name, content in _contents().items()}


@cache
def asset(name: str) -> str:
    """Where an asset is on the site: an address that changes with its content."""
    stem, _, suffix = name.partition(".")
    return f"assets/{stem}.{hashlib.sha256(_contents()[name]).hexdigest()[:HASH_LENGTH]}.{suffix}"


@cache
def _contents() -> dict[str, bytes]:
    """The assets by name."""
    files = {path.name: path.read_bytes() for path in sorted(ASSETS.iterdir())}
    search = b"".join([files.pop(name) for name in SEARCH_SCRIPTS])
    return {**files, "search.js": search}


class _CompiledTemplates(FileSystemBytecodeCache):
    """What is compiled for this version of Jinja and this module, whose settings are part of the compiled code."""

    def __init__(self) -> None:
        made_with = hashlib.sha256(jinja2.__version__.encode() + Path(__file__).read_bytes()).hexdigest()[:HASH_LENGTH]
        super().__init__(str(COMPILED), f"template-{made_with}-%s.cache")

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps a compiled template, where the folder can be written to."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def compile_templates() -> None:
    """Compiles every template: Lambda cannot keep what it compiles."""
    COMPILED.mkdir(exist_ok=True)
    for template in sorted(TEMPLATES.iterdir()):
        _environment().get_template(template.name)


def _read(name: str) -> str | None:
    """A template's source; its path would be part of the compiled code."""
    path = TEMPLATES / name
    return path.read_text(encoding="utf-8") if path.is_file() else None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_read),
        bytecode_cache=_CompiledTemplates(),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        finalize=lambda value: shown(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        web=addresses.web,
        hugging_face=addresses.hugging_face,
        arxiv=addresses.arxiv,
        pdf=addresses.pdf,
        day_page=keys.day_page,
        day_file=keys.day_file,
        keys=keys,
        asked={"difficulty": STARTING_POINTS, "reliability": EVIDENCE},
        has_page=lambda tag: tag in tag_names(),
        how_made=wording.how_made,
        reason_codes=wording.reason_codes,
        unlike_the_day=wording.unlike_the_day,
        words_of=labels,
        asset=asset,
        rooms=ROOMS,
        wide=WIDE,
        few=FEW_PAPERS,
        narrow=NARROW,
    )
    environment.filters["formulas"] = marked_up
    return environment


def render(template: str, address: str, language: str, config: SiteConfig, **context: Any) -> str:
    """The page that stands at this address of the language's tree.

    `description` and `picture` (an address on the site) are for those who link to it. `elsewhere` is what the other
    languages lead to, where they may not have this address.
    """
    words = labels(language)
    here = addresses.in_tree(language, config, address)
    shown: dict[str, Any] = {
        "languages": config.languages,
        "elsewhere": address,
        "description": "",
        "picture": None,
        "to": partial(addresses.relative, here),
        "absolute": partial(addresses.absolute, config),
        **context,
    }
    found = _environment().get_template(template)
    page = found.render(
        language=language,
        config=config,
        address=address,
        words=words,
        english=_lang("en", language),
        written_in=lambda paper: _lang("en", language) if paper.source in ("draft", "huggingface") else "",
        count=partial(wording.counted, words),
        moment=lambda at: phrases.moment(at, config.time_zone),
        day_in_words=lambda day: phrases.day_in_words(day, language),
        reason_in_words=lambda code: wording.reason_in_words(code, language),
        finding_in_words=lambda code: wording.finding_in_words(code, language),
        why_empty=lambda day, status: wording.why_empty(day, status, language),
        in_tree=lambda code, target: addresses.in_tree(code, config, target),
        here=partial(addresses.in_tree, language, config),
        month_in_words=lambda month: phrases.month_in_words(month, language),
        short_day=lambda day: phrases.short_day(day, language),
        files=_files(words, config),
        **shown,
    )
    return _BLANK_LINES.sub("\n", page)


def _lang(written: str, language: str) -> Markup:
    """The attribute of an element whose language is not the page's: papers, and drafts of them, are in English."""
    return Markup() if written == language else Markup(' lang="{}"').format(written)


def _files(words: Mapping[str, Any], config: SiteConfig) -> tuple[tuple[str, str], ...]:
    """The day's other editions and what they are called."""
    page = words["page"]
    return (
        ("top5.md", page["top"].format(count=config.top_papers)),
        ("post.md", page["post"]),
        ("digest.json", page["data"]),
    )
