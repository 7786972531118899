"""Record what a method saw in exhibits: one observation per exhibit and method, appended, never replaced."""
from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bearwitness.observe.picture import HEAD_BYTES, METHOD, picture_facts
from bearwitness.seal.changes import current
from bearwitness.seal.notebook import Draft, Notebook


def observe_pictures(case_dir: Path, exhibits: Iterable[tuple[str, str]], *, actor: str = "") -> list[str]:
    """Record the header facts of sealed pictures. exhibits: (id, sha256). Returns the ids that were observed."""
    with Notebook.open(case_dir, write=True, actor=actor) as notebook:
        known = {e.body["id"] for e in current(notebook.entries()).values() if e.kind == "observation.made"}
        batch: list[Draft] = []
        for ref, digest in exhibits:
            with notebook.object_path(digest).open("rb") as file:
                facts = picture_facts(file.read(HEAD_BYTES))
            if facts is not None and f"{ref}:{METHOD}" not in known:
                batch.append(("observation.made", {
                    "id": f"{ref}:{METHOD}", "exhibit": ref, "sha256": digest, "method": METHOD,
                    "format": facts.format, "width_px": str(facts.width), "height_px": str(facts.height)}, []))
        notebook.append(batch)
        return [str(body["exhibit"]) for _, body, _ in batch]
