"""Writes RELIABILITY.md and BENCHMARKS.md from what the proofs found, and from nothing else.

python tools/reliability.py [--check]      --check: exit 1 where a page differs from what would be written
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import reliability_linkage as linkage  # noqa: E402  (tools are scripts, not a package)
from promises import table  # noqa: E402
from proof import REPO, last, parts  # noqa: E402


def counts_lines(results: list[dict[str, object]]) -> list[str]:
    lines = []
    for result in results:
        counts = result["counts"]
        if isinstance(counts, dict) and counts:
            told = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in counts.items())
            lines.append(f"- {str(result['test']).removeprefix('test_').replace('_', ' ')}: {told}")
    return lines


def reliability() -> str:
    out = [
        "# What was tried, and how often it held",
        "",
        "Written by `tools/reliability.py` from the lines in `proof/`; not by hand. Each part is "
        "run again by the command beside it. `python tools/proof.py --stale` names the parts whose sources "
        "have changed since. A promise whose part failed, or was never run, is marked as not proved.",
        "",
        *table(last),
    ]
    for name, part in parts().items():
        row = last(name)
        out += [f"## {name}", "", str(part["promise"]), ""]
        if row is None:
            out += ["Not proved yet.", ""]
            continue
        versions = row["versions"]
        out += [
            f"- passed {row['passed']}, failed {row['failed']}, skipped {row['skipped']}; {row['seconds']} s"
        ]
        out += counts_lines(row["results"])
        out += [
            f"- `{row['command']}`, {str(row['date'])[:10]}, "
            f"Python {versions['python']} on {versions['system']}",
            f"- source proved: `{str(row['source'])[:16]}`, commit `{str(row['commit'])[:12]}`"
            + (" with local changes" if "local" in str(row["commit"]) else ""),
            "",
        ]
    return "\n".join(out)


def benchmarks() -> str:
    out = [
        "# What it costs",
        "",
        "Written by `tools/reliability.py` from `proof/bench.jsonl`; not by hand. CPU seconds (user and "
        "system, of the process and its children), because the clock of a shared machine says little. Beside "
        "each stands the CPU time of a SHA-256 over 1 GiB **from the same run**, and the ratio of the two: "
        "compare ratios, not seconds, between machines. Run again by `make bench`.",
        "",
    ]
    row = last("bench")
    if row is None:
        return "\n".join([*out, "Not measured yet.", ""])
    versions = row["versions"]
    out += [
        f"{str(row['date'])[:10]}, Python {versions['python']} on {versions['system']}, {row['cpus']} CPUs; "
        f"commit `{str(row['commit'])[:12]}`. SHA-256 of 1 GiB: {row['yardstick']:.2f} s of CPU.",
        "",
        "| what | CPU s | x SHA-256 of 1 GiB | clock s | peak MiB | goal |",
        "|---|--:|--:|--:|--:|---|",
    ]
    for item in row["results"]:
        if item.get("skipped"):
            out.append(f"| {item['what']} | not measured: {item['skipped']} | | | | {item['goal']} |")
        else:
            met = {True: "met", False: "**missed**", None: ""}[item["met"]]
            out.append(
                f"| {item['what']} | {item['cpu']:.2f} | {item['ratio']:.2f} | {item['clock']:.2f} | "
                f"{item['peak_mib']:.0f} | {item['goal']} {met} |"
            )
    return "\n".join([*out, "", *beside("The seal", "bench-seal"), *beside("Adding files", "bench-add"), *linkage.page(),
                      *beside("Linking people: what it costs", "bench-linkage-speed"), *linkage.found(), *estimates()])


def beside(title: str, part: str) -> list[str]:
    """A table of figures, each beside its limit from the same run."""
    row = last(part)
    if row is None:
        return [f"{title}: not measured yet.", ""]
    out = [
        f"## {title}",
        "",
        f"{str(row['date'])[:10]}, commit `{str(row['commit'])[:12]}`, `{row['command']}`. The unit stands in the "
        "first column; the limit is the bare work, done in the same run, and the last number is how far it is away.",
        "",
        "| what | measured | limit | measured / limit | goal |",
        "|---|--:|--:|--:|---|",
    ]
    for item in row["results"]:
        met = {True: "met", False: "**missed**", None: ""}[item["met"]]
        limit, away = (f"{item['limit']:,.4g}", f"{item['value'] / item['limit']:.2f}") if item["limit"] else ("", "")
        out.append(f"| {item['what']} | {item['value']:,.4g} | {limit} | {away} | {item['goal']} {met} |")
    told = [f"- {item['what']}: {item['note']}" for item in row["results"] if item.get("note")]
    return [*out, "", *(["Where a goal is missed, or hangs on the disk:", "", *told, ""] if told else [])]


def estimates() -> list[str]:
    """Independent draws of the latent-class model a CPU second, by sampler."""
    row = last("bench-estimate")
    if row is None:
        return ["Estimating: not measured yet.", ""]
    out = ["## Estimating the unseen: independent draws", "",
           f"{str(row['date'])[:10]}, commit `{str(row['commit'])[:12]}`, `python tools/bench_estimate.py`, table: "
           f"{row['table']}. Effective draws of the latent-class model from three seeds together. Goal: ten times the plain "
           "sampler's a CPU second.", "",
           "| sampler | effective draws | CPU s | a CPU second | R-hat | median |", "|---|--:|--:|--:|--:|--:|"]
    out += [f"| {name} | {found['effective']:,} | {found['cpu']:.1f} | {found['each_second']:,.1f} | {found['r_hat']:.3f} | "
            f"{found['median']:,.0f} |" for name, found in row["results"].items()]
    return [*out, ""]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    different = []
    for name, text in {"RELIABILITY.md": reliability(), "BENCHMARKS.md": benchmarks()}.items():
        path = REPO / name
        if not path.exists() or path.read_text("utf-8") != text:
            different.append(name)
            if not check:
                path.write_text(text, encoding="utf-8")
    if check and different:
        print(f"not as the proofs say: {', '.join(different)}; run python tools/reliability.py")
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
