import { join, parse, relative, resolve } from 'node:path';
import type { Console } from '../console';
import { ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import { describeOutcome, Outcome } from '../progress';
import { MASK } from '../redactor';
import { adoptionFile } from './adoption-file';
import { findEverything } from './everything';
import { checkWritable, writeWhole } from './files';
import { Findings } from './finding';
import { findKonnectPieces } from './konnect-pieces';
import { KonnectReader } from './konnect-reader';
import { findOktaPieces } from './okta-pieces';
import { OktaReader } from './okta-reader';
import type { Pieces } from './pieces';
import { adoptingApp } from './stack/adopting-app';
import { replaceSecrets } from './stack/secrets';
import type { StackSource } from './stack/stack-source';

/** Longest value in a finding. */
const LONGEST_VALUE = 80;

/** What `adopt` is asked for: names or ids of what is meant where there are several. */
export interface AdoptOptions {
  readonly portal?: string;
  readonly api?: readonly string[];
  readonly strategy?: string;
  readonly policy?: string;
  readonly rule?: string;
  readonly client?: readonly string[];

  /** Whether the stack creates what is missing. */
  readonly partial: boolean;

  /** The file to write. */
  readonly file: string;
  readonly json: boolean;
}

/** What was found, and for a whole how-to the app that takes it over. */
interface Found {
  readonly pieces: Pieces;
  readonly app?: StackSource;
}

/** Finds what was set up by hand, and writes the file that the `adopt` prop of the construct takes. Changes nothing in either tenant. */
export async function adopt(options: AdoptOptions, console: Console): Promise<ExitCode> {
  const file = resolve(console.io.cwd, options.file);
  checkWritable(file);
  const konnect = new KonnectReader(await KonnectClient.create(console));
  const okta = new OktaReader(await OktaAdminClient.create(console));
  const findings = new Findings();
  const found: Found | undefined = options.partial
    ? { pieces: await findEverything(konnect, okta, options, findings) }
    : await findHowTo(konnect, okta, options, findings, relative(console.io.cwd, file));

  const texts = found?.app?.textFiles ?? [];
  if (found) {
    writeWhole(file, adoptionFile(found.pieces, options.partial));
    for (const { name, content } of texts) {
      writeWhole(resolve(console.io.cwd, name), content);
    }
  }
  const files = [file, ...texts.map(({ name }) => resolve(console.io.cwd, name))];
  if (options.json) {
    const result = found && { file, files, app: found.app?.toString() };
    console.print(JSON.stringify({ ok: found !== undefined, findings: findings.all(), ...result }, null, 2));
  } else {
    report(findings, found, files, console);
  }
  return found ? ExitCode.OK : ExitCode.FAILED;
}

/** One how-to, from the portal to the applications; undefined when not all of it was found. */
async function findHowTo(
  konnectReader: KonnectReader,
  oktaReader: OktaReader,
  { portal, strategy, policy, rule, api: apis = [], client: clients = [] }: AdoptOptions,
  findings: Findings,
  file: string,
): Promise<Found | undefined> {
  const konnect = await findKonnectPieces(konnectReader, { portal, strategy, apis }, findings);
  const okta = konnect && (await findOktaPieces(oktaReader, konnect, { policy, rule, clients }, findings));
  if (!konnect || !okta) {
    return undefined;
  }
  const pieces = { okta, konnect };
  const { dir, name } = parse(file);
  const app = adoptingApp(pieces, file, (what) => join(dir, `${name}.${what}`));
  for (const { what, deviations } of app.overrides) {
    const settings = deviations.map(({ attribute, value }) => `${attribute} (${shown(attribute, value)})`);
    findings.add(what, `no prop for ${settings.join(', ')}, so the app keeps it on the resource`);
  }
  for (const { what, setting, variable } of app.secrets) {
    findings.add(
      what,
      `${setting} is a secret: the app takes it from the variable ${variable}, so set TF_VAR_${variable}`,
    );
  }
  return { pieces, app };
}

/** A value as a finding names it: without secrets, and cut where it is long. */
function shown(attribute: string, value: unknown): string {
  const text = JSON.stringify(replaceSecrets(value, [attribute], () => MASK)) ?? 'none';
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

function report(
  findings: Findings,
  found: Found | undefined,
  files: readonly string[],
  console: Console,
): void {
  for (const { what, detail, remedy } of findings.all()) {
    const outcome = remedy === undefined ? Outcome.ok(detail) : Outcome.failed(detail, remedy);
    for (const line of describeOutcome(what, outcome)) {
      console.print(line);
    }
  }
  if (!found) {
    console.print('Not everything was found, so no file was written.');
    return;
  }
  console.print(`Wrote ${files.map((each) => relative(console.io.cwd, each)).join(', ')}.`);
  console.print(
    found.app
      ? `This app takes it over and changes nothing:\n\n${found.app.toString()}`
      : 'A stack with it takes over what has the names of its resources, and creates the rest.',
  );
}
