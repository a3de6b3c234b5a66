#!/usr/bin/env bash
# Refuses axioms, gaps and unsafe switches in the text of the theories and in the options of the build. First it refuses every
# line of refused.txt and lets every line of accepted.txt pass, so that it is known to see what it looks for.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0

# The first argument names the theory that is read from the standard input.
refuse() { awk -f checks/sentences.awk | awk -v file="$1" -f checks/refuse.awk; }

while IFS= read -r line; do
  if printf '%b\n' "$line" | refuse refused.txt >/dev/null; then
    echo "checks/refused.txt: not refused: $line"
    failed=1
  fi
done <checks/refused.txt
while IFS= read -r line; do
  printf '%b\n' "$line" | refuse accepted.txt || failed=1
done <checks/accepted.txt

for theory in theories/*.v; do
  refuse "$theory" <"$theory" || failed=1
done

# Warnings may be switched off, nothing else.
if grep -vnE '^(-R theories LoraPrivacy|-arg -w -arg [a-z,-]+)?$' _CoqProject; then
  echo "_CoqProject: an option that the proofs do not need"
  failed=1
fi
exit $failed
