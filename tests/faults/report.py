"""What the runs found, as a table: ``python -m tests.faults.report FOLDER`` prints it, ``--write FILE`` puts it
between the marks of a document."""

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.count import Outcome

BEGIN, END = "<!-- faults: begin -->", "<!-- faults: end -->"
_HEAD = (
    "| fault | profile | in / out | lost | doubled | unconfirmed | longest gap | how it heals |",
    "|---|---|---|---|---|---|---|---|",
)


@dataclass(frozen=True)
class Line:
    fault: str
    profile: str
    outcome: Outcome
    heals: str
    load: float = 0.0

    def cells(self) -> str:
        found = self.outcome
        gap = f"{found.gap:.1f} s" if found.gap else "–"
        counts = f"{found.incoming:,} / {found.outgoing:,}"
        figures = f"{found.lost} | {found.doubled} | {found.unconfirmed} | {gap}"
        return f"| {self.fault} | {self.profile} | {counts} | {figures} | {self.heals} |"


def note(line: Line) -> None:
    """Keep a line for the table when ``KEFU_FAULTS_REPORT`` names a folder."""
    if folder := os.environ.get("KEFU_FAULTS_REPORT"):
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        measured = {**asdict(line), "load": os.getloadavg()[0]}
        with (path / f"{line.profile}.jsonl").open("a") as file:
            file.write(json.dumps(measured, ensure_ascii=False) + "\n")


def table(folder: Path) -> str:
    lines: dict[tuple[str, str], Line] = {}
    for path in sorted(folder.glob("*.jsonl")):
        for text in path.read_text().splitlines():
            row = json.loads(text)
            line = Line(row["fault"], row["profile"], Outcome(**row["outcome"]), row["heals"], row.get("load", 0.0))
            lines[line.fault, line.profile] = line  # the newest of a fault that was run again
    loads = sorted(line.load for line in lines.values() if line.load) or [0.0]
    told = f"Load average of the machine ({os.cpu_count()} cores) at these lines: {loads[0]:.0f} to {loads[-1]:.0f}."
    return "\n".join([*_HEAD, *(lines[key].cells() for key in sorted(lines)), "", told])


def main(arguments: Sequence[str]) -> None:
    text = table(Path(arguments[0]))
    print(text)
    if "--write" in arguments:
        document = Path(arguments[arguments.index("--write") + 1])
        before, _, rest = document.read_text().partition(BEGIN)
        document.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main(sys.argv[1:])
