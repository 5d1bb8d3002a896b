"""The bucket of template.yaml: it outlives the stack, and only the public site is public."""

from tests.structure.declared import resources, template


def test_the_bucket_is_kept_versioned_and_encrypted_and_old_versions_expire() -> None:
    declared = template()["Resources"]["Bucket"]
    assert declared["DeletionPolicy"] == "RetainExceptOnCreate"
    assert declared["UpdateReplacePolicy"] == "Retain"
    properties = declared["Properties"]
    assert properties["VersioningConfiguration"]["Status"] == "Enabled"
    assert "AES256" in str(properties["BucketEncryption"])
    lifecycle = str(properties["LifecycleConfiguration"])
    assert "NoncurrentVersionExpiration" in lifecycle
    assert "AbortIncompleteMultipartUpload" in lifecycle
    assert "ExpirationInDays" not in lifecycle, "the archive itself is kept"


def test_the_bucket_is_public_only_where_the_site_is_and_only_the_site() -> None:
    (policy,) = resources("AWS::S3::BucketPolicy").values()
    condition, public, private = policy["PolicyDocument"]["Statement"]["Fn::If"]
    assert condition == "IsPublicSite"
    assert [statement["Effect"] for statement in private] == ["Deny"]
    allowed = [statement for statement in public if statement["Effect"] == "Allow"]
    assert [(each["Action"], each["Resource"]) for each in allowed] == [
        ("s3:GetObject", {"Fn::Sub": "${Bucket.Arn}/site/*"})
    ]
    (bucket,) = resources("AWS::S3::Bucket").values()
    block = bucket["PublicAccessBlockConfiguration"]
    assert block["BlockPublicPolicy"] == block["RestrictPublicBuckets"] == {"Fn::If": ["IsPublicSite", False, True]}
    assert bucket["WebsiteConfiguration"]["Fn::If"][0] == "IsPublicSite"


def test_everything_but_the_public_site_is_read_over_https_only() -> None:
    (policy,) = resources("AWS::S3::BucketPolicy").values()
    _, public, private = policy["PolicyDocument"]["Statement"]["Fn::If"]
    denials = [statement for statement in (*public, *private) if statement["Effect"] == "Deny"]
    assert len(denials) == 2
    assert all(denial["Condition"] == {"Bool": {"aws:SecureTransport": False}} for denial in denials)
    assert denials[0]["NotResource"] == {"Fn::Sub": "${Bucket.Arn}/site/*"}
    assert denials[1]["Resource"] == [{"Fn::GetAtt": "Bucket.Arn"}, {"Fn::Sub": "${Bucket.Arn}/*"}]
