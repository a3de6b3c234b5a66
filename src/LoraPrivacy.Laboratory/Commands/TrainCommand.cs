namespace LoraPrivacy.Laboratory.Commands;

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

            Private training (--dp-noise)
              The output folder is what may be published (S31). Losses, the number of examples and
              checkpoints go to FOLDER.private, which only its owner can read; what is shown while
              training is private too. A gradient or loss that is not finite ends the training, and
              nothing is published. With --seed no ε is claimed: whoever guesses the seed removes the
              noise.
              What is released may not take its shape, scale or step from the data, so they are declared:
              of a CSV --classes, --features and --feature-range, of a text --unit, of both --public-size
              (or --dp-rate and --batch). A line that does not fit, such as a header, is dropped by
              itself. Each unit is held out or not by a hash of its own bytes; equal ones go together.
              Of a line or document of text the first --context + 1 bytes are used.

            Examples
              lora-lab train --output digits-adapter
              lora-lab train --output private --dp-noise 1.1 --batch 64 --steps 500
              lora-lab train --model gpt --output shakespeare --rank 16 --steps 300
              lora-lab train --base ./gpt2 --tokenizer bytes --data notes.txt --output notes --dp-noise 0.8 \
                --unit document --dp-rate 0.01 --batch 32
              lora-lab train --data table.csv --output table --dp-noise 1 --classes 3 --features 4 \
                --feature-range 0:10 --public-size 1000

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
