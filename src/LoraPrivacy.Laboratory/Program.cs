using LoraPrivacy.Laboratory.Commands;

return await LaboratoryCommand.Create().RunAsync(args).ConfigureAwait(false);
