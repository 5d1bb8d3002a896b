"""AWS on a loopback address, for other processes: hands each request to moto in this one."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders
from moto.core.models import botocore_stubber

SIGNED_FOR = re.compile(r"Credential=[^/]+/\d+/(?P<region>[\w-]+)/(?P<service>\w+)/")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def parse_request(self) -> bool:
        """Whatever the method: all go the same way."""
        read = super().parse_request()
        setattr(self, f"do_{self.command}", self._hand_over)
        return read

    def _hand_over(self) -> None:
        """The signature says to which service it goes."""
        signed = SIGNED_FOR.search(self.headers["Authorization"])
        assert signed, self.headers["Authorization"]
        headers = HTTPHeaders()
        for name, value in self.headers.items():
            headers[name] = value
        url = f"https://{signed['service']}.{signed['region']}.amazonaws.com{self.path}"
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        answered = botocore_stubber.process_request(
            AWSPreparedRequest(self.command, url, headers, body, stream_output=False)
        )
        assert answered, url
        self._answer(*answered)

    def _answer(self, status: int, headers: dict[str, str], body: str | bytes) -> None:
        answer = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() != "content-length":
                self.send_header(name, str(value))
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def gateway() -> Iterator[str]:
    """The address, for AWS_ENDPOINT_URL."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
