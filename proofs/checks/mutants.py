#!/usr/bin/env python3
"""mutants.py: whether the checks find what they are for. A small theory passes all of them; each way to make it hollow is refused, by the
check that is named, while Coq compiles it without a complaint."""
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

CHECKS = Path(__file__).resolve().parent
ORIGINAL = """From Coq Require Import Reals.
Open Scope R_scope.
Definition wave (x : R) : R := cos x.
Record peak := { place : R; height : R }.
Section waves.
Variable p : peak.
Hypothesis at_place : height p = wave (place p).
Theorem S99_peak : place p = 0 -> height p = 1.
Proof. intro e; rewrite at_place, e; first [apply cos_0|reflexivity]. Qed.
End waves.
"""
# The mutant's name; the check that refuses it; what takes the place of what; the theory's name.
MUTANTS = [
    ("another statement", "statements", "place p = 0 -> height p = 1.\nProof. intro e; rewrite at_place, e;", "cos 0 = 1.\nProof.", "Waves"),
    ("a hypothesis more", "statements", "Theorem S99", "Hypothesis bad : 0 = 1.\nTheorem S99", "Waves"),
    ("a hypothesis that is used", "statements", "Qed.\nEnd waves.", "Qed.\nHypothesis bad : 0 = 1.\nTheorem S99_false : 0 = 1.\nProof. exact bad. Qed.\nEnd waves.", "Waves"),
    ("a stronger hypothesis", "statements", "Hypothesis at_place : height p = wave (place p).",
     "Hypothesis both : height p = wave (place p) /\\ height p = 1.\nLet at_place := proj1 both.", "Waves"),
    ("another definition", "statements", ": R := cos x", ": R := (fun _ => 1) x", "Waves"),
    ("a definition behind Qed", "pinning", "Theorem S99_peak : place p = 0 -> height p = 1.\nProof. intro e;",
     "Definition secret : R. Proof. exact 2. Qed.\nTheorem S99_peak : place p = 0 -> secret = secret -> height p = 1.\nProof. intros e _;", "Waves"),
    ("another record", "statements", "height : R }", "height : R; known : height = height }", "Waves"),
    ("another meaning of a sign", "statements", "Section waves.", 'Notation "1" := (cos 0) : R_scope.\nSection waves.', "Waves"),
    ("a theorem dropped", "statements", "Theorem S99", "Lemma other", "Waves"),
    ("an axiom", "source", "Section", "Axiom cheap : 0 = 1.\nSection", "Waves"),
    ("a parameter", "source", "Section", "Parameter cheap : 0 = 1.\nSection", "Waves"),
    ("an axiom, redirected", "source", "Section", 'Redirect "answers" Axiom cheap : 0 = 1.\nSection', "Waves"),
    ("an axiom in a module", "source", "Section", "Module Import M.\nAxiom cheap : 0 = 1.\nEnd M.\nSection", "Waves"),
    ("an axiom behind a carriage return", "source", "Section", "Definition one := 1.\rAxiom cheap : 0 = 1.\nSection", "Waves"),
    ("the same, for the kernel", "kernel", "Section", "Definition one := 1.\rAxiom cheap : 0 = 1.\nSection", "Waves"),
    ("the same, under a library's name", "kernel", "Section", "Definition one := 1.\rAxiom cheap : 0 = 1.\nSection", "Uint63"),
    ("a library's name", "source", "", "", "PrimInt63"),
    ("another library's name", "source", "", "", "Uint63"),
    ("an axiom behind an invisible mark", "source", "Section", "(* \u202e *) Section", "Waves"),
    ("a gap", "source", "first [apply cos_0|reflexivity]. Qed.", "admit. Admitted.", "Waves"),
    ("a gap, for the kernel", "kernel", "first [apply cos_0|reflexivity]. Qed.", "admit. Admitted.", "Waves"),
    ("no check of recursion", "source", "Section", "Unset Guard Checking.\nFixpoint loop (n : nat) : False := loop n.\nSection", "Waves"),
    ("the same, for the kernel", "kernel", "Section", "Unset Guard Checking.\nFixpoint loop (n : nat) : False := loop n.\nSection", "Waves"),
    ("no check of universes", "kernel", "Section", "Unset Universe Checking.\nDefinition all : Type@{Set} := Type.\nSection", "Waves"),
    ("a plugin", "source", "Section", 'Declare ML Module "coq-core.plugins.ring".\nSection', "Waves"),
    ("text from elsewhere", "source", "Section", "Load Elsewhere.\nSection", "Waves"),
]


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def make(work, text, name):
    (work / "theories").mkdir()
    (work / "theories" / f"{name}.v").write_text(text, newline="")
    (work / "_CoqProject").write_text("-R theories LoraPrivacy\n")
    (work / "Elsewhere.v").write_text("Definition two := 2.\n")
    return run(["coqc", "-w", "none", "-R", "theories", "LoraPrivacy", f"theories/{name}.v"], work)


def checks(work):
    statements = [sys.executable, CHECKS / "statements.py", work]
    return {
        "source": ["bash", CHECKS / "sources.sh", work],
        "statements": statements,
        "kernel": ["bash", CHECKS / "kernel.sh", work],
        "pinning": [*statements, "--write"],
    }


def fault(mutant, pinned):
    """What is wrong with the check of one mutant, or nothing."""
    what, check, old, new, name = mutant
    if ORIGINAL.count(old) != 1 and old:
        return f"{what}: takes the place of nothing"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        built = make(work, ORIGINAL.replace(old, new) if old else ORIGINAL, name)
        # One that does not compile would be refused for the wrong reason; its text is refused all the same.
        if built.returncode and check != "source":
            return f"{what}: does not compile: {built.stderr}"
        shutil.copytree(pinned, work / "statements")
        answer = run(checks(work)[check], work)
        if answer.returncode == 0:
            return f"{what}: {check} does not refuse it"
        if "Traceback" in answer.stderr:
            return f"{what}: {answer.stderr}"
    return None


def main():
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        work = Path(folder)
        faults = [make(work, ORIGINAL, "Waves").stderr]
        for name in ("pinning", "source", "statements", "kernel"):
            answer = run(checks(work)[name], work)
            if answer.returncode:
                faults.append(f"{name} refuses the theory itself: {answer.stdout}{answer.stderr}")
        if not any(faults):
            faults += pool.map(lambda mutant: fault(mutant, work / "statements"), MUTANTS)
    faults = [line for line in faults if line]
    if faults:
        sys.exit("\n".join(faults))
    print(f"{len(MUTANTS)} ways to make a theory hollow are refused")


main()
