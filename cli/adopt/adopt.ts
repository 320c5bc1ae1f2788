import { relative, resolve } from 'node:path';
import type { Console } from '../console';
import { CommandError, ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import { checkWritable } from './files';
import { Findings } from './findings';
import { AdoptionFile } from './match/adoption-file';
import { Inventory } from './match/inventory';
import { checkLosses } from './match/losses';
import { Matcher } from './match/matcher';
import { SynthesizedApp, type SynthesizedResource, type SynthesizedStack } from './match/synthesized-app';
import type { AdoptResult } from './output';

/** Options of `adopt`. */
export interface AdoptOptions {
  /** Names of stacks; all stacks of the app if empty. */
  readonly stacks: readonly string[];

  /** Folder that `cdktf synth` writes to. */
  readonly output: string;

  /** The file to write. */
  readonly file: string;

  /** Ids for resources whose names are ambiguous, as `<address>=<id>`. */
  readonly import?: readonly string[];

  /** Settings of applications that may be reset. */
  readonly acceptLoss?: readonly string[];

  /** Whether the stacks create what does not exist. */
  readonly partial: boolean;
  readonly json: boolean;
}

/**
 * Matches the resources of synthesized stacks with what exists in both tenants, and writes the import ids for the
 * `adopt` prop. Changes nothing in the tenants.
 */
export async function adopt(options: AdoptOptions, console: Console): Promise<ExitCode> {
  const { cwd } = console.io;
  const path = resolve(cwd, options.file);
  checkWritable(path);
  const app = SynthesizedApp.read(options.output, cwd);
  const stacks = app.select(options.stacks);
  const file = AdoptionFile.read(path);
  const findings = new Findings();
  const inventory = new Inventory({
    okta: () => OktaAdminClient.create(console),
    konnect: () => KonnectClient.create(console),
  });
  const importedInCode = (resource: SynthesizedResource): string | undefined => {
    // A block that is in the file comes from the `adopt` prop.
    const written = file.importsOf(resource.stack.name)[resource.address];
    const block = resource.stack.importBlocks.find(({ to }) => to === resource.address);
    return block && block.id !== written ? block.id : undefined;
  };
  const matcher = new Matcher(app, inventory, findings, {
    partial: options.partial,
    chosenIds: parseChoices(options.import ?? [], stacks),
    importedInCode,
  });
  for (const stack of stacks) {
    const imports: { [address: string]: string } = {};
    for (const resource of stack.resources) {
      const match = await matcher.match(resource);
      if (match && importedInCode(resource) === undefined) {
        findings.add(resource.title, match.importId);
        imports[resource.address] = match.importId;
        await checkLosses(match, matcher, findings, options);
      }
    }
    file.set(stack.name, { ...(options.partial && { partial: true }), imports });
  }

  const ok = !findings.hasErrors;
  if (ok) {
    file.write();
  }
  if (options.json) {
    const result: AdoptResult = { ok, findings: findings.results, ...(ok && { file: path }) };
    console.printJson(result);
  } else {
    for (const line of findings.lines) {
      console.print(line);
    }
    console.print(
      ok ? `Wrote ${relative(cwd, path)}.` : 'Fix the errors and run this again. No file was written.',
    );
  }
  return ok ? ExitCode.OK : ExitCode.FAILED;
}

/** Ids that the user chose, by address. @throws CommandError if one is not for a resource of the stacks */
function parseChoices(
  choices: readonly string[],
  stacks: readonly SynthesizedStack[],
): ReadonlyMap<string, string> {
  return new Map(
    choices.map((choice) => {
      const [address = '', id = ''] = choice.split('=');
      if (id === '' || !stacks.some((stack) => stack.element(address))) {
        throw CommandError.usage(
          `--import ${choice} is not <address>=<id> of a resource in ${stacks.map(({ name }) => name).join(', ')}`,
          'Use an address of the findings, for example okta_app_oauth.oidc_Client-app_86599D75=0oa1.',
        );
      }
      return [address, id];
    }),
  );
}
