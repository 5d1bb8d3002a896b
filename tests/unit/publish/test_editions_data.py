import json

import jsonschema

from functions.publish.model.digest import Digest, Missing
from functions.publish.render import data
from shared.model.manifest import RefusedRow
from tests.factories.digests import digest, draft_paper, paper, whole_analysis


def _full_digest() -> Digest:
    return digest(
        [paper(1, analysis=whole_analysis()), draft_paper(2), paper(3, analysis=None, source="none", provenance=None)],
        missing=(Missing(id="2602.00002", title="두 번째", reason="deadline"),),
        refused_rows=(RefusedRow(index=4, paper=None, field="paper.id", value="x", reason="is no id"),),
        cost_usd=None,
    )


def test_a_rendered_digest_keeps_the_published_schema() -> None:
    published = json.loads(data.schema(Digest))
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(published)

    rendered = json.loads(data.digest_json(_full_digest()))

    validator.validate(rendered)
    assert not validator.is_valid(rendered | {"status": "lost"})
    assert not validator.is_valid({key: value for key, value in rendered.items() if key != "papers"})


def test_the_data_reads_back_as_the_same_digest_and_keeps_titles_raw() -> None:
    original = digest([paper(title="Size 2^{128} \\textbf{x}")])
    assert Digest.model_validate_json(data.digest_json(original)) == original


def test_people_can_read_the_data() -> None:
    rendered = data.digest_json(_full_digest()).decode()
    assert '\n  "schema": "digest.v1",\n' in rendered
    assert "두 번째" in rendered
    assert rendered.endswith("}\n")
