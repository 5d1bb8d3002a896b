"""How template.yaml brings the site to readers: CloudFront, the bucket's website, or not at all."""

import json
import shutil
import subprocess
from typing import Any

import pytest

from local.template import ParameterError, stack
from tests.structure.declared import TEMPLATE

CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b"
DOMAIN = {"Hosting": "cloudfront", "DomainName": "papers.example.org", "CertificateArn": CERTIFICATE}
WEBSITE_URL = "http://daily-papers-bucket.s3-website.ap-northeast-2.amazonaws.com/site"
CLOUDFRONT_URL = "https://daily-papers-distribution.cloudfront.net"
OWN_URL = "https://papers.example.org"
PAGE_SECONDS, ASSET_SECONDS = 300, 31_536_000
"""What publish writes into Cache-Control."""
NODE = shutil.which("node")
RUN = """
const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));
console.log(JSON.stringify(asked.map(uri => handler({request: {method: 'GET', uri, querystring: {}}}))));
"""


def properties(kind: str, **given: str) -> dict[str, Any]:
    """Of the one resource of a kind of CloudFront's."""
    (found,) = stack(TEMPLATE, {"Hosting": "cloudfront", **given}).of_kind(f"AWS::CloudFront::{kind}").values()
    return found


def distribution(**given: str) -> dict[str, Any]:
    found: dict[str, Any] = properties("Distribution", **given)["DistributionConfig"]
    return found


@pytest.mark.parametrize(
    ("given", "address", "reachable"),
    [
        ({}, WEBSITE_URL, "false"),
        ({"PublicSite": "true"}, WEBSITE_URL, "true"),
        ({"Hosting": "private", "PublicSite": "true"}, WEBSITE_URL, "false"),
        ({"Hosting": "website"}, WEBSITE_URL, "true"),
        ({"Hosting": "cloudfront"}, CLOUDFRONT_URL, "true"),
        (DOMAIN, OWN_URL, "true"),
        ({"Hosting": "private", "SiteUrl": f"{OWN_URL}/daily"}, f"{OWN_URL}/daily", "true"),
        ({"Hosting": "cloudfront", "SiteUrl": f"{OWN_URL}/daily"}, f"{OWN_URL}/daily", "true"),
    ],
)
def test_publish_knows_where_the_site_is_and_whether_readers_can_open_it(
    given: dict[str, str], address: str, reachable: str
) -> None:
    functions = stack(TEMPLATE, given).of_kind("AWS::Serverless::Function")
    variables = functions["PublishFunction"]["Environment"]["Variables"]
    assert (variables["SITE_URL"], variables["SITE_IS_REACHABLE"]) == (address, reachable)


def test_cloudfront_answers_get_and_head_over_https_from_the_folder_of_the_site() -> None:
    (origin,) = distribution()["Origins"]
    behavior = distribution()["DefaultCacheBehavior"]
    assert (origin["OriginPath"], origin["DomainName"]) == (
        "/site",
        "daily-papers-bucket.s3.ap-northeast-2.amazonaws.com",
    )
    assert origin["OriginAccessControlId"]
    access = properties("OriginAccessControl")["OriginAccessControlConfig"]
    assert (access["SigningBehavior"], access["SigningProtocol"]) == ("always", "sigv4")
    assert behavior["AllowedMethods"] == ["GET", "HEAD"]
    assert behavior["ViewerProtocolPolicy"] == "redirect-to-https"
    assert behavior["Compress"]
    assert "CacheBehaviors" not in distribution()
    assert distribution()["HttpVersion"] == "http2and3"


def test_what_is_not_there_is_the_page_of_the_site_with_status_404_for_ten_seconds() -> None:
    page = {"ResponseCode": 404, "ResponsePagePath": "/404.html", "ErrorCachingMinTTL": 10}
    assert distribution()["CustomErrorResponses"] == [{"ErrorCode": code, **page} for code in (403, 404)]


def test_the_cache_keeps_what_objects_say_and_forwards_nothing_of_a_request() -> None:
    config = properties("CachePolicy")["CachePolicyConfig"]
    assert (config["MinTTL"], config["DefaultTTL"], config["MaxTTL"]) == (0, PAGE_SECONDS, ASSET_SECONDS)
    forwarded = config["ParametersInCacheKeyAndForwardedToOrigin"]
    assert [forwarded[f"{name}sConfig"][f"{name}Behavior"] for name in ("Cookie", "Header", "QueryString")] == [
        "none"
    ] * 3
    assert forwarded["EnableAcceptEncodingGzip"]
    assert forwarded["EnableAcceptEncodingBrotli"]


