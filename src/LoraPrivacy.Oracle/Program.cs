using System.CommandLine;

RootCommand root = new("The correctness oracle for the privacy of LoRA.");
return root.Parse(args).Invoke();
