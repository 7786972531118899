"""Draw the made-up courtyard of the tutorial: `python drawing/draw.py` writes inbox/training-ground.png."""
from pathlib import Path

import typst

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "inbox" / "training-ground.png"
DOTS_PER_INCH = 120.0


def main() -> None:
    OUT.parent.mkdir(exist_ok=True)
    typst.compile(HERE / "training-ground.typ", output=OUT, format="png", ppi=DOTS_PER_INCH)


if __name__ == "__main__":
    main()
