# What no theory may contain, among the sentences of one theory; file is its name. The exit status is 1 if there is any.
function refuse(why) { print file ":" $1 ": " why ": " substr($4, 1, 100); found = 1 }
BEGIN { FS = "\t" }
{
  text = " " $4 " "
  gsub(/[^A-Za-z0-9_'#-]/, " ", text)
  split($4, word, /[ :({]+/)
  first = word[1]
  if (first ~ /^(Axioms?|Parameters?|Conjectures?|Primitive|Symbols?|Rewrite)$/) refuse("assumes instead of proving")
  if ($4 ~ /^Declare (Instance|Module)/) refuse("assumes instead of proving")
  if ($3 == 0 && first ~ /^(Hypothes[ie]s|Variables?|Context)$/) refuse("assumes outside a section")
  if (text ~ / (Admitted|admit|give_up|Admit) /) refuse("leaves a gap")
  if (text ~ / (bypass_check|type-in-type|-type-in-type) /) refuse("switches a check of the kernel off")
  if (first ~ /^(Set|Unset)$/ && text ~ / (Checking|UIP|Impredicative) /) refuse("switches a check of the kernel off")
  if ($4 ~ /^(Load|Drop|Add (Rec )?(LoadPath|ML)|Declare ML|Unfinished)( |$)/) refuse("is not for a theory")
}
END { exit found }
