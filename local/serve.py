"""The site at a loopback address, answered as a web host would: index files, and our own 404 page."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from local.endings import NotDoneError

PORT = 8000


class SiteHandler(SimpleHTTPRequestHandler):
    """Files of the site; what is not there gets 404.html with status 404. `/x` is sent to `/x/` if that is a folder."""

    protocol_version = "HTTP/1.1"  # connections stay open, as those of S3 and CloudFront do
    wbufsize = -1
    disable_nagle_algorithm = True

    def list_directory(self, path: object) -> None:  # noqa: ARG002
        """Answers 404: no hosting lists a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answers with the site's page where there is one."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def serve(out: Path, port: int) -> None:
    """Serves OUT/site until it is interrupted. Raises NotDoneError without a site, or for a port that is taken."""
    site = out / "site"
    if not (site / "index.html").is_file():
        raise NotDoneError(f"OUT: there is no site in '{out}'; `make digest` makes one")
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(SiteHandler, directory=str(site)))
    except (OSError, OverflowError) as error:
        raise NotDoneError(f"PORT: {port} cannot be used: {error}") from error
    with server:
        print(f"http://127.0.0.1:{server.server_port}/index.html", flush=True)
        server.serve_forever()
