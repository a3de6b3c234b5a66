#!/usr/bin/env python3
"""statements.py [--write] [FOLDER]: what the theorems say, once the theories are compiled.

statements/THEORY.expected has, for the theory's theorems and for those of its definitions on which a theorem of any theory rests, the
text that Coq prints outside all sections and without the theory's own notations, and a digest of the kernel's term in full: notations
off, implicit arguments and coercions shown, every name with its theory. At its head stand the sections' hypotheses, word for word.
Any difference fails; --write accepts what there is, to be read before it is committed.
"""
import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
WIDTH = 130
ASSUMES = re.compile(r"^(Hypothes[ie]s|Variables?|Context)\b")

# With these the readable texts are printed. What they say is checked by the digests.
MATHCOMP = """
From HB Require Import structures.
From mathcomp Require Import all_ssreflect ssralg ssrnum ssrint archimedean interval poly matrix.
From mathcomp Require Import mathcomp_extra boolp classical_sets functions cardinality.
From mathcomp Require Import reals interval_inference ereal topology normedtype sequences esum measure exp trigo numfun.
From mathcomp Require Import measurable_realfun lebesgue_measure lebesgue_integral probability.
Import Order.TTheory GRing.Theory Num.Def Num.Theory numFieldTopology.Exports.
Open Scope classical_set_scope. Open Scope ring_scope.
"""
REALS = """
From Coq Require Import Reals List.
From Coquelicot Require Import Coquelicot.
Open Scope R_scope.
"""
STANDARD = "From Coq Require Import Reals.\nOpen Scope R_scope.\n"


def awk(script, text):
    return subprocess.run(["awk", "-f", HERE / script], input=text, capture_output=True, text=True, check=True).stdout


class Theories:
    def __init__(self, folder):
        self.folder = folder
        self.texts = {path.stem: path.read_text() for path in sorted((folder / "theories").glob("*.v"))}
        self.theorems, self.hypotheses = {}, {}
        for name, text in self.texts.items():
            sentences = awk("sentences.awk", text)
            self.theorems[name] = awk("theorems.awk", sentences).split()
            plain = [line.split("\t", 3)[3].strip() for line in sentences.splitlines()]
            self.hypotheses[name] = [" ".join(sentence.split()) for sentence in plain if ASSUMES.match(sentence)]
        self.reference = re.compile(r"\b(" + "|".join(self.texts) + r")\.([A-Za-z_][\w']*)")

    def ask(self, prelude, theories, questions):
        """Coq's answers, question by question."""
        lines = [prelude, f"Set Printing Width {WIDTH}. Set Printing Depth 100000."]
        lines += [f"From LoraPrivacy Require {theory}." for theory in theories]
        for number, question in enumerate(questions):
            lines.append(f"Definition marker_{number} := tt.\nCheck marker_{number}.\n{question}")
        with tempfile.TemporaryDirectory() as work:
            file = Path(work, "questions.v")
            file.write_text("\n".join(lines) + "\n")
            command = ["coqc", "-w", "none", "-R", self.folder / "theories", "LoraPrivacy", file]
            run = subprocess.run(command, capture_output=True, text=True)
        if run.returncode:
            sys.exit(f"Coq does not answer: {run.stderr.strip()}\n{run.stdout[-2000:]}")
        parts = re.split(r"^marker_\d+\n +: unit$", run.stdout, flags=re.M)
        if len(parts) != len(questions) + 1:
            sys.exit("Coq answered something else")
        return [part.strip("\n") for part in parts[1:]]

    def prelude(self, theory):
        text = self.texts[theory]
        return MATHCOMP if "From mathcomp" in text else REALS if "Coquelicot" in text or "LoraPrivacy" in text else STANDARD

    def definitions(self):
        """Every constant of the theories: true if it can be unfolded."""
        found = {}
        structs = self.ask("", self.texts, [f"Print Module LoraPrivacy.{theory}." for theory in self.texts])
        for theory, struct in zip(self.texts, structs):
            struct = re.sub(r"\s+", " ", struct)
            items = re.finditer(r"(?:Struct|\.|}) (Definition|Parameter|Theorem|Inductive|CoInductive|Variant|Record) ([\w']+)", struct)
            for kind, name in (item.groups() for item in items):
                found[f"{theory}.{name}"] = kind not in ("Parameter", "Theorem")
        return found

    def full(self, names, question):
        answers = self.ask("Set Printing All.", self.texts, [f"{question(name)}" for name in names])
        return {name: re.sub(r"\s+", " ", answer.split("\nArguments ")[0]).strip() for name, answer in zip(names, answers)}


