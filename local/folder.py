"""OUT: the whole bucket as a folder, and the mails. What is written is there at once: a killed run loses nothing."""

import json
import os
from bisect import bisect
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import boto3

from local.intrinsics import REGION
from shared import languages
from shared.model.span import Period
from shared.store import aws, keys

MAIL = "mail"
OF_A_DAY = ("raw", "manifests", "enriched", "summaries", "failures", "mailed")
FEW_DAYS = 10
"""A day's neighbours with papers are never further: longer than any holiday."""


class Folder:
    """The bucket's objects as files, by their keys."""

    def __init__(self, path: Path, bucket: str) -> None:
        self.path, self._bucket = path, bucket
        self._s3 = boto3.client("s3", region_name=REGION)

    def load_day(self, day: date) -> None:
        """Puts into the bucket what a run of this day can touch, but for what belongs to its papers."""
        self._load([f"{part}/{day}" for part in (*OF_A_DAY, "open")] + [keys.OPEN_SITE, f"{keys.SITE}assets"])
        for tree in self.trees():
            self._load([f"{tree}{day}", f"{tree}_posts/{day}-daily-papers.md", *self._front(tree)])
            self._load([*self._archive(tree, day), *self._neighbours(tree, day)])

    def load_period(self, period: Period) -> None:
        """Puts into the bucket what a run of this week or month can touch, and its days' digests."""
        self._load([f"{part}/{period}" for part in ("raw", "manifests", "mailed", "open")])
        self._load([keys.OPEN_SITE, f"{keys.SITE}assets"])
        self._load(keys.manifests(day) for day in period.days)
        near = (period, period.previous, period.following)
        beside = (period.previous.previous, period.following.following)
        for tree in self.trees():
            self._load(f"{tree}{keys.day_file(day, 'digest.json')}" for day in period.days)
            self._load(f"{tree}{keys.span_file(each, '')}" for each in (*near, *beside))
            self._load([f"{tree}{keys.list_file(period.kind, name)}" for name in ("index.html", keys.RECENT)])
            self._load([f"{tree}{keys.span_post(period)}", *self._front(tree), *self._archive(tree, period.first)])

    def load_papers(self, ids: Iterable[str]) -> None:
        """Puts the stored analyses and pictures of these papers, and what sources answered, into the bucket."""
        for paper_id in ids:
            analyses, pictures = f"analyses/{keys.safe(paper_id)}", f"{keys.SITE}{keys.pictures(paper_id)}"
            pages = [f"{tree}{keys.paper_file(paper_id, '')}" for tree in self.trees()]
            self._load([analyses, pictures, keys.sources(paper_id), *pages])

    def unload(self) -> None:
        """Empties the bucket, so that a run over years needs the memory of a day."""
        for page in self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket):
            versions = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
            doomed = [{"Key": version["Key"], "VersionId": version["VersionId"]} for version in versions]
            if doomed:
                self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": doomed})  # type: ignore[typeddict-item]

    def mirror(self) -> None:
        """From now on, what the functions write and mail is written here too."""
        events = aws.s3().meta.events
        for operation, mirrored in (("PutObject", self._put), ("DeleteObjects", self._delete)):
            _after(events, f"s3.{operation}", mirrored)
        _after(aws.sns().meta.events, "sns.Publish", self._mail)

    def trees(self) -> list[str]:
        """Where languages may have their pages."""
        return [keys.SITE, *(f"{keys.SITE}{language}/" for language in languages.known())]

    def _front(self, tree: str) -> list[str]:
        """The files beside the days, and the digests that the front page may show."""
        files = [str(file.relative_to(self.path)) for file in self.path.glob(f"{tree}*") if file.is_file()]
        recent = self.path / tree / keys.RECENT
        try:
            days = json.loads(recent.read_bytes())["days"] if recent.exists() else []
        except (ValueError, KeyError):  # publish writes it anew
            days = []
        return files + [f"{tree}{day['day']}/digest.json" for day in days]

    def _archive(self, tree: str, day: date) -> list[str]:
        """What the site knows of the days around this one."""
        years = [f"{tree}archive/{year}" for year in range(day.year - 1, day.year + 2)]
        kept = (
            "archive/*.*",
            "tags/*.*",
            "tags/*/*.*",
            f"tags/*/{day.year}/*",
            f"search/{day:%Y-%m}.*",
            "search/*.html",
        )
        found = [file for pattern in kept for file in self.path.glob(f"{tree}{pattern}")]
        return [*years, *(file.relative_to(self.path).as_posix() for file in found)]

    def _neighbours(self, tree: str, day: date) -> list[str]:
        """The pages that link to this day: of the days with papers before and after it."""
        days = sorted(file.parent.name for file in self.path.glob(f"{tree}????-??-??/digest.json"))
        place = bisect(days, str(day))
        near = {*days[max(place - FEW_DAYS, 0) : place + FEW_DAYS]} - {str(day)}
        return [f"{tree}{name}/{file}" for name in near for file in ("digest.json", "index.html")]

    def _load(self, places: Iterable[str]) -> None:
        for place in (self.path / name for name in places):
            for file in [place] if place.is_file() else place.rglob("*"):
                if file.is_file():
                    key = file.relative_to(self.path).as_posix()
                    self._s3.put_object(Bucket=self._bucket, Key=key, Body=file.read_bytes())

    def _put(self, asked: dict[str, Any]) -> None:
        self._write(asked["Key"], asked["Body"])

    def _delete(self, asked: dict[str, Any]) -> None:
        for item in asked["Delete"]["Objects"]:
            (self.path / item["Key"]).unlink(missing_ok=True)

    def _mail(self, asked: dict[str, Any]) -> None:
        attributes = {name: value["StringValue"] for name, value in asked["MessageAttributes"].items()}
        text = f"Subject: {asked['Subject']}\nDate: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n\n{asked['Message']}"
        self._write(f"{MAIL}/{attributes['edition']}-{attributes['language']}.txt", text.encode())

    def _write(self, name: str, body: bytes) -> None:
        """Whole or not at all."""
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_name(f".{file.name}.unfinished")
        unfinished.write_bytes(body)
        os.replace(unfinished, file)  # noqa: PTH105 - the same file system


def _after(events: Any, operation: str, mirrored: Any) -> None:
    """Calls back with what was asked, once the call has succeeded."""

    def remember(params: dict[str, Any], context: dict[str, Any], **_: Any) -> None:
        context["asked"] = dict(params)

    def succeeded(http_response: Any, context: dict[str, Any], **_: Any) -> None:
        if http_response.status_code < 300:
            mirrored(context["asked"])

    events.register(f"provide-client-params.{operation}", remember)
    events.register(f"after-call.{operation}", succeeded)
