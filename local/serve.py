"""`make serve`: the site on a loopback address."""

import argparse
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PORT = 8000


def main() -> None:
    """Serves OUT/site until it is interrupted."""
    parser = argparse.ArgumentParser(prog="make serve")
    parser.add_argument("--out", default="out")
    parser.add_argument("--port", type=int, default=PORT)
    given = parser.parse_args()
    site = Path(given.out) / "site"
    if not (site / "index.html").is_file():
        raise SystemExit(f"OUT: there is no site in {given.out!r}; `make digest` makes one")
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", given.port), handler) as server:
        print(f"http://127.0.0.1:{given.port}/index.html", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
