"""Takes the pictures of the documentation: the example's briefing, as a browser shows it.

    python tools/pictures.py [RELEASE]     default: demo/syria-2015/out/release-1 (made when missing)

Writes docs/pictures/*.png. Needs Chromium and playwright (`make pictures` installs the latter).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

REPO = Path(__file__).resolve().parent.parent
PICTURES = REPO / "docs" / "pictures"
DESKTOP, PHONE = (1180, 1260), (390, 844)


def open_page(browser: Browser, path: Path, size: tuple[int, int]) -> Page:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, device_scale_factor=1.5)
    page = context.new_page()
    page.goto(path.as_uri(), wait_until="load")
    return page


def first_screen(browser: Browser, release: Path) -> None:
    page = open_page(browser, release / "index.html", DESKTOP)
    page.screenshot(path=PICTURES / "briefing.png")
    page.context.close()


def on_a_phone(browser: Browser, release: Path) -> None:
    page = open_page(browser, release / "index.html", PHONE)
    page.screenshot(path=PICTURES / "phone.png")
    page.context.close()


def why_we_say_this(browser: Browser, release: Path) -> None:
    """The first paragraph on the shelter at al-Ghantu, opened to its grounds."""
    page = open_page(browser, release / "index.html", DESKTOP)
    block = page.locator("section#s-ghantu div.b:has(details.why)").first
    block.locator("details.why").first.evaluate("details => details.open = true")
    left, why = block.bounding_box(), block.locator("details.why").first.bounding_box()
    right, bottom = why["x"] + why["width"], why["y"] + why["height"]
    clip = {
        "x": left["x"] - 24,
        "y": min(left["y"], why["y"]) - 24,
        "width": right - left["x"] + 48,
        "height": min(bottom - min(left["y"], why["y"]) + 48, 700),
    }
    page.screenshot(path=PICTURES / "why.png", clip=clip, full_page=True)
    page.context.close()


def pdf_page(release: Path) -> None:
    tool = shutil.which("pdftoppm")
    if tool:
        target = PICTURES / "pdf"
        command = [
            tool,
            "-png",
            "-r",
            "80",
            "-f",
            "1",
            "-l",
            "1",
            "-singlefile",
            str(release / "briefing.pdf"),
        ]
        subprocess.run([*command, str(target)], check=True)


def main() -> int:
    release = Path(sys.argv[1]) if len(sys.argv) > 1 else REPO / "demo" / "syria-2015" / "out" / "release-1"
    if not release.exists():
        subprocess.run(["make", "demo"], cwd=REPO, check=True)
    path = os.environ.get("BEARWITNESS_BROWSER") or shutil.which("chromium")
    if not path:
        print("pictures: no browser here (Debian: apt-get install chromium)")
        return 1
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for take in (first_screen, on_a_phone, why_we_say_this):
            take(browser, release)
        browser.close()
    pdf_page(release)
    print("pictures: " + ", ".join(sorted(path.name for path in PICTURES.glob("*.png"))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
