using System.CommandLine;
using LoraPrivacy.Oracle.Output;
using LoraPrivacy.Oracle.Protocol;
using LoraPrivacy.Production.Files;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>evaluate</c>: answers queries, one JSON object a line.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Option<string?> file = CommonOptions.Out();
        DetailedCommand command = new(
            "evaluate",
            "Answer queries from standard input, one JSON object a line, in order.",
            $$$"""
            Query:
              {"id": 7, "op": "product/delta-floor", "params": {"rank": 2, "angle": 0.5}}
            Answer:
              {"id":7,"op":"product/delta-floor","statement":"S12","result":{"value":…}}
              {"id":7,"error":{"code":"out-of-range","parameter":"rank","message":"…"}}
              The codes are bad-json, unknown-op, bad-params and out-of-range. Infinities are the strings
              "Infinity" and "-Infinity". Other numbers are written so that they read back unchanged. A δ or
              ε above 0 that is too small for a double is rounded up to the smallest, 5E-324.

            Operations and their parameters (? may be left out):
            {{{string.Join("\n", Operations.All.Select(Usage))}}}

            Parameters:
              rank, dimension             integers in [1, 1048576]
              entry                       number in [-norm, norm]
              norm, normRatio, relativeSensitivity
                                          finite numbers above 0
              kurtosis                    number of at least 1 (default 3, that of normal entries)
              entryRatio                  number in [-1, 1]
              probability, delta          numbers in (0, 1)
              angle                       number in [0, π]
              epsilon                     number of at least 0, "Infinity" included but for matrix/delta
              x, loss                     any numbers, infinities included; of lora/step, loss is
                                          "squared-error" or "cross-entropy"
              eigenvalues                 array of numbers in [1e-12, 1e12]
              gradient, neighbour         arrays of rows of finite numbers; of noise/moments, one row
              weight, a, b, input, target
                                          arrays of rows of finite numbers
              scale                       finite number
              mu                          sensitivity over standard deviation of the noise, a finite number of
                                          at least 0
              noiseMultiplier, sensitivity
                                          finite numbers of at least 0
              noise                       finite number above 0
              samplingRate                number in (0, 1]
              steps                       integer in [0, 2^53]; of product/composed-epsilon, at most 1E8
              neighbours                  "add-remove" (the default) or "replace-one"

            Members of the result: "value", a number, but for
              noise/moments               mean, variance (arrays), total
              noise/gaussian-distance     totalVariation, kolmogorov
              product/worst-case-epsilon  value, normRatio, angle, direction ("forward" or "reverse")
              matrix/verdict              verdict ("distinguishable", "vector", "scaled" or "identical"),
                                          reason
              lora/step                   loss, gradient, gradientB, gradientA
              dp-sgd/delta, dp-sgd/epsilon, product/composed-epsilon
                                          lower, upper: the exact value lies between them

            It is also a testee of `lora-oracle conform`: it answers hello, and noise/sample with draws of
            AᵀA q ({"gradient": […], "rank": 4, "count": 200, "seed": 1}; spec/conformance.md).

            """)
        {
            file,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(file), cancellation));
        return command;
    }

    private static string Usage(Operation operation) => $"  {operation.Name,-27} {string.Join(", ", operation.Parameters)}";

    private static async Task<int> RunAsync(string? path, CancellationToken cancellation)
    {
        using Stream input = Console.OpenStandardInput();
        if (path is null)
        {
            await new EvaluationLoop(input, StandardOutput.Open(), OperationSet.Reference).RunAsync(cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        }

        using AtomicFile file = new(path);
        await new EvaluationLoop(input, file.Stream, OperationSet.Reference).RunAsync(cancellation).ConfigureAwait(false);
        file.Commit();
        return ExitCode.Success;
    }
}