def pin(theories):
    """The lines of every expectation."""
    theorems = [f"{theory}.{name}" for theory, names in theories.theorems.items() for name in names]
    kinds = theories.definitions()
    missing = [name for name in theorems if name not in kinds]
    if missing:
        sys.exit(f"Coq does not know {missing}")
    terms = theories.full(theorems, lambda name: f"Check @{name}.")
    bodies = theories.full([name for name, unfolds in kinds.items() if unfolds and name not in terms], lambda name: f"Print {name}.")
    part_of = {}
    for name, body in bodies.items():
        theory = name.split(".")[0]
        if re.match(r"(Inductive|Record|Variant|CoInductive)", body):
            for part in re.findall(r"[\w']+(?= :)", body):
                part_of[f"{theory}.{part}"] = name

    reached, opaque, queue = {}, set(), list(theorems)
    while queue:
        name = queue.pop()
        text = terms[name] if name in terms else bodies[name]
        for used in (".".join(match) for match in theories.reference.findall(text)):
            used = used if used in kinds and not used in part_of else part_of.get(used, used)
            if used in terms or used in reached:
                continue
            if kinds.get(used):
                reached[used] = True
                queue.append(used)
            elif used in kinds:
                opaque.add(used)
            else:
                sys.exit(f"{name} rests on {used}, which is no constant of its theory")

    # What cannot be unfolded may only be a proof: a number or a set behind Qed could be anything.
    opaque = sorted(opaque)
    theories.ask("", theories.texts, [f"Goal Prop. let t := type of (@{name}) in exact t. Abort." for name in opaque])

    readable = {}
    for prelude in (MATHCOMP, REALS, STANDARD):
        of = [theory for theory in theories.texts if theories.prelude(theory) is prelude]
        names = [name for name in [*theorems, *reached] if name.split(".")[0] in of]
        if names:
            answers = theories.ask(prelude, of, [f"Check @{name}." if name in terms else f"Print {name}." for name in names])
            readable.update(zip(names, answers))

    pages = {}
    for theory in theories.texts:
        lines = [f"assumes {sentence}" for sentence in theories.hypotheses[theory]]
        for kind, names in (("theorem", [n for n in theorems]), ("definition", sorted(reached))):
            for name in names:
                if name.split(".")[0] != theory:
                    continue
                text = readable[name].split("\nArguments ")[0].rstrip()
                text = re.sub(r"^@?" + re.escape(name) + r"(?![\w'])\s*", "", text)
                full = terms[name] if name in terms else bodies[name]
                digest = hashlib.sha256(full.encode()).hexdigest()[:16]
                lines.append(f"\n{kind} {name.split('.', 1)[1]}  [{digest}]")
                if len(text) < 4000:
                    lines += ["  " + line.rstrip() for line in text.strip("\n").split("\n")]
        pages[theory] = "\n".join(lines).strip("\n")
    return {theory: page + "\n" for theory, page in pages.items() if page}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--write"]
    folder = Path(arguments[0] if arguments else HERE.parent).resolve()
    pinned = folder / "statements"
    theories = Theories(folder)
    pages = pin(theories)
    if "--write" in sys.argv:
        pinned.mkdir(exist_ok=True)
        for old in pinned.glob("*.expected"):
            old.unlink()
        for theory, page in pages.items():
            (pinned / f"{theory}.expected").write_text(page)
        return
    expected = {path.stem: path.read_text() for path in pinned.glob("*.expected")}
    failed = False
    for theory in sorted({*pages, *expected}):
        if pages.get(theory) != expected.get(theory):
            failed = True
            with tempfile.NamedTemporaryFile("w", suffix=".actual") as actual:
                actual.write(pages.get(theory, ""))
                actual.flush()
                old = pinned / f"{theory}.expected"
                subprocess.run(["diff", "-u", "--label", f"statements/{theory}.expected", "--label", "as compiled",
                                old if old.exists() else "/dev/null", actual.name], stdout=sys.stderr)
    if failed:
        sys.exit("what is proved is not what statements/*.expected says; read the difference, and accept it with 'make -C proofs expected'")
    count = sum(len(names) for names in theories.theorems.values())
    print(f"{count} theorems say what statements/*.expected says")


main()
