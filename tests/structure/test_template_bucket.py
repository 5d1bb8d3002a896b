"""The bucket of template.yaml: it outlives the stack, and only a site that is hosted can be read."""

from typing import Any

import pytest

from local.template import stack
from tests.structure.declared import TEMPLATE, template

OVER_PLAIN_HTTP = {"Bool": {"aws:SecureTransport": False}}
BUCKET = "arn:aws:s3:::daily-papers-bucket"
DISTRIBUTION = "arn:aws:cloudfront::123456789012:distribution/daily-papers-distribution"
PRIVATE: list[dict[str, str]] = [
    {},
    {"Hosting": "private"},
    {"Hosting": "private", "PublicSite": "true"},
    {"SiteUrl": "https://papers.example.org"},
]
WEBSITE = [{"PublicSite": "true"}, {"Hosting": "website"}, {"Hosting": "website", "PublicSite": "false"}]
CLOUDFRONT = [{"Hosting": "cloudfront"}, {"Hosting": "cloudfront", "PublicSite": "true"}]


def bucket(given: dict[str, str]) -> dict[str, Any]:
    return stack(TEMPLATE, given).resources["Bucket"].properties


def statements(given: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the bucket's policy states, by Sid."""
    found: list[dict[str, Any]] = (
        stack(TEMPLATE, given).resources["BucketPolicy"].properties["PolicyDocument"]["Statement"]
    )
    return {each["Sid"]: each for each in found}


def allowed(given: dict[str, str]) -> list[tuple[Any, ...]]:
    """Who may do what with what, and when."""
    return [
        (each["Principal"], each["Action"], each["Resource"], each.get("Condition"))
        for each in statements(given).values()
        if each["Effect"] == "Allow"
    ]


def blocks(given: dict[str, str]) -> set[str]:
    return {name for name, on in bucket(given)["PublicAccessBlockConfiguration"].items() if on}


def test_the_bucket_is_kept_versioned_and_encrypted_and_old_versions_expire() -> None:
    declared = template()["Resources"]["Bucket"]
    assert declared["DeletionPolicy"] == "RetainExceptOnCreate"
    assert declared["UpdateReplacePolicy"] == "Retain"
    properties = declared["Properties"]
    assert properties["VersioningConfiguration"]["Status"] == "Enabled"
    assert "AES256" in str(properties["BucketEncryption"])
    rules = properties["LifecycleConfiguration"]["Rules"]
    assert "NoncurrentVersionExpiration" in str(rules)
    assert "AbortIncompleteMultipartUpload" in str(rules)
    expiring = {each["Prefix"] for each in rules if "ExpirationInDays" in each}
    assert expiring == {"signups/", "texts/"}, "the archive itself is kept"


@pytest.mark.parametrize(("prefix", "days"), [("signups/", 1), ("texts/", 90)])
def test_sign_ups_and_whole_texts_are_deleted_a_day_after_they_expire(prefix: str, days: int) -> None:
    """On a versioned bucket an expiry alone only hides."""
    rules = template()["Resources"]["Bucket"]["Properties"]["LifecycleConfiguration"]["Rules"]
    (rule,) = [each for each in rules if each.get("Prefix") == prefix]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", days)
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


@pytest.mark.parametrize("given", PRIVATE)
def test_a_private_site_is_read_by_nobody_and_no_update_publishes_one(given: dict[str, str]) -> None:
    assert allowed(given) == []
    assert len(blocks(given)) == 4
    assert "WebsiteConfiguration" not in bucket(given)
    assert not stack(TEMPLATE, given).of_kind("AWS::CloudFront::Distribution")


@pytest.mark.parametrize("given", WEBSITE)
def test_a_website_is_read_by_everyone_and_holds_the_site_alone(given: dict[str, str]) -> None:
    assert allowed(given) == [("*", "s3:GetObject", f"{BUCKET}/site/*", None)]
    assert blocks(given) == {"BlockPublicAcls", "IgnorePublicAcls"}
    assert bucket(given)["WebsiteConfiguration"] == {"IndexDocument": "index.html", "ErrorDocument": "site/404.html"}


@pytest.mark.parametrize("given", CLOUDFRONT)
def test_behind_cloudfront_the_bucket_stays_private_and_one_distribution_reads_the_site_alone(
    given: dict[str, str],
) -> None:
    only_it = {"StringEquals": {"aws:SourceArn": DISTRIBUTION}}
    assert allowed(given) == [({"Service": "cloudfront.amazonaws.com"}, "s3:GetObject", f"{BUCKET}/site/*", only_it)]
    assert len(blocks(given)) == 4
    assert "WebsiteConfiguration" not in bucket(given)


@pytest.mark.parametrize("given", [*PRIVATE, *CLOUDFRONT, *WEBSITE])
def test_everything_but_the_website_is_read_over_https_only(given: dict[str, str]) -> None:
    (denial,) = [each for each in statements(given).values() if each["Effect"] == "Deny"]
    assert (denial["Principal"], denial["Action"], denial["Condition"]) == ("*", "s3:*", OVER_PLAIN_HTTP)
    if given in WEBSITE:
        assert denial["NotResource"] == f"{BUCKET}/site/*"
    else:
        assert denial["Resource"] == [BUCKET, f"{BUCKET}/*"]
