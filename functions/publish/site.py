"""Every file of the site that follows from a digest, and how it is served. What a page refers to comes before it."""

from collections.abc import Callable, Iterable
from mimetypes import guess_type
from typing import Generic, NamedTuple, TypeVar

from functions.publish.index import LanguageSite
from functions.publish.index.context import DayContext, PeriodContext
from functions.publish.index.recent import Recent
from functions.publish.index.records import Records
from functions.publish.index.search import Search
from functions.publish.model.digest import Digest
from functions.publish.render import data, feed, markdown, page, pages, paper, tags
from functions.publish.render.feed import Feed
from functions.publish.render.templating import assets
from shared.languages import labels
from shared.store import keys

HTML = "text/html; charset=utf-8"
MARKDOWN = "text/markdown; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json; charset=utf-8"
OTHER = "application/octet-stream"
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "application/feed+json; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"

SOON = "public, max-age=300"
"""Pages are revised during the day: five minutes."""
FOREVER = "public, max-age=31536000, immutable"
"""The name holds the content's hash."""

Context = TypeVar("Context", DayContext, PeriodContext)
Pages = Iterable[tuple[str, str | bytes]]
"""Addresses in the language's folder, each with its content."""


class File(NamedTuple):
    """A file of the site."""

    body: bytes
    content_type: str
    cache_control: str = SOON


class Edition(NamedTuple, Generic[Context]):
    """An output: its pages, and how they are served."""

    content_type: str
    pages: Callable[[Context], Pages]


def _at(address: str, render: Callable[[Context], str | bytes]) -> Callable[[Context], Pages]:
    return lambda context: [(address, render(context))]


def _posts(context: DayContext | PeriodContext) -> Pages:
    digest, config = context.digest, context.config
    text = markdown.post(digest, config) if isinstance(digest, Digest) else markdown.period_post(digest, config)
    yield keys.span_file(digest.span, "post.md"), text
    yield keys.span_post(digest.span), text


def _day_pages(context: DayContext) -> Pages:
    for digest in (context.digest, *context.neighbours):
        around = context.around(digest.day)
        last = context.papers_of(around.previous.first) if around.previous and not digest.papers else ()
        yield keys.span_file(digest.span), page.render(digest, context.config, around, last)


def _period_pages(context: PeriodContext) -> Pages:
    for digest in (context.digest, *context.neighbours):
        yield keys.span_file(digest.span), page.render_period(digest, context.config, context.around(digest))


def _empty_lists(context: DayContext) -> Pages:
    """The lists of weeks and of months while there is none: every page links to them."""
    for kind in context.unpublished:
        yield keys.list_file(kind), page.render_list(kind, (), context.digest.language, context.config)


def _tag_feeds(context: DayContext) -> Pages:
    return ((found.address, feed.atom(found)) for found in tags.tag_feeds(context))


def _tags(context: DayContext) -> Pages:
    if context.overview.newest_year in (None, context.year.year):
        yield keys.TAGS, tags.tags(context.year, context.digest.language, context.config)


def _sitemaps(context: DayContext) -> Pages:
    if context.config.site_url:
        language, month = context.digest.language, f"{context.digest.day:%Y-%m}"
        yield keys.sitemap(month), feed.sitemap(context.year.month(month), language, context.config)
        yield keys.SITEMAP, feed.sitemap_index(context.overview, language, context.config)


def _search(context: DayContext) -> Pages:
    parts, language = context.indexes[Search].parts, context.digest.language
    yield keys.SEARCH, pages.search(context.overview.months, parts, language, context.config)


def _list(context: PeriodContext) -> Pages:
    kind, recent = context.digest.period.kind, context.indexes[Recent].entries
    yield keys.list_file(kind), page.render_list(kind, recent, context.digest.language, context.config)


def _atom(context: DayContext | PeriodContext) -> Pages:
    found = _feed(context)
    yield found.address, feed.atom(found)


def _json_feed(context: DayContext) -> Pages:
    found = _feed(context, keys.JSON_FEED)
    yield found.address, feed.json_feed(found)


