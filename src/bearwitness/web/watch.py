"""The preview of a draft on this machine: compiled text beside the draft, faults in the margin, as you write.

Bound to the loopback address, a random port and a random path; every other Host or path is refused. Nothing is
recorded while watching: the case is read, not taken in. No script; the browser asks again every two seconds.
"""
from __future__ import annotations

import gc
import secrets
import webbrowser
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bearwitness.errors import BearwitnessError
from bearwitness.seal.takein import take_in
from bearwitness.tell import html
from bearwitness.tell.stage import preview

SECONDS = 2
HEADERS = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff",
           "Referrer-Policy": "no-referrer",
           "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
                                      "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"}


def page(case: Path, file: str) -> tuple[int, str]:
    """The page as it stands now: status and HTML. What cannot be read is said on the page."""
    try:
        report, text, _ = preview(take_in(case, write=False), file)
        return 200, html.render_preview(report, text)
    except BearwitnessError as why:
        words = escape(str(why)), escape(why.fix)
        return 200, (f"<!doctype html><html lang=en><meta charset=utf-8><title>Cannot be read</title>"
                     f"<main><h1>This cannot be read yet</h1><p>{words[0]}</p><p>{words[1]}</p></main></html>")


def server(case: Path, file: str, port: int = 0) -> tuple[ThreadingHTTPServer, str]:
    """A server on 127.0.0.1 and the one address it answers to. The caller runs and closes it."""
    token = secrets.token_urlsafe(18)

    class Handler(BaseHTTPRequestHandler):
        """Answers GET for the one path."""

        def do_GET(self) -> None:  # noqa: N802 - the name the library calls
            if self.headers.get("Host") not in hosts or self.path != f"/{token}":
                self.send_error(404)
                return
            status, text = page(case, file)
            data = text.encode()
            self.send_response(status)
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.send_header("Refresh", str(SECONDS))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Keep no access log."""

    found = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    hosts = {f"127.0.0.1:{found.server_port}", f"localhost:{found.server_port}"}
    return found, f"http://127.0.0.1:{found.server_port}/{token}"


def watch(case: Path, file: str, *, port: int = 0, browser: bool = True) -> str:
    """Serve until interrupted."""
    gc.enable()
    serving, address = server(case, file, port)
    print(f"Preview: {address}   (this machine alone; stop with Ctrl-C)", flush=True)
    if browser:
        webbrowser.open(address)
    try:
        serving.serve_forever()
    except KeyboardInterrupt:
        serving.server_close()
    return "Stopped."
