using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace LoraPrivacy.Spec.Tests;

/// <summary>
/// Keeps spec/statements.json true: every id has its heading in the spec, every member, test and theorem it names exists
/// and names it back, and nothing in the code, the tests or the proofs points to a statement without being listed.
/// With UPDATE_LINKS=1 in the environment the lists of members, tests and theorems are rewritten instead of compared.
/// </summary>
public partial class StatementLinksTests
{
    private static readonly string[] Statuses = ["proved", "certified", "tested"];
    private static readonly string Path = Repository.File("spec", "statements.json");
    private static readonly JsonSerializerOptions Written = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    [Trait("Speed", "Slow")]
    public void Every_link_resolves_on_both_sides()
    {
        JsonObject statements = Load();
        SortedDictionary<string, SortedSet<string>> members = MembersByStatement();
        SortedDictionary<string, SortedSet<string>> tests = TestsByStatement();
        SortedDictionary<string, SortedSet<string>> theorems = TheoremNames.ByStatement();
        if (Environment.GetEnvironmentVariable("UPDATE_LINKS") == "1")
        {
            Update(statements, members, tests, theorems);
        }

        List<string> faults = [];
        foreach ((string id, JsonNode? node) in statements)
        {
            Compare(id, "members", node!, members, faults);
            Compare(id, "tests", node!, tests, faults);
            Compare(id, "theorems", node!, theorems, faults);
        }

        foreach (string id in members.Keys.Concat(tests.Keys).Concat(theorems.Keys).Where(id => !statements.ContainsKey(id)).Distinct())
        {
            faults.Add($"{id} is named in the code or the proofs but is not in statements.json");
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Prepend("run the tests once with UPDATE_LINKS=1, then review the change:")));
    }

    [Fact]
    public void Every_statement_has_its_heading_parts_and_status_and_no_heading_is_an_orphan()
    {
        JsonObject statements = Load();
        HashSet<string> headings = [];
        foreach (string file in Directory.EnumerateFiles(Repository.File("spec"), "*.md"))
        {
            foreach (Match match in Heading().Matches(File.ReadAllText(file)))
            {
                string id = match.Groups["id"].Value;
                Assert.True(headings.Add(id), $"{id} has two headings");
                Assert.True(statements.ContainsKey(id), $"{id} in {file} is not in statements.json");
                Assert.Equal(System.IO.Path.GetFileName(file), (string?)statements[id]!["file"]);
            }
        }

        foreach ((string id, JsonNode? node) in statements)
        {
            Assert.Contains(id, headings);
            Assert.Contains((string?)node!["status"], Statuses);
            Assert.False(string.IsNullOrWhiteSpace((string?)node["title"]), id);
            Assert.False(string.IsNullOrWhiteSpace((string?)node["source"]), id);
            string text = Section(id, (string)node["file"]!);
            foreach (string part in (string[])["**Hypotheses.**", "**Statement.**", "**Proof.**", "**Source.**", "**Used by.**"])
            {
                Assert.Contains(part, text, StringComparison.Ordinal);
            }

            Assert.True(node["members"]!.AsArray().Count > 0, $"{id} has no member");
            Assert.True(node["tests"]!.AsArray().Count > 0, $"{id} has no test");
        }
    }

    [Fact]
    public void What_a_statement_is_used_by_exists()
    {
        HashSet<string> types = [.. Types().Select(type => type.Name)];
        foreach ((string id, JsonNode? node) in Load())
        {
            string text = Section(id, (string)node!["file"]!);
            MatchCollection names = Quoted().Matches(text[text.IndexOf("**Used by.**", StringComparison.Ordinal)..]);
            Assert.True(names.Count > 0, $"{id} names nothing that uses it");
            foreach (Match name in names)
            {
                Assert.True(types.Contains(name.Groups["name"].Value), $"{id} is used by {name.Value}, which does not exist");
            }
        }
    }

    [Fact]
    public void The_index_of_the_spec_repeats_titles_files_and_statuses()
    {
        string index = File.ReadAllText(Repository.File("spec", "README.md"));
        foreach ((string id, JsonNode? node) in Load())
        {
            string row = index.Split('\n').Single(line => line.StartsWith($"| {id} |", StringComparison.Ordinal));
            Assert.Contains($"[{(string)node!["title"]!}]", row, StringComparison.Ordinal);
            Assert.Contains($"`{(string)node["file"]!}`", row, StringComparison.Ordinal);
            Assert.Contains((string)node["status"]!, row, StringComparison.Ordinal);
            Assert.Contains($"## {id} {(string)node["title"]!}", Section(id, (string)node["file"]!), StringComparison.Ordinal);
        }
    }

    private static JsonObject Load() => JsonNode.Parse(File.ReadAllText(Path))!.AsObject();

    private static string Section(string id, string file)
    {
        string text = File.ReadAllText(Repository.File("spec", file));
        int start = text.IndexOf($"## {id} ", StringComparison.Ordinal);
        int end = text.IndexOf("\n## ", start, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static void Compare(
        string id, string part, JsonNode node, SortedDictionary<string, SortedSet<string>> found, List<string> faults)
    {
        SortedSet<string> actual = found.TryGetValue(id, out SortedSet<string>? set) ? set : [];
        HashSet<string> listed = [.. node[part]!.AsArray().Select(item => (string)item!)];
        faults.AddRange(listed.Except(actual).Select(name => $"{id} lists {name} under {part}, which does not name {id}"));
        faults.AddRange(actual.Except(listed).Select(name => $"{id} does not list {name} under {part}"));
    }

    private static void Update(
        JsonObject statements,
        SortedDictionary<string, SortedSet<string>> members,
        SortedDictionary<string, SortedSet<string>> tests,
        SortedDictionary<string, SortedSet<string>> theorems)
    {
        foreach ((string id, JsonNode? node) in statements)
        {
            node!["members"] = Array(members, id);
            node["tests"] = Array(tests, id);
            node["theorems"] = Array(theorems, id);
        }

        File.WriteAllText(Path, statements.ToJsonString(Written).ReplaceLineEndings("\n") + "\n");
    }

    private static JsonArray Array(SortedDictionary<string, SortedSet<string>> found, string id)
        => found.TryGetValue(id, out SortedSet<string>? set) ? new JsonArray([.. set.Select(name => (JsonNode)name)]) : [];

    private static SortedDictionary<string, SortedSet<string>> MembersByStatement()
    {
        SortedDictionary<string, SortedSet<string>> found = new(StringComparer.Ordinal);
        foreach (Type type in Types())
        {
            Record(type, type.FullName!);
            foreach (MemberInfo member in type.GetMembers(
                BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (member is MethodInfo or PropertyInfo)
                {
                    Record(member, $"{type.FullName}.{member.Name}");
                }
            }
        }

        return found;

        void Record(MemberInfo member, string name)
        {
            // By name: the reference and the production path, which share nothing, have an attribute each.
            foreach (CustomAttributeData attribute in member.GetCustomAttributesData())
            {
                if (attribute.AttributeType.Name == nameof(Reference.StatementAttribute))
                {
                    Add(found, (string)attribute.ConstructorArguments[0].Value!, name.Replace('+', '.'));
                }
            }
        }
    }

    private static IEnumerable<Type> Types()
        => typeof(Reference.StatementAttribute).Assembly.GetTypes().Concat(typeof(Production.StatementAttribute).Assembly.GetTypes());

    private static SortedDictionary<string, SortedSet<string>> TestsByStatement()
    {
        SortedDictionary<string, SortedSet<string>> found = new(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(Repository.File("tests"), "*.cs", SearchOption.AllDirectories))
        {
            string relative = System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');
            if (relative.Contains("/obj/", StringComparison.Ordinal) || relative.Contains("/bin/", StringComparison.Ordinal))
            {
                continue;
            }

            foreach (Match match in Trait().Matches(File.ReadAllText(file)))
            {
                Add(found, match.Groups["id"].Value, relative);
            }
        }

        return found;
    }

    private static void Add(SortedDictionary<string, SortedSet<string>> found, string id, string name)
    {
        if (!found.TryGetValue(id, out SortedSet<string>? set))
        {
            found[id] = set = new SortedSet<string>(StringComparer.Ordinal);
        }

        set.Add(name);
    }

    [GeneratedRegex(@"^## (?<id>S\d+) ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("`(?<name>[A-Za-z]+)[A-Za-z.]*`")]
    private static partial Regex Quoted();

    [GeneratedRegex("""Trait\("Statement", "(?<id>S\d+)"\)""")]
    private static partial Regex Trait();
}
