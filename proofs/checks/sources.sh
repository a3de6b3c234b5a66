#!/usr/bin/env bash
# sources.sh [FOLDER]: refuses axioms, gaps and unsafe switches in the text of the theories of a folder and in the options of their
# build. Without a folder it is about these theories, and first it refuses every line of refused.txt and lets every line of accepted.txt
# pass, so that it is known to see what it looks for.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=0
folder=${1:-.}

# The first argument names the theory that is read from the standard input.
refuse() { awk -f checks/sentences.awk | awk -v file="$1" -f checks/refuse.awk; }

# Whether the lines of refused.txt are refused, and those of accepted.txt are not.
samples() {
  local line
  while IFS= read -r line; do
    if printf '%b\n' "$line" | refuse refused.txt >/dev/null; then
      echo "checks/refused.txt: not refused: $line"
      failed=1
    fi
  done <checks/refused.txt
  while IFS= read -r line; do
    printf '%b\n' "$line" | refuse accepted.txt || failed=1
  done <checks/accepted.txt
}
[ $# -gt 0 ] || samples

# Coq prints a name without its library where that is clear, so no theory may be called like one of a library.
libraries=" $(find -L "$(coqc -where)" -name '*.vo' -printf '%f ')"
for theory in "$folder"/theories/*.v; do
  case $libraries in *" ${theory##*/}o "*) echo "$theory: a library has a theory of this name"; failed=1 ;; esac
  refuse "$theory" <"$theory" || failed=1
done

# What a reader does not see, and what ends a line for Coq alone: control and format characters but for newline and tab.
python3 - "$folder"/theories/*.v <<'CHARACTERS' || failed=1
import sys, unicodedata
found = [f"{name}: holds the character U+{ord(c):04X}" for name in sys.argv[1:] for c in {*open(name, encoding="utf-8", newline="").read()}
         if c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp")]
sys.exit("\n".join(found) or 0)
CHARACTERS

# Warnings may be switched off, nothing else.
if grep -vnE '^(-R theories LoraPrivacy|-arg -w -arg [a-z,-]+)?$' "$folder/_CoqProject"; then
  echo "_CoqProject: an option that the proofs do not need"
  failed=1
fi
exit $failed
