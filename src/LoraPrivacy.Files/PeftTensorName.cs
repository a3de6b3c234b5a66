namespace LoraPrivacy.Files;

/// <summary>
/// The name of a LoRA matrix in a file: PEFT's <c>base_model.model.PATH.lora_A.weight</c>, and what wrappers and other savers make of it.
/// </summary>
/// <param name="Path">The module's path in the base model.</param>
/// <param name="IsA">Whether it is A, not B.</param>
/// <param name="Adapter">The adapter's name in it; null where there is none, as PEFT writes it.</param>
/// <param name="Surplus">What it has that PEFT would not write, or lacks, in words.</param>
internal sealed record PeftTensorName(string Path, bool IsA, string? Adapter, IReadOnlyList<string> Surplus)
{
    /// <summary>What PEFT puts before every path.</summary>
    public const string Prefix = "base_model.model.";

    /// <summary>What PEFT puts after the path of A.</summary>
    public const string SuffixA = ".lora_A.weight";

    /// <summary>What PEFT puts after the path of B.</summary>
    public const string SuffixB = ".lora_B.weight";

    // Put before all paths: DistributedDataParallel's and Opacus' wrappers.
    private static readonly string[] OuterWrappers = ["module", "_module"];

    // Put before any module: torch.compile's, FSDP's and activation checkpointing's.
    private static readonly string[] InnerWrappers = ["_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module"];

    /// <summary>Reads a name.</summary>
    /// <returns>Null where it is of no LoRA matrix of a linear layer.</returns>
    public static PeftTensorName? Read(string name)
    {
        List<string> parts = [.. name.Split('.')];
        List<string> surplus = [];
        foreach (string wrapper in InnerWrappers.Where(wrapper => parts.RemoveAll(part => part == wrapper) > 0))
        {
            surplus.Add($"'{wrapper}.' is surplus");
        }

        int factor = parts.FindLastIndex(part => part is "lora_A" or "lora_B");
        string? adapter = parts.Count - factor == 3 ? parts[factor + 1] : null;
        if (factor < 0 || parts[^1] != "weight" || parts.Count - factor > 3)
        {
            return null;
        }

        if (adapter is not null)
        {
            surplus.Add($"the adapter's name '{FileFormatException.Quote(adapter)}.' is surplus");
        }

        int start = 0;
        while (OuterWrappers.Contains(parts[start]) && start < factor - 1)
        {
            surplus.Add($"'{parts[start++]}.' is surplus");
        }

        int prefixes = 0;
        while (start + 2 < factor && parts[start] == "base_model" && parts[start + 1] == "model")
        {
            start += 2;
            prefixes++;
        }

        if (prefixes != 1)
        {
            surplus.Add(prefixes == 0 ? $"'{Prefix}' is missing" : $"'{Prefix}' is there {prefixes} times");
        }

        return start < factor && parts[start].Length > 0 ? new(string.Join('.', parts[start..factor]), parts[factor] == "lora_A", adapter, surplus) : null;
    }
}
