import { existsSync } from 'node:fs';
import { join, parse, relative, resolve } from 'node:path';
import type { Console } from '../console';
import { type Entity, textOf } from '../entity';
import { CommandError, ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import type { AppSource } from './app/app-source';
import { generateApp } from './app/generate-app';
import { generatePartialApp } from './app/generate-partial-app';
import { settingsAtRisk } from './application-settings';
import { checkWritable, writeWhole } from './files';
import { Findings } from './findings';
import { findClients } from './how-to/applications';
import { findKonnectParts } from './how-to/found-parts';
import { findKonnectHowTo } from './how-to/konnect-how-to';
import { KonnectReader } from './how-to/konnect-reader';
import { findOktaHowTo } from './how-to/okta-how-to';
import { OktaReader } from './how-to/okta-reader';
import type { PrintAppResult } from './output';
import { KONNECT_PARTS, Part, type Parts } from './parts';
import { formatValue } from './secrets';

/**
 * Options of `adopt` with `--write-app` or `--print-app`. The names and ids of the entities to adopt are needed if there
 * are several.
 */
export interface PrintAppOptions {
  readonly portal?: string;
  readonly api?: readonly string[];
  readonly strategy?: string;
  readonly policy?: string;
  readonly rule?: string;
  readonly client?: readonly string[];

  /** Parts that the app takes over. Without it, the whole how-to. */
  readonly only?: Parts;

  /** The adoption file that the app reads. */
  readonly file: string;

  /**
   * File to write the app to.
   *
   * @default - the app is printed
   */
  readonly writeApp?: string;

  /** Whether to replace an existing file. */
  readonly overwrite: boolean;
  readonly json: boolean;
}

/**
 * Finds a how-to that was set up by hand, and prints an app with its names and settings, or writes it to a file. Changes
 * nothing in the tenants.
 */
export async function printApp(options: PrintAppOptions, console: Console): Promise<ExitCode> {
  const { cwd } = console.io;
  const path = resolve(cwd, options.file);
  checkWritable(path);
  const appFile = options.writeApp === undefined ? undefined : resolve(cwd, options.writeApp);
  if (appFile !== undefined) {
    checkAppFile(appFile, options.overwrite);
  }
  const findings = new Findings();
  const name = relative(cwd, path);
  const found = options.only
    ? await findPartialApp(options.only, options, name, findings, console)
    : await findApp(options, name, findings, console);
  if (found) {
    addAppFindings(found, findings);
  }
  const app = found?.app;
  const files = (app?.textFiles ?? []).map(({ name, content }) => ({ file: resolve(cwd, name), content }));
  for (const { file, content } of files) {
    writeWhole(file, content);
  }
  if (app && appFile !== undefined) {
    writeWhole(appFile, `${console.redactor.redact(app.toString())}\n`);
  }
  if (options.json) {
    const result: PrintAppResult = {
      ok: app !== undefined,
      findings: findings.results,
      ...(app && { app: app.toString(), files: files.map(({ file }) => file), file: appFile }),
    };
    console.printJson(result);
  } else {
    for (const line of findings.lines) {
      console.note(line);
    }
    const written = [...(appFile === undefined ? [] : [appFile]), ...files.map(({ file }) => file)];
    const done = [
      ...(appFile === undefined ? ['Printed the app.'] : []),
      ...written.map((file) => `Wrote ${relative(cwd, file)}.`),
    ].join(' ');
    const failed = `Fix the errors and run this again. No app was ${appFile === undefined ? 'printed' : 'written'}.`;
    console.note(app ? done : failed);
    if (app && appFile === undefined) {
      console.print(app.toString());
    }
  }
  return app ? ExitCode.OK : ExitCode.FAILED;
}

/** Checks the file for the app before a long search. @throws CommandError if it exists or cannot be written */
function checkAppFile(file: string, overwrite: boolean): void {
  checkWritable(file);
  if (existsSync(file) && !overwrite) {
    throw CommandError.usage(`${file} already exists`, 'Name another file, or replace it with --overwrite.');
  }
}

/** An app, and the applications that it adopts. */
interface FoundApp {
  readonly app: AppSource;
  readonly applications: readonly Entity[];
}

/** The app for one how-to, from the portal to the applications; `undefined` if not all of it was found. */
async function findApp(
  { portal, strategy, policy, rule, api: apis = [], client: clients = [] }: PrintAppOptions,
  file: string,
  findings: Findings,
  console: Console,
): Promise<FoundApp | undefined> {
  const konnectReader = new KonnectReader(await KonnectClient.create(console));
  const oktaReader = new OktaReader(await OktaAdminClient.create(console));
  const konnect = await findKonnectHowTo(konnectReader, { portal, strategy, apis }, findings);
  const okta = konnect && (await findOktaHowTo(oktaReader, konnect, { policy, rule, clients }, findings));
  return konnect && okta
    ? { app: generateApp({ okta, konnect }, file, textFileBeside(file)), applications: okta.applications }
    : undefined;
}

/** The app for some parts; `undefined` if not all of them were found. Reads only the tenants that have a part. */
async function findPartialApp(
  parts: Parts,
  { portal, strategy, api: apis = [], client: clients = [] }: PrintAppOptions,
  file: string,
  findings: Findings,
  console: Console,
): Promise<FoundApp | undefined> {
  const konnect = KONNECT_PARTS.some((part) => parts.has(part))
    ? await findKonnectParts(
        new KonnectReader(await KonnectClient.create(console)),
        { portal, strategy, apis },
        parts,
        findings,
      )
    : undefined;
  const applications = parts.has(Part.CLIENTS)
    ? await findClients(new OktaReader(await OktaAdminClient.create(console)), clients, findings)
    : [];
  return findings.hasErrors
    ? undefined
    : {
        app: generatePartialApp({ konnect, applications }, parts, file, textFileBeside(file)),
        applications,
      };
}

/** Names files for texts after the adoption file. */
function textFileBeside(file: string): (what: string) => string {
  const { dir, name } = parse(file);
  return (what) => join(dir, `${name}.${what}`);
}

/** Adds what the user must know about the app. */
function addAppFindings({ app, applications }: FoundApp, findings: Findings): void {
  for (const { what, deviations } of app.overrides) {
    const settings = deviations.map(
      ({ attribute, value }) => `${attribute} (${formatValue(attribute, value)})`,
    );
    findings.add(what, `no prop for ${settings.join(', ')}, so the app sets it on the resource`);
  }
  for (const { what, setting, variable } of app.secrets) {
    findings.addWarning(
      what,
      `${setting} is a secret, so the app takes it from the variable ${variable}`,
      `Set TF_VAR_${variable}.`,
    );
  }
  for (const application of applications) {
    for (const { setting, value } of settingsAtRisk(application)) {
      findings.addWarning(
        `Application ${textOf(application, 'label')}`,
        `the Okta provider may not know ${setting} (${value}), and resets it with the first update`,
        'Decide before the deployment: adopt asks for --accept-loss.',
      );
    }
  }
}
