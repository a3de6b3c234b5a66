namespace LoraPrivacy.Reference.Models;

/// <summary>The losses of the training oracle. The loss of a batch is the mean over its rows.</summary>
public enum LossFunction
{
    /// <summary>½‖prediction − target‖² of a row; the target is any finite row.</summary>
    SquaredError,

    /// <summary>
    /// −Σⱼ targetⱼ log softmax(prediction)ⱼ of a row; the target row is a probability vector, one-hot or not.
    /// </summary>
    CrossEntropy,
}
