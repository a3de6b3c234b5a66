using LoraPrivacy.Reference.Releases.Product;

namespace LoraPrivacy.Spec.Tests;

/// <summary>The README's example of the library, letter by letter between the two marks.</summary>
internal static class LibraryExample
{
    /// <summary>Runs it and returns what it prints.</summary>
    public static string Run()
    {
        // README
        double[] q = [1, 2, 3, 4];                              // the gradient of your batch, one row
        double[] neighbour = [1, 2, 3, 4.05];                   // the same with one example replaced
        VectorPair pair = VectorPair.Between(q, neighbour);     // all that matters: a ratio of norms, and an angle
        ProductRelease release = new(16, q.Length);             // AᵀA q is published once; A has rank 16
        Console.WriteLine($"ε = {release.Epsilon(pair, 1e-5):F4} at δ = 1e-5");
        Console.WriteLine($"δ = {release.Delta(pair, 0.1):G4} at ε = 0.1");
        // README
        return Console.Printed.ToString();
    }

    /// <summary>Stands for the process's console, which other tests use as well.</summary>
    private static class Console
    {
        public static StringBuilder Printed { get; } = new();

        public static void WriteLine(FormattableString line) => Printed.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }
}
