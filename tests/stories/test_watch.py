"""The preview page: this machine alone, one address, the faults beside the text, and nothing recorded."""
from __future__ import annotations

import http.client
import shutil
import threading
from pathlib import Path

import pytest
from tests.example import EXAMPLE

from bearwitness.web.watch import server


@pytest.fixture
def serving(tmp_path: Path):
    folder = tmp_path / "case"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(".bearwitness", "out"))
    found, address = server(folder, "")
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield folder, found.server_port, "/" + address.rsplit("/", 1)[1]
    found.shutdown()
    found.server_close()


def get(port: int, path: str, host: str = "") -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{port}"})
    answer = connection.getresponse()
    text = answer.read().decode("utf-8")
    connection.close()
    return answer.status, dict(answer.getheaders()), text


def test_the_page_shows_the_draft_and_changes_with_it(serving):
    folder, port, path = serving
    status, headers, text = get(port, path)
    assert status == 200 and "Six air strikes in Syria" in text
    assert "default-src 'none'" in headers["Content-Security-Policy"] and headers["Cache-Control"] == "no-store"
    draft = folder / "report" / "briefing.md"
    draft.write_text(draft.read_text(encoding="utf-8") + "\nDozens died in the town.\n", encoding="utf-8")
    assert "G01" in get(port, path)[2]


def test_it_answers_to_one_path_and_to_this_machine_alone(serving):
    _, port, path = serving
    assert get(port, "/")[0] == 404
    assert get(port, path + "x")[0] == 404
    assert get(port, path, host="evil.example")[0] == 404


def test_watching_records_nothing_and_a_broken_file_is_said_on_the_page(serving):
    folder, port, path = serving
    tolls = folder / "tolls.csv"
    tolls.write_text(tolls.read_text(encoding="utf-8").replace("49", "many", 1), encoding="utf-8")
    status, _, text = get(port, path)
    assert status == 200 and "tolls.csv" in text
    assert not (folder / ".bearwitness").exists()
