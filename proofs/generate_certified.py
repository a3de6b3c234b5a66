#!/usr/bin/env python3
"""Writes theories/CertifiedFloor*.v, one theory a rank, from the snapshot of the delta-floor table.

Each printed number x with last digit of weight u becomes the theorem x - u <= worst_floor rank tau <= x (the table
rounds up in the last digit), with x excluded for small even ranks, where the floor may be a short decimal; and the
smallest number printed, 1e-300, becomes 0 < worst_floor rank tau <= 1e-300. So a wrong digit does not compile. With
--check nothing is written: the exit status is 1 if the files are not those of the snapshot.
"""
import re
import sys
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).resolve().parent
SNAPSHOT = HERE.parent / "tests/LoraPrivacy.Oracle.Tests/Tables/BoundTableTests.Delta_floor.verified.txt"
THEORIES = HERE / "theories"
SMALLEST = "1e-300"
EXACT_UP_TO = 8  # even ranks small enough for exact rational arithmetic

HEADER = """\
(* Generated from the snapshot of the delta-floor table by generate_certified.py: do not edit.
   Rank {rank}: worst_floor rank tau is the floor of S12 at the angle 2 asin(tau/2), and the table rounds up. *)
From Coq Require Import Reals Lra.
From Interval Require Import Tactic.
From LoraPrivacy Require Import ProductFloor WorstFloor.
Open Scope R_scope.
"""


def read_table(text):
    """The rows of the table: a list of (rank, [(tau, printed number), ...])."""
    lines = text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.split()[:1] == ["rank"])
    taus = re.findall(r"τ = ([0-9.]+)", lines[start])
    rows = []
    for line in lines[start + 2:]:
        cells = line.split()
        if not cells:
            break
        if len(cells) != len(taus) + 1:
            sys.exit(f"generate_certified: a row of {SNAPSHOT.name} has {len(cells) - 1} numbers, not {len(taus)}")
        rows.append((int(cells[0]), list(zip(taus, cells[1:]))))
    if not rows:
        sys.exit(f"generate_certified: no rows in {SNAPSHOT.name}")
    return rows


def one_unit_below(printed):
    """The number whose last printed digit is one less, in the same form."""
    mantissa, e, exponent = printed.partition("e")
    digits = Decimal(mantissa)
    return f"{digits - Decimal((0, (1,), digits.as_tuple().exponent)):f}{e}{exponent}"


def bits(x):
    """The precision that leaves about 70 bits of the number after the cancellation in the closed form."""
    return 90 + max(0, -x.adjusted()) * 10 // 3 + 4


def theorem(rank, tau, printed):
    name = f"S12_floor_{rank}_tau_{tau.replace('.', '_')}"
    parity, k = ("even", rank // 2 - 1) if rank % 2 == 0 else ("odd", rank // 2)
    if printed == SMALLEST:
        claim, lemma, tactic = f"0 < worst_floor {rank} {tau} <= {printed}", "certify_tiny_", "bound_power"
    elif parity == "even" and rank <= EXACT_UP_TO:
        claim = f"{one_unit_below(printed)} <= worst_floor {rank} {tau} < {printed}"
        lemma, tactic = "certify_exact_", "bound_exactly"
    else:
        claim = f"{one_unit_below(printed)} <= worst_floor {rank} {tau} <= {printed}"
        lemma, tactic = "certify_", f"bound_by_interval {bits(Decimal(printed))}%positive"
    return (f"\nTheorem {name} : {claim}.\n"
            f"Proof. apply ({lemma}{parity} {k}); [lra|{tactic}]. Qed.\n")


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: generate_certified.py [--check]")
    rows = read_table(SNAPSHOT.read_text(encoding="utf-8"))
    wanted = {f"CertifiedFloor{rank}.v": HEADER.format(rank=rank) + "".join(theorem(rank, *cell) for cell in cells)
              for rank, cells in rows}
    present = {path.name: path.read_text(encoding="utf-8") for path in THEORIES.glob("CertifiedFloor*.v")}
    if check:
        stale = sorted(name for name in wanted.keys() | present.keys() if wanted.get(name) != present.get(name))
        if stale:
            sys.exit(f"generate_certified: not what the snapshot gives: {', '.join(stale)}; run generate_certified.py")
        return
    for name in present.keys() - wanted.keys():
        (THEORIES / name).unlink()
    for name, text in wanted.items():
        if present.get(name) != text:
            temporary = THEORIES / (name + ".new")
            temporary.write_text(text, encoding="utf-8")
            temporary.replace(THEORIES / name)


if __name__ == "__main__":
    main()
