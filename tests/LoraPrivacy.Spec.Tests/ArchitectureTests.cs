using System.Reflection;
using LoraPrivacy.Spec.Tests.Mutant.Left;
using NetArchTest.Rules;

namespace LoraPrivacy.Spec.Tests;

/// <summary>Which project may use which, and that no two folders of a project use each other, read from the compiled assemblies.</summary>
public class ArchitectureTests
{
    /// <summary>The assemblies of src/, and what each may use beside the framework: assemblies of src/, and packages.</summary>
    private static readonly Dictionary<string, string[]> Uses = new()
    {
        ["LoraPrivacy.Reference"] = ["MathNet.Numerics"],
        ["LoraPrivacy.Files"] = [],
        ["LoraPrivacy.Protocol"] = [],
        ["lora-certifier"] = ["LoraPrivacy.Protocol", "System.CommandLine"],
        ["LoraPrivacy.Production"] = ["LoraPrivacy.Files", "TorchSharp"],
        ["LoraPrivacy.CommandLine"] = ["LoraPrivacy.Files", "LoraPrivacy.Protocol", "LoraPrivacy.Reference", "System.CommandLine", "Spectre.Console"],
        ["lora-oracle"] =
            ["LoraPrivacy.CommandLine", "LoraPrivacy.Files", "LoraPrivacy.Protocol", "LoraPrivacy.Reference", "MathNet.Numerics", "System.CommandLine", "Spectre.Console"],
        ["lora-lab"] =
        [
            "LoraPrivacy.CommandLine", "LoraPrivacy.Files", "LoraPrivacy.Production", "LoraPrivacy.Protocol", "LoraPrivacy.Reference",
            "System.CommandLine", "Spectre.Console", "TorchSharp",
        ],
    };

    public static TheoryData<string> Assemblies => [.. Uses.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_project_uses_what_it_may(string name)
    {
        string[] used = [.. Assembly.Load(name).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(reference => !IsFramework(reference))];
        Assert.Empty(used.Except(Uses[name]));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    [Trait("Speed", "Slow")]
    public void No_two_folders_of_a_project_use_each_other(string name)
        => Assert.Empty(MutualUses(Assembly.Load(name), RootOf(name)));

    [Fact]
    public void Two_folders_that_use_each_other_are_found()
        => Assert.Equal(["Left and Right"], MutualUses(typeof(LeftType).Assembly, "LoraPrivacy.Spec.Tests.Mutant"));

    [Fact]
    public void What_answers_needs_no_libtorch_and_no_drawing_library()
    {
        string needed = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "lora-oracle.deps.json"));
        Assert.Contains("MathNet.Numerics", needed, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", needed, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Skia", needed, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsFramework(string name) => name is "netstandard" or "mscorlib" or "Microsoft.CSharp"
        || (name.StartsWith("System", StringComparison.Ordinal) && name != "System.CommandLine") || name == "Spectre.Console.Ansi" || name.StartsWith("Microsoft.Win32", StringComparison.Ordinal);

    private static string RootOf(string assembly) => assembly switch
    {
        "lora-oracle" => "LoraPrivacy.Oracle",
        "lora-lab" => "LoraPrivacy.Laboratory",
        "lora-certifier" => "LoraPrivacy.Certifier",
        _ => assembly,
    };

    /// <summary>The pairs of folders right under a namespace of which each uses the other.</summary>
    private static string[] MutualUses(Assembly assembly, string root)
    {
        string[] folders = [.. assembly.GetTypes()
            .Select(type => type.Namespace ?? "")
            .Where(space => space.StartsWith(root + ".", StringComparison.Ordinal))
            .Select(space => space[(root.Length + 1)..].Split('.')[0])
            .Distinct()
            .Order(StringComparer.Ordinal)];
        HashSet<(string From, string To)> uses = [.. folders.SelectMany(from => folders.Where(to => to != from && DoesUse(from, to)).Select(to => (from, to)))];
        return [.. uses.Where(use => string.CompareOrdinal(use.From, use.To) < 0 && uses.Contains((use.To, use.From))).Select(use => $"{use.From} and {use.To}").Order(StringComparer.Ordinal)];

        bool DoesUse(string from, string to)
            => Types.InAssembly(assembly).That().ResideInNamespace($"{root}.{from}").And().HaveDependencyOn($"{root}.{to}").GetTypes().Any();
    }
}