def test_headers_forbid_frames_and_sniffing_and_hsts_is_for_this_host_alone() -> None:
    config = properties("ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == "frame-ancestors 'none'"
    assert security["ContentTypeOptions"] == {"Override": True}
    hsts = security["StrictTransportSecurity"]
    assert (hsts["IncludeSubdomains"], hsts["Preload"]) == (False, False)
    cors = config["CorsConfig"]
    assert cors["AccessControlAllowOrigins"]["Items"] == ["*"]
    assert cors["AccessControlAllowCredentials"] is False


def test_scripts_of_other_sites_may_read_the_bucket_s_website_and_not_a_private_bucket() -> None:
    rules = {
        hosting: stack(TEMPLATE, {"Hosting": hosting}).resources["Bucket"].properties.get("CorsConfiguration")
        for hosting in ("website", "private", "cloudfront")
    }
    read = {"AllowedOrigins": ["*"], "AllowedMethods": ["GET", "HEAD"], "AllowedHeaders": ["*"]}
    assert rules == {"website": {"CorsRules": [read]}, "private": None, "cloudfront": None}


@pytest.mark.parametrize(
    ("kind", "config"),
    [
        ("OriginAccessControl", "OriginAccessControlConfig"),
        ("CachePolicy", "CachePolicyConfig"),
        ("ResponseHeadersPolicy", "ResponseHeadersPolicyConfig"),
        ("Function", ""),
    ],
)
def test_a_name_of_the_whole_account_carries_stack_and_region(kind: str, config: str) -> None:
    found = properties(kind)
    assert (found[config] if config else found)["Name"] == "daily-papers-ap-northeast-2"


def test_a_domain_of_ones_own_comes_with_its_certificate() -> None:
    config = distribution(**DOMAIN)
    assert config["Aliases"] == ["papers.example.org"]
    assert config["ViewerCertificate"]["AcmCertificateArn"] == CERTIFICATE
    assert "Aliases" not in distribution()
    assert distribution()["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"CertificateArn": ""}, "DomainName: it needs CertificateArn, a certificate for it in us-east-1"),
        ({"Hosting": "website"}, "DomainName: it needs Hosting=cloudfront"),
        ({"Hosting": "", "PublicSite": "true"}, "DomainName: it needs Hosting=cloudfront"),
        ({"CertificateArn": CERTIFICATE.replace("us-east-1", "ap-northeast-2")}, "an ACM certificate in us-east-1"),
        ({"DomainName": "https://papers.example.org"}, "a host name in small letters"),
        ({"Hosting": "public"}, "Hosting: 'public' is not cloudfront, website, private, or empty"),
    ],
)
def test_parameters_that_do_not_go_together_are_refused(change: dict[str, str], reason: str) -> None:
    with pytest.raises(ParameterError, match=reason):
        stack(TEMPLATE, {**DOMAIN, **change})


@pytest.mark.skipif(NODE is None, reason="needs node")
def test_directories_have_index_pages_and_no_redirect_leaves_the_site() -> None:
    served = {
        "/": "/index.html",
        "/2026-02-20/": "/2026-02-20/index.html",
        "/papers/2602.13515/": "/papers/2602.13515/index.html",
        "/2026-02-20/digest.json": "/2026-02-20/digest.json",
        "/assets/style.0a1b2c.css": "/assets/style.0a1b2c.css",
        "/../raw/2026-02-20/": "/../raw/2026-02-20/index.html",
        "/%2e%2e/mailed/x.json": "/%2e%2e/mailed/x.json",
    }
    sent_on = {
        "/2026-02-20": "./2026-02-20/",
        "/papers/2602.13515": "./2602.13515/",
        "/nothing": "./nothing/",
        "//evil.example.org/x": "./x/",
        "/\\evil.example.org/x": "./x/",
        "/javascript:alert(1)": "./javascript:alert(1)/",
    }
    program = properties("Function")["FunctionCode"] + RUN
    asked = json.dumps([*served, *sent_on])
    done = subprocess.run([str(NODE), "-e", program], input=asked, capture_output=True, text=True, check=True)
    answers = json.loads(done.stdout)
    assert [each.get("uri") for each in answers[: len(served)]] == [*served.values()]
    redirects = answers[len(served) :]
    assert {each["statusCode"] for each in redirects} == {302}
    assert [each["headers"]["location"]["value"] for each in redirects] == [*sent_on.values()]
