"""The page that answers every sign-up, whatever came of it: who asks learns nothing about an address."""

from html import escape

from shared.languages import labels
from shared.store import keys

CONTENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def render(language: str, first_language: str, site_url: str) -> str:
    """The answer in the reader's language, with the way back to the site."""
    words = labels(language)["sign_up"]
    front = f"{site_url}/{keys.tree(language, first_language)}{keys.FRONT}"
    back = f'<p><a href="{escape(front)}">{escape(words["back"])}</a></p>'
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(words['title'])} · Daily Papers</title>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(words['answered'])}</h1>\n<p>{escape(words['confirm'])}</p>\n{back}\n</main>\n</body>\n</html>\n"
    )
