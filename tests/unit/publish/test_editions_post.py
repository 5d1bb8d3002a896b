import yaml
from markdown_it import MarkdownIt

from functions.publish.render import markdown
from shared.model.facts import Picture
from tests.factories.digests import DAY, EDITION, digest, facts, paper


def _front_matter(text: str) -> dict[str, object]:
    return dict(yaml.safe_load(text.split("---\n")[1]))


def test_the_post_begins_as_the_readers_blog_knows_it() -> None:
    edition = EDITION.model_copy(update={"author": "lim4349"})
    text = markdown.post(digest([paper(number) for number in range(1, 20)]), edition)

    assert text.startswith(
        "---\n"
        "title: Hugging Face Daily Papers - 2026-02-20\n"
        "date: 2026-02-20 09:15:00 +0900\n"
        "categories: [Daily Papers, 일간]\n"
        "tags: [huggingface, papers, daily, ai]\n"
        "author: lim4349\n"
        "slug: 2026-02-20-daily-papers\n"
        "---\n\n"
        "# Hugging Face Daily Papers - 2026-02-20\n\n"
        "총 **19편** 가운데 좋아요 순위 **10편**.\n\n"
        "## 📊 좋아요 순위\n\n"
        "1. **A Reader for Long Feeds** - 👍 99\n"
        "   - 기관: Example University\n"
        "   - [HF 페이지](https://huggingface.co/papers/2602.00001)\n"
        "   - [논문 링크](https://arxiv.org/abs/2602.00001)\n"
        "   - Abstract: Feeds are long."
    )
    assert "\n10. **" in text
    assert "\n11. **" not in text


def test_the_time_has_the_offset_that_the_time_zone_has_on_that_day() -> None:
    berlin = EDITION.model_copy(update={"time_zone": "Europe/Berlin"})
    assert "date: 2026-02-20 09:15:00 +0100\n" in markdown.post(digest([paper()]), berlin)
    assert "date: 2026-07-01 09:15:00 +0200\n" in markdown.post(
        digest([paper()], day=DAY.replace(month=7, day=1)), berlin
    )


def test_an_author_and_a_blog_title_that_yaml_would_misread_come_back_as_they_are() -> None:
    for value in ("Kim: a blog", "yes", "2026", "#1", "{{ site.x }}", 'say "hi"', "김 하나", "[a]", "null", "- x"):
        edition = EDITION.model_copy(update={"author": value, "blog_title": value})
        front_matter = _front_matter(markdown.post(digest([paper()]), edition))
        assert front_matter["author"] == value
        assert front_matter["title"] == f"{value} - 2026-02-20"


def test_without_an_organisation_the_first_authors_stand_there_and_how_many_more() -> None:
    many = markdown.post(digest([paper(facts=facts(organisation=None))]), EDITION)
    assert "   - 기관: Ada Park, Bo Kim, Chi Lee 외 2명\n" in many
    two = markdown.post(digest([paper(facts=facts(organisation=None, authors=("Ada Park", "Bo Kim")))]), EDITION)
    assert "   - 기관: Ada Park, Bo Kim\n" in two
    none = markdown.post(digest([paper(facts=facts(organisation=None, authors=()))]), EDITION)
    assert "기관" not in none


def test_a_paraphrased_abstract_is_labelled_as_one() -> None:
    text = markdown.post(digest([paper(facts=facts(paraphrased=True))]), EDITION)
    assert "   - 초록 요약(예시): Feeds are long." in text
    assert "Abstract" not in text


def test_an_abstract_of_many_lines_stays_in_its_list_item() -> None:
    text = markdown.post(digest([paper(facts=facts(abstract="One.\n\n# Two\n- three\n```\nfour"))]), EDITION)
    html = MarkdownIt("commonmark").render(text.split("---\n", 2)[2])
    assert html.count("<h1>") == 1
    assert "<code>" not in html
    assert "One. # Two - three ``` four" in html


def test_a_picture_is_our_copy_by_its_whole_address_and_only_where_the_blogs_readers_can_open_it() -> None:
    held = Picture(role="figure", address="https://cdn.example/2.png", path="pictures/2602.00001/2-640.webp")
    elsewhere = Picture(role="thumbnail", address="https://cdn.example/1.png")
    shown = digest([paper(facts=facts(pictures=(elsewhere, held)))])
    text = markdown.post(shown, EDITION)
    assert "\n   - ![그림](https://papers.example/site/pictures/2602.00001/2-640.webp)\n" in text
    assert "cdn.example" not in text
    assert "![" not in markdown.post(shown, EDITION.model_copy(update={"site_is_reachable": False}))
    assert "![" not in markdown.post(digest([paper(facts=facts(pictures=(elsewhere,)))]), EDITION)


def test_an_empty_day_says_so() -> None:
    text = markdown.post(digest(status="not_listed"), EDITION)
    assert "목록이 아직 올라오지 않았다." in text
    assert "좋아요 순위" not in text
