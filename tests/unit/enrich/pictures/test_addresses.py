"""Whoever writes the list does not choose whom we ask."""

import json
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from functions.enrich.pictures import download as module
from functions.enrich.pictures.download import NoPictureError, PublicTransport, RefusedAddressError, download
from functions.fetch.lists import rows
from shared.model.facts import facts_from_listing
from tests.factories.picture_files import ADDRESS, HOST, PUBLIC, Internet, png

RECORDED_DAYS = ("2025-06-03", "2026-02-11", "2026-08-14")
REFUSED = [
    "http://cdn-uploads.huggingface.co/a.png",
    "ftp://cdn-uploads.huggingface.co/a.png",
    "file:///etc/passwd",
    "data:image/png;base64,iVBORw0KGgo=",
    "//cdn-uploads.huggingface.co/a.png",
    "/a.png",
    "",
    "https://",
    "https://pictures.example/a.png",
    "https://cdn-uploads.huggingface.co.pictures.example/a.png",
    "https://notcdn-uploads.huggingface.co/a.png",
    "https://cdn-uploads.huggingface.co./a.png",
    "https://cdn-uploads.huggingface.co@pictures.example/a.png",
    "https://cdn-uploads.huggingface.co\\@pictures.example/a.png",
    "https://pictures.example#@cdn-uploads.huggingface.co/a.png",
    "https://reader:secret@cdn-uploads.huggingface.co/a.png",
    "https://@169.254.169.254/latest/meta-data/",
    "https://cdn-uploads.huggingface.co:8443/a.png",
    "https://cdn-uploads.huggingface.co:22/a.png",
    "https://127.0.0.1/a.png",
    "https://[::1]/a.png",
    "https://[::ffff:127.0.0.1]/a.png",
    "https://2130706433/a.png",
    "https://0x7f.1/a.png",
    "https://localhost/a.png",
    "https://metadata.google.internal/a.png",
    "https://cdn-uploads.huggingface.co/a\r\nHost: pictures.example",
    "https://cdn-uploads.huggingface.co%00.pictures.example/a.png",
    "https://cdn-uploads.huggingface.co%2f@pictures.example/a.png",
    "https://[/a.png",
    f"https://{'a' * 70_000}/",
]
NOT_PUBLIC = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "2001:db8::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "cdn-uploads.huggingface.co",
    "",
]


@pytest.mark.parametrize("address", REFUSED, ids=lambda address: address[:60])
def test_an_address_that_is_not_plainly_a_picture_host_is_not_asked(address: str) -> None:
    internet = Internet()
    with pytest.raises(NoPictureError) as raised:
        download(internet.client(), address)
    assert raised.value.reason == "odd"
    assert (internet.resolved, internet.asked) == ([], [])


@pytest.mark.parametrize(
    "address", [ADDRESS, "https://cdn-thumbnails.huggingface.co:443/social-thumbnails/papers/2602.00001.png"]
)
def test_the_hosts_of_the_list_are_asked_over_https(address: str) -> None:
    internet = Internet()
    assert download(internet.client(), address) == png()
    assert internet.asked == [(PUBLIC, address.replace(":443", ""))]


@pytest.mark.parametrize("machine", NOT_PUBLIC)
def test_no_machine_is_asked_that_is_not_on_the_public_internet(machine: str) -> None:
    for machines in ([machine], [PUBLIC, machine]):
        internet = Internet(machines=machines)
        with pytest.raises(NoPictureError, match="not on the public internet"):
            download(internet.client(), ADDRESS)
        assert internet.asked == []


@pytest.mark.parametrize("machine", [PUBLIC, "2600:9000:2000::1"])
def test_a_machine_of_the_public_internet_is_asked(machine: str) -> None:
    internet = Internet(machines=[machine])
    assert download(internet.client(), ADDRESS) == png()


def test_the_machine_that_is_asked_is_the_one_that_was_checked_whatever_the_name_leads_to_later() -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    asked: list[str] = []

    def answering(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(200, content=png())

    web = httpx.Client(transport=PublicTransport(httpx.MockTransport(answering), lambda _: next(answers)))
    download(web, ADDRESS)
    with pytest.raises(NoPictureError, match=r"127\.0\.0\.1"):
        download(web, ADDRESS)
    assert asked == [PUBLIC]


def test_the_next_machine_is_asked_where_one_cannot_be_reached() -> None:
    def answering(request: httpx.Request) -> httpx.Response:
        if request.url.host == PUBLIC:
            raise httpx.ConnectError("unreachable")
        return httpx.Response(200, content=png())

    internet = Internet(answering, [PUBLIC, "18.65.3.2"])
    assert download(internet.client(), ADDRESS) == png()
    assert [machine for machine, _ in internet.asked] == [PUBLIC, "18.65.3.2"]


@pytest.mark.parametrize("machines", [[], [PUBLIC]])
def test_a_host_that_nobody_answers_for_is_down(machines: list[str]) -> None:
    def answering(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("unreachable")

    with pytest.raises(NoPictureError) as raised:
        download(Internet(answering, machines).client(), ADDRESS)
    assert raised.value.reason == "down"


def test_machines_are_those_that_the_name_service_gives_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(host: str, port: int, **_: Any) -> list[Any]:
        assert (host, port) == (HOST, 443)
        return [(0, 0, 0, "", (machine, 443)) for machine in (PUBLIC, "18.65.3.2", PUBLIC)]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    assert module.resolved(HOST) == [PUBLIC, "18.65.3.2"]


def test_a_name_that_cannot_be_resolved_is_a_host_that_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> list[Any]:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(httpx.ConnectError, match="cannot be resolved"):
        module.resolved(HOST)


def test_an_address_is_asked_as_it_was_checked() -> None:
    with pytest.raises(RefusedAddressError):
        module.checked("HTTPS://PICTURES.EXAMPLE/a.png")
    assert module.checked("HTTPS://CDN-Uploads.HuggingFace.co/a b.png") == f"https://{HOST}/a%20b.png"


def test_every_picture_of_the_recorded_lists_is_at_a_host_that_is_asked(recorded: Path) -> None:
    files = [recorded / "data/huggingface" / f"{day}.json" for day in RECORDED_DAYS]
    lists = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    pictures = [
        picture.address or ""
        for row in rows.read([each for day in lists for each in day]).papers
        for picture in facts_from_listing(row).pictures
    ]
    assert len(pictures) > 100
    for address in pictures:
        assert module.checked(address) == address
