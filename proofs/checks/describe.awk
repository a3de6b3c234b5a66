# Coq's answers to Locate and Print Assumptions, after the allow-list: one line for each answer, with the groups of axioms that
# it names. Every axiom must be in the list with the same type, word for word. A group of which an answer names a part is
# followed by the part.
function fail(why) { print theory ": " why > "/dev/stderr"; failed = 1; exit 1 }
function finish(    i, g, line, count, part, said) {
  if (!answered) return
  said = ""
  for (g = 1; g <= groups; g++) {
    count = 0; part = ""
    for (i = 1; i <= size[g]; i++) if ((g, i) in used) { count++; part = part " " short[g, i] }
    if (count == 0) continue
    line = group[g] " (" count (count < size[g] ? " of " size[g] ":" part : "") ")"
    said = said (said == "" ? "" : ", ") line
  }
  if (said == "" && !closed) fail("no axiom after 'Axioms:'")
  print pending ": " (said == "" ? "no axiom" : said)
  split("", used); pending = ""; answered = 0; closed = 0
}
FNR == 1 { file++ }
file == 1 && /^group / { groups++; group[groups] = $2; size[groups] = 0; next }
file == 1 && (/^#/ || /^[ ]*$/) { next }
file == 1 { i = ++size[groups]; axiom[$0] = groups SUBSEP i; short[groups, i] = $1; next }
/^Constant / {
  finish()
  name = $2
  if (substr(name, 1, length(theory) + 1) != theory ".") fail("asked about " name)
  pending = pending (pending == "" ? "" : ", ") substr(name, length(theory) + 2)
  next
}
/^Axioms:$/ { answered = 1; next }
/^Closed under the global context$/ { answered = 1; closed = 1; next }
answered && !closed && ($0 in axiom) { used[axiom[$0]]; next }
{ fail((pending == "" ? "" : pending " rests on ") "what axioms.allowed does not allow: " $0) }
END { if (!failed) finish() }
