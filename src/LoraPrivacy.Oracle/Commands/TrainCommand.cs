using System.CommandLine;
using LoraPrivacy.Oracle.Input;
using LoraPrivacy.Oracle.Training;
using LoraPrivacy.Production.Files;
using LoraPrivacy.Production.Native;

namespace LoraPrivacy.Oracle.Commands;

/// <summary>The verb <c>train</c>: LoRA training, plain or with DP-SGD.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        TrainOptions options = new();
        DetailedCommand command = new(
            "train",
            "Train LoRA adapters, plain or with DP-SGD, and say what of the result is private.",
            """
            Results
              In the output folder: the adapter as PEFT saves it (with --fresh-a the merged model instead),
              training.json with what was run, and base/ with the base model where it is not given.
              checkpoint/ exists while the training is not finished. It holds the key of the randomness:
              whoever has it can remove the noise. Do not publish it.

            Examples
              lora-oracle train --output digits-adapter
              lora-oracle train --output private --dp-noise 1.1 --batch 64 --steps 500
              lora-oracle train --model gpt --output shakespeare --rank 16 --steps 300
              lora-oracle train --base ./gpt2 --tokenizer bytes --data notes.txt --output notes --dp-noise 0.8

            """);
        foreach (Option option in options.All)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => Task.Run(() => Run(options.Read(parsed), cancellation), cancellation));
        return command;
    }

    private static int Run(TrainingRequest request, CancellationToken cancellation)
    {
        try
        {
            return TrainingRun.Run(request, cancellation);
        }
        catch (Exception failure) when (failure is FileFormatException or LibtorchException)
        {
            throw new InputException(failure.Message, failure);
        }
    }
}
