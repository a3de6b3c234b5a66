using LoraPrivacy.Oracle.Commands;

return await OracleCommand.RunAsync(args).ConfigureAwait(false);
