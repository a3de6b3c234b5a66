#!/usr/bin/env bash
# kernel.sh [FOLDER]: the compiled theories of a folder (this one) in coqchk, which has Coq's kernel but none of its commands: it types
# every term again, and says which axioms there are, by their full names, whatever the theories call themselves. None may be ours.
# The certified curves are left out: what Coq computes in its virtual machine, coqchk reduces step by step, 1 to 3 minutes a theory.
# What the theories take from the libraries, expected.sh holds against axioms.allowed.
set -euo pipefail
cd "${1:-$(dirname "$0")/..}"
options=()
for theory in theories/*.v; do
  case $theory in theories/CertifiedCurve_*) continue ;; esac
  options+=(-norec "LoraPrivacy.$(basename "$theory" .v)")
done
report=$(mktemp)
trap 'rm -f "$report"' EXIT
coqchk -o -R theories LoraPrivacy "${options[@]}" >"$report" 2>&1 || { tail -n 5 "$report" >&2; exit 1; }
if sed -n '/^\* Axioms:/,$p' "$report" | grep -E '^ +LoraPrivacy\.' >&2; then
  echo "the kernel's checker finds these assumed" >&2
  exit 1
fi
for part in 'Theory: Set is predicative' 'Theory: Rewrite rules are not allowed' 'type-in-type: <none>' 'unsafe (co)fixpoints: <none>' 'positivity is assumed: <none>'; do
  grep -qF "$part" "$report" || { echo "the kernel's checker does not say '$part'" >&2; exit 1; }
done
echo "$((${#options[@]} / 2)) theories pass the kernel's checker"
