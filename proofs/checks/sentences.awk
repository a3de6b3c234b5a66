# The sentences of one theory, one a line: line number, modules that it stands in (M.N.), number of sections that it stands in,
# and the text without comments, strings ("" is left), bullets, attributes and modifiers, tab-separated. Attributes that
# matter to soundness are kept as a sentence of their own: #[bypass_check(guard)].
function emit(text,    word, name) {
  gsub(/[ \t\n]+/, " ", text)
  while (1) {
    if (match(text, /^ *#\[[^]]*\]/)) {
      print first "\t" modules "\t" sections "\t" substr(text, RSTART, RLENGTH)
      text = substr(text, RSTART + RLENGTH)
    } else if (!sub(/^[ *{}+-]+/, "", text) && !sub(/^(all|[0-9]+) *: *\{/, "", text) &&
               !sub(/^(Local|Global|Program|Polymorphic|Monomorphic|Cumulative|NonCumulative|Private|Time|Instructions|Succeed) /, "", text) &&
               !sub(/^Timeout [0-9]+ /, "", text))
      break
  }
  if (text == "") return
  split(text, word, " ")
  if (word[1] == "End" && depth > 0) {
    if (kind[depth] == "section") sections--
    else modules = substr(modules, 1, length(modules) - length(named[depth]) - 1)
    depth--
  }
  print first "\t" modules "\t" sections "\t" text
  if (word[1] == "Section") {
    depth++; kind[depth] = "section"; sections++
  } else if (word[1] == "Module" && text !~ /:=/) {
    name = word[2] ~ /^(Export|Import|Type)$/ ? word[3] : word[2]
    depth++; kind[depth] = "module"; named[depth] = name; modules = modules name "."
  }
}
BEGIN { sections = 0; modules = ""; depth = 0; comment = 0; string = 0; text = ""; first = 0 }
{
  line = $0
  sub(/\r$/, "", line)
  size = length(line)
  for (i = 1; i <= size; i++) {
    c = substr(line, i, 1)
    if (string) {
      if (c == "\"") { string = 0; if (!comment) text = text "\"\"" }
      continue
    }
    if (c == "\"") { string = 1; if (!comment && text ~ /^[ \t\n]*$/) first = NR; continue }
    pair = substr(line, i, 2)
    if (pair == "(*") { comment++; i++; continue }
    if (comment) {
      if (pair == "*)") { comment--; i++; if (!comment) text = text " " }
      continue
    }
    if (c != " " && c != "\t" && text ~ /^[ \t\n]*$/) first = NR
    if (c == "." && (i == size || substr(line, i + 1, 1) ~ /[ \t]/)) { emit(text); text = ""; continue }
    text = text c
  }
  if (!string && !comment) text = text "\n"
}
END {
  if (comment || string || text !~ /^[ \t\n]*$/) emit(text)
  if (comment || string || depth) print NR "\t" modules "\t" sections "\tUnfinished"
}
