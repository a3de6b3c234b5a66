#!/usr/bin/env bash
# assumptions.sh THEORY...: what each theorem of the compiled theories rests on, by Coq's Print Assumptions, one line a theorem,
# into assumptions/THEORY.actual (an empty file for a theory without theorems); with one theory, printed as well.
# Fails if that is anything but the axioms of axioms.allowed. All are asked about in one run, because Coq takes seconds to load the
# libraries. The theorems of a generated theory are asked about together, because each question takes 1 to 2 seconds, whatever
# was asked before.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

{
  echo 'Set Printing Width 100000. Set Printing Depth 100000.'
  printf 'From LoraPrivacy Require %s.\n' "$@"
} >"$work/questions.v"
for theory in "$@"; do
  awk -f checks/sentences.awk "theories/$theory.v" | awk -f checks/theorems.awk >"$work/$theory.theorems"
  case $theory in Certified*) together=1 ;; *) together=0 ;; esac
  awk -v theory="LoraPrivacy.$theory" -v name="together_$theory" -v together=$together '
    { print "Locate " theory "." $1 "."; all = all (NR > 1 ? ", " : "") theory "." $1 }
    !together { print "Print Assumptions " theory "." $1 "." }
    END { if (together && NR) print "Definition " name " := (" all ").\nPrint Assumptions " name "." }' \
    "$work/$theory.theorems" >>"$work/questions.v"
done
coqc -w none -R theories LoraPrivacy "$work/questions.v" >"$work/answers"

# An answer belongs to the theory that the constant before it is of.
awk -v work="$work" '
  /^Constant / { split($2, part, "."); file = work "/" part[2] ".answers" }
  { print > (file == "" ? work "/strays" : file) }' "$work/answers"
if [ -e "$work/strays" ]; then
  cat "$work/strays" >&2
  exit 1
fi
for theory in "$@"; do
  if [ -s "$work/$theory.theorems" ]; then
    awk -v theory="LoraPrivacy.$theory" -f checks/describe.awk checks/axioms.allowed "$work/$theory.answers" >"$work/$theory.described"
    # Every theorem has its answer, in the order of the theory.
    sed 's/:.*//' "$work/$theory.described" | tr -d ' ' | tr ',' '\n' | diff "$work/$theory.theorems" - >&2
  else
    : >"$work/$theory.described"
  fi
done
for theory in "$@"; do
  mv "$work/$theory.described" "assumptions/$theory.actual"
done
if [ $# -eq 1 ]; then
  cat "assumptions/$1.actual"
fi
