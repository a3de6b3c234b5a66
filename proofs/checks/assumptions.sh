#!/usr/bin/env bash
# assumptions.sh THEORY: what each theorem of a compiled theory rests on, by Coq's Print Assumptions, one line a theorem.
# Fails if that is anything but the axioms of axioms.allowed. The theorems of a generated theory are asked about together,
# because each question takes Coq 1 to 2 seconds, whatever it was asked before.
set -euo pipefail
cd "$(dirname "$0")/.."
theory=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk -f checks/sentences.awk "theories/$theory.v" | awk -f checks/theorems.awk >"$work/theorems"
[ -s "$work/theorems" ] || exit 0
case $theory in Certified*) together=1 ;; *) together=0 ;; esac
{
  echo 'Set Printing Width 100000. Set Printing Depth 100000.'
  echo "From LoraPrivacy Require $theory."
  awk -v theory="LoraPrivacy.$theory" -v together=$together '
    { print "Locate " theory "." $1 "."; all = all (NR > 1 ? ", " : "") theory "." $1 }
    !together { print "Print Assumptions " theory "." $1 "." }
    END { if (together) print "Definition together := (" all ").\nPrint Assumptions together." }' "$work/theorems"
} >"$work/questions.v"
coqc -w none -R theories LoraPrivacy "$work/questions.v" >"$work/answers"
awk -v theory="LoraPrivacy.$theory" -f checks/describe.awk checks/axioms.allowed "$work/answers" >"$work/described"

# Every theorem has its answer, in the order of the theory.
sed 's/:.*//' "$work/described" | tr -d ' ' | tr ',' '\n' | diff "$work/theorems" - >&2
cat "$work/described"
