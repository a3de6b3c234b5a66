using TorchSharp;

namespace LoraPrivacy.Laboratory.Checking;

/// <summary>What a check runs on, and how much of it.</summary>
internal sealed record CheckSettings(torch.Device Device, long Seed, bool IsQuick)
{
    /// <summary>Draws for the claims about laws.</summary>
    public int Draws => IsQuick ? 4000 : 15_000;

    /// <summary>Releases of each neighbour for an attack.</summary>
    public int Attacks => IsQuick ? 50 : 200;

    /// <summary>Real steps at each rank: of the digits, and of the text.</summary>
    public (int Digits, int Text) NoiseSteps => IsQuick ? (200, 20) : (1000, 150);

    /// <summary>Steps of pre-training: of the digits, and of the text.</summary>
    public (int Digits, int Text) PretrainingSteps => IsQuick ? (40, 320) : (60, 600);

    /// <summary>Steps of LoRA fine-tuning.</summary>
    public int FineTuningSteps => IsQuick ? 30 : 60;

    /// <summary>Batches whose sizes are counted.</summary>
    public int Batches => IsQuick ? 1000 : 5000;
}