def _feed(context: DayContext | PeriodContext, name: str = keys.ATOM) -> Feed:
    """The feed of all days, of all weeks, or of all months."""
    language, kind = context.digest.language, context.digest.span.kind
    title = f"{context.config.blog_title} ({language})"
    if isinstance(context, PeriodContext):
        title = f"{context.config.blog_title}: {labels(language)['rooms'][kind]}"
    return Feed(
        language=language,
        config=context.config,
        name=kind if isinstance(context, PeriodContext) else "",
        title=title,
        page=keys.list_file(kind),
        address=keys.list_file(kind, name),
        items=context.indexes[Recent].items,
    )


_PAPERS: tuple[Edition[DayContext], ...] = (
    Edition(HTML, paper.pages),
    Edition("application/x-bibtex; charset=utf-8", paper.citations),
    Edition(JSON, lambda c: ((at, record.model_dump_json()) for at, record in c.indexes[Records].files())),
)
FRAME: tuple[Edition[DayContext], ...] = (
    Edition(HTML, _tags),
    Edition(HTML, pages.archive),
    Edition(HTML, _search),
    Edition(HTML, _at(keys.ABOUT, lambda c: pages.about(c.digest.language, c.config))),
    Edition(HTML, _at(keys.SIGN_UP, lambda c: pages.sign_up(c.digest.language, c.config))),
    Edition(HTML, _at(keys.NOT_FOUND, lambda c: pages.not_found(c.digest.language, c.config))),
    Edition(HTML, _empty_lists),
    Edition(ATOM, _atom),
    Edition(JSON_FEED, _json_feed),
)
"""What every page leads to."""
SCRIPTS = Edition[DayContext](SCRIPT, lambda c: pages.search_scripts(c.indexes[Search]))
FRONT = Edition[DayContext](
    HTML, _at(keys.FRONT, lambda c: pages.front(c.newest, c.indexes[Recent].entries, c.digest.language, c.config))
)
DAY_EDITIONS: tuple[Edition[DayContext], ...] = (
    *_PAPERS,
    Edition(HTML, tags.tag_pages),
    Edition(ATOM, _tag_feeds),
    Edition(MARKDOWN, lambda c: [(keys.day_file(c.digest.day, "top5.md"), markdown.top5(c.digest, c.config))]),
    Edition(MARKDOWN, _posts),
    Edition(HTML, _day_pages),
    SCRIPTS,
    Edition("application/xml; charset=utf-8", _sitemaps),
    *FRAME,
    FRONT,
    Edition(JSON, data.latest),
    Edition(TEXT, _at(keys.LLMS, lambda c: data.llms(c.digest.language, c.config, has_days=c.newest is not None))),
)
OPEN_DAY_EDITIONS: tuple[Edition[DayContext], ...] = (*_PAPERS, Edition(HTML, _day_pages), *FRAME)
"""Of a day that still waits."""
PERIOD_EDITIONS: tuple[Edition[PeriodContext], ...] = (
    Edition(MARKDOWN, _posts),
    Edition(HTML, _period_pages),
    Edition(HTML, pages.archive),
    Edition(HTML, _list),
    Edition(ATOM, _atom),
    Edition(JSON, data.latest),
)


def files(site: LanguageSite, context: Context, editions: Iterable[Edition[Context]]) -> dict[str, File]:
    """The files of these editions, and those that all languages share, by their keys in the order of writing."""
    found = {
        keys.SITE + address: File(body, guess_type(address)[0] or OTHER, FOREVER) for address, body in assets().items()
    }
    found[keys.SITE + keys.ROBOTS] = File(feed.robots(site.config), TEXT)
    found |= {keys.SITE + address: File(data.schema(kind), JSON) for address, kind in data.PUBLISHED.items()}
    for edition in editions:
        for address, content in edition.pages(context):
            body = content.encode() if isinstance(content, str) else content
            found[site.key(address)] = File(body, edition.content_type)
    return found


def index_files(site: LanguageSite, context: Context) -> dict[str, File]:
    """The indexes with the digest in them, which are written after the pages that changed with them."""
    stored = context.indexes.files()
    return {site.key(address): File(value.model_dump_json(by_alias=True).encode(), JSON) for address, value in stored}
