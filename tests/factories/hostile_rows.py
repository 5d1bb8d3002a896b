"""A list of papers that try to be more than text, on a day of their own."""

from typing import Any

from tests.chain.world import row

HOSTILE_DAY = "2026-02-23"
LISTED_TWICE = "2602.14492"
"""On the second recorded day of the browser's site, and on the hostile one."""
SVG = "<svg onload=alert(1)>"

HOSTILE = {
    "2602.90001": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "2602.90002": f"$\\mbox{{{SVG}}}_{{a,b}}$ and $\\frac{{a+b}}{{c}}$",
    "2602.90003": "\u202egnp.exe\u2066 \u200bA Title",
    "2602.90004": "{{ site.pages }} {% include x %} {% raw %} ${7*7}",
    "2602.90005": '"><a href="javascript:alert(1)">here</a> [here](javascript:alert(1))',
    "2602.90006": "</h3></article></main><style>*{display:none}</style><iframe src=//evil.example>",
    "cs/0601001": "A" * 400 + " $" + "x_{a,b}+" * 30 + "y$ " + "\u1100" * 200,
}
"""Titles, and sentences of the abstracts."""
KOREAN = "어시스턴트를 위한 벤치마크"


def hostile_rows() -> list[dict[str, Any]]:
    """A list of papers that try to be more than text."""
    return [
        row(
            paper_id,
            upvotes=50 - place,
            title=title,
            summary=f"Agents forget. We propose {title}, which halves the error. It reaches 91.5% accuracy.",
            ai_summary=title,
            projectPage="javascript:alert(1)",
            githubRepo="javascript://github.com/%0Aalert(1)",
            organization={"name": "x", "fullname": title},
        )
        for place, (paper_id, title) in enumerate(HOSTILE.items())
    ] + [row(LISTED_TWICE), row("2602.90007", title=KOREAN)]
