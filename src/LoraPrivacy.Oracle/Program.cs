using LoraPrivacy.Oracle.Commands;
using LoraPrivacy.Oracle.Conformance.Testees;

return args is [TesteeGuard.Verb, _, _, ..] ? TesteeGuard.Run(args[1..]) : await OracleCommand.Create().RunAsync(args).ConfigureAwait(false);
