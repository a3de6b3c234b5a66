namespace LoraPrivacy.Tests;

/// <summary>A place where every operation has to stand.</summary>
/// <param name="Where">The place, and how an operation gets there.</param>
/// <param name="Operations">The operations that stand there.</param>
internal sealed record OperationPlace(string Where, IEnumerable<string> Operations)
{
    /// <summary>What is missing, and what stands in a place but is no operation; one line each.</summary>
    public static string[] Faults(IReadOnlyCollection<string> operations, IEnumerable<OperationPlace> places) => [.. places.SelectMany(place => (string[])
    [
        .. operations.Where(operation => !place.Operations.Contains(operation)).Select(operation => $"{operation} is missing in {place.Where}"),
        .. place.Operations.Except(operations).Select(operation => $"{operation} is no operation, but stands in {place.Where}"),
    ])];

    /// <summary>No place lacks an operation; and with an operation taken out of a place, or a new one in none, just that is said.</summary>
    public static void AssertComplete(IReadOnlyCollection<string> operations, IReadOnlyList<OperationPlace> places)
    {
        Assert.True(Faults(operations, places).Length == 0, string.Join('\n', Faults(operations, places)));
        string forgotten = operations.First();
        foreach (OperationPlace place in places)
        {
            OperationPlace[] mutated = [.. places.Select(other => other == place ? place with { Operations = place.Operations.Where(operation => operation != forgotten) } : other)];
            Assert.Equal([$"{forgotten} is missing in {place.Where}"], Faults(operations, mutated));
        }

        Assert.Equal(places.Select(place => $"new/operation is missing in {place.Where}"), Faults([.. operations, "new/operation"], places));
    }
}
