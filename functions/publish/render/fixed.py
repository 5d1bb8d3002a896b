"""The pages that no day changes: how the digest is made, and what stands where there is no page."""

from functions.publish.model.digest import Edition
from functions.publish.render import addresses, templating
from shared.store import keys


def about(language: str, edition: Edition) -> str:
    """about/index.html."""
    return templating.render("about.html", keys.ABOUT, language, edition)


def not_found(language: str, edition: Edition) -> str:
    """404.html. It answers at any address, so its own links are absolute where the site's address is known."""
    tree = addresses.in_tree(language, edition, "")

    def to(target: str) -> str:
        return (
            addresses.absolute(edition, target) if edition.site_url else addresses.relative(f"{tree}404.html", target)
        )

    return templating.render("not_found.html", keys.NOT_FOUND, language, edition, to=to)
