using System.Diagnostics;

namespace LoraPrivacy.Certifier.Commands;

/// <summary>Computes the results of tests on all cores.</summary>
internal static class Certification
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    /// <summary>The results by id. A test that cannot be certified stops everything, by name.</summary>
    public static Dictionary<int, ExpectedResult> Of(IEnumerable<(VectorSuite Suite, int Id, VectorTest Test)> tests)
    {
        (VectorSuite Suite, int Id, VectorTest Test)[] work = [.. tests];
        ExpectedResult[] results = new ExpectedResult[work.Length];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, work.Length, options, i =>
        {
            (VectorSuite suite, int id, VectorTest test) = work[i];
            Stopwatch watch = Stopwatch.StartNew();
            try
            {
                results[i] = suite.Certify(new ExactParameters(test.Parameters));
            }
            catch (ArithmeticException failure)
            {
                throw new ArithmeticException($"{suite.Name} {id}, {test.Parameters.ToJsonString()}: {failure.Message}", failure);
            }

            if (watch.Elapsed > Slow)
            {
                Console.Error.WriteLine($"{suite.Name} {id} took {watch.Elapsed.TotalSeconds:0} s");
            }
        });
        return work.Select((item, i) => (item.Id, Result: results[i])).ToDictionary(item => item.Id, item => item.Result);
    }
}
