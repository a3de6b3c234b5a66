# What no theory may contain, among the sentences of one theory; file is its name. The exit status is 1 if there is any. Commands are
# those of a list: what is not there is refused, whatever it does.
function refuse(why) { print file ":" $1 ": " why ": " substr($4, 1, 100); found = 1 }
BEGIN {
  FS = "\t"
  split("Arguments Context Corollary Defined Definition End Example Fact Fixpoint From HB.instance Hint Hypotheses Hypothesis Implicit " \
        "Import Inductive Lemma Let Ltac Notation Open Proof Proposition Qed Record Remark Section Set Theorem Unset Unshelve " \
        "Variable Variables", list, " ")
  for (i in list) allowed[list[i]] = 1
}
{
  text = " " $4 " "
  gsub(/[^A-Za-z0-9_'#-]/, " ", text)
  split($4, word, /[ :({]+/)
  first = word[1]
  if (first ~ /^[A-Z]/ && !(first in allowed)) refuse("is no command for a theory")
  if ($3 == 0 && first ~ /^(Hypothes[ie]s|Variables?|Context)$/) refuse("assumes outside a section")
  if (first == "From" && $4 !~ /^From (HB|mathcomp|Coq|Coquelicot|Interval|LoraPrivacy) Require /) refuse("is of no library of these proofs")
  if (text ~ / (Admitted|admit|give_up|Admit) /) refuse("leaves a gap")
  if (text ~ / (bypass_check|type-in-type|-type-in-type) /) refuse("switches a check of the kernel off")
  if (first ~ /^(Set|Unset)$/ && $4 !~ /^(Set Implicit Arguments|Unset Strict Implicit|Unset Printing Implicit Defensive|Set Warnings "")$/)
    refuse("is no option of these proofs")
}
END { exit found }
