"""The HTML templates, compiled once. Every text that they put out is made fit to be shown and escaped."""

from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from functions.publish.model.digest import Edition
from functions.publish.render import addresses
from functions.publish.render.assets import address as asset
from functions.publish.text import wording
from functions.publish.text.mathml import marked_up
from shared.languages import labels
from shared.model.analysis import EVIDENCE, STARTING_POINTS
from shared.store import keys
from shared.text.vocabulary import names as tag_names

FOLDER = Path(__file__).parent / "templates"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        finalize=_fit_to_be_shown,
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
        starting_points=STARTING_POINTS,
        evidence=EVIDENCE,
        has_page=lambda tag: tag in tag_names(),
        how_made=wording.how_made,
        unlike_the_day=wording.unlike_the_day,
        words_of=labels,
        style=asset("style.css"),
        icon=asset("icon.svg"),
        asset=asset,
    )
    environment.filters["formulas"] = marked_up
    return environment


def _fit_to_be_shown(value: object) -> object:
    return wording.shown(value) if type(value) is str else value


def render(template: str, address: str, language: str, edition: Edition, **context: Any) -> str:
    """The page that stands at this address of the language's tree.

    `description` and `picture` (an address on the site) are for those who link to it.
    """
    words = labels(language)
    here = addresses.in_tree(language, edition, address)
    shown: dict[str, Any] = {
        "languages": edition.languages,
        "description": "",
        "picture": None,
        "to": partial(addresses.relative, here),
        "absolute": partial(addresses.absolute, edition),
        **context,
    }
    return (
        _environment()
        .get_template(template)
        .render(
            language=language,
            edition=edition,
            address=address,
            words=words,
            english=_lang("en", language),
            written_in=lambda paper: _lang("en", language) if paper.source in ("draft", "huggingface") else "",
            count=partial(wording.counted, words),
            moment=lambda at: wording.moment(at, edition.time_zone),
            day_in_words=lambda day: wording.day_in_words(day, language),
            why_empty=lambda day, status: wording.why_empty(day, status, language),
            in_tree=lambda code, target: addresses.in_tree(code, edition, target),
            here=partial(addresses.in_tree, language, edition),
            month_in_words=lambda month: wording.month_in_words(month, language),
            short_day=lambda day: wording.short_day(day, language),
            files=_files(words, edition),
            **shown,
        )
    )


def _lang(written: str, language: str) -> Markup:
    """The attribute of an element whose language is not the page's: papers, and drafts of them, are in English."""
    return Markup() if written == language else Markup(' lang="{}"').format(written)


def _files(words: Mapping[str, Any], edition: Edition) -> tuple[tuple[str, str], ...]:
    """The day's other editions and what they are called."""
    page = words["page"]
    return (
        ("top5.md", page["top"].format(count=edition.top_papers)),
        ("post.md", page["post"]),
        ("digest.json", page["data"]),
    )
