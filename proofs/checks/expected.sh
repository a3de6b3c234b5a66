#!/usr/bin/env bash
# expected.sh THEORY...: whether all theorems of all theories, once compiled, rest on what assumptions/*.expected says, by Coq's Print
# Assumptions; prints that, one line a theorem. Coq walks through the whole library for each question, 1 to 2 seconds, so the theorems
# with the same expectation are asked about together: none rests on more than what is printed for all of them. `make expected` asks
# about each by itself.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Every theorem has its expectation, in the order of the theory, and nothing else has one.
for list in assumptions/*.expected; do
  test -e "theories/$(basename "$list" .expected).v" || { echo "$list: there is no such theory" >&2; exit 1; }
done
for theory in "$@"; do
  awk -f checks/sentences.awk "theories/$theory.v" | awk -f checks/theorems.awk >"$work/theorems"
  list=assumptions/$theory.expected
  test -e "$list" || list=/dev/null
  sed 's/:.*//' "$list" | tr -d ' ' | tr ',' '\n' >"$work/listed"
  diff -u --label "theorems of $theory" --label "assumptions/$theory.expected" "$work/theorems" "$work/listed" >&2
  sed "s/^/$theory: /" "$list" >>"$work/all"
done

# One line an expectation: the expectation, a tab, the theorems as THEORY.name, separated by spaces.
awk '
  {
    theory = substr($0, 1, index($0, ": ") - 1); line = substr($0, length(theory) + 3); at = index(line, ": ")
    count = split(substr(line, 1, at - 1), name, ", "); what = substr(line, at + 2)
    if (!(what in members)) order[++groups] = what
    for (i = 1; i <= count; i++) members[what] = members[what] " " theory "." name[i]
  }
  END { for (g = 1; g <= groups; g++) print order[g] "\t" substr(members[order[g]], 2) }' "$work/all" >"$work/groups"

{
  echo 'Set Printing Width 100000. Set Printing Depth 100000.'
  printf 'From LoraPrivacy Require %s.\n' "$@"
  awk -F '\t' '
    {
      count = split($2, name, " "); all = ""
      for (i = 1; i <= count; i++) { print "Locate " name[i] "."; all = all (i > 1 ? ", " : "") "@" name[i] }
      print "Definition together_" NR " := (" all ").\nPrint Assumptions together_" NR "."
    }' "$work/groups"
} >"$work/questions.v"
coqc -w none -R theories LoraPrivacy "$work/questions.v" >"$work/answers"
awk -v theory=LoraPrivacy -f checks/describe.awk checks/axioms.allowed "$work/answers" >"$work/described"

awk -F '\t' '{ gsub(/ /, ", ", $2); print $2 ": " $1 }' "$work/groups" >"$work/wanted"
if ! cmp -s "$work/wanted" "$work/described"; then
  diff -u --label expected --label answered <(sed -E 's/, .*: /, …: /' "$work/wanted") <(sed -E 's/, .*: /, …: /' "$work/described") >&2 || true
  echo "the answers for theorems of one line are for all of them together; 'make -C proofs expected' asks about each by itself" >&2
  exit 1
fi

cat "$work/all"
echo "$(cut -f 2 "$work/groups" | wc -w) theorems rest on what assumptions/*.expected says"
