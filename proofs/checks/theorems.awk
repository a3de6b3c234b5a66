# The theorems among the sentences of a theory: every Theorem, Corollary and Proposition, and everything else with the number of a
# statement that is proved.
BEGIN { FS = "\t" }
{
  split($4, word, /[ :({]+/)
  if (word[1] ~ /^(Theorem|Corollary|Proposition)$/ ||
      (word[1] ~ /^(Lemma|Fact|Remark|Property|Example)$/ && word[2] ~ /^S[0-9]+_/)) print $2 word[2]
}
