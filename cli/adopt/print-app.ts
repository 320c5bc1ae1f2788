import { join, parse, relative, resolve } from 'node:path';
import type { Console } from '../console';
import { ExitCode } from '../exit';
import { KonnectClient } from '../konnect-client';
import { OktaAdminClient } from '../okta-admin-client';
import type { AppSource } from './app/app-source';
import { generateApp } from './app/generate-app';
import { settingsAtRisk } from './application-settings';
import { textOf } from './entity';
import { checkWritable, writeWhole } from './files';
import { Findings } from './findings';
import { findKonnectHowTo } from './how-to/konnect-how-to';
import { KonnectReader } from './how-to/konnect-reader';
import { findOktaHowTo } from './how-to/okta-how-to';
import { OktaReader } from './how-to/okta-reader';
import { formatValue } from './secrets';

/** Options of `adopt --print-app`: names or ids of what the app is for, where there are several. */
export interface PrintAppOptions {
  readonly portal?: string;
  readonly api?: readonly string[];
  readonly strategy?: string;
  readonly policy?: string;
  readonly rule?: string;
  readonly client?: readonly string[];

  /** The adoption file that the app reads. */
  readonly file: string;
  readonly json: boolean;
}

/** Finds a how-to that was set up by hand, and prints an app with its names and settings. Changes nothing in the tenants. */
export async function printApp(options: PrintAppOptions, console: Console): Promise<ExitCode> {
  const { cwd } = console.io;
  const path = resolve(cwd, options.file);
  checkWritable(path);
  const findings = new Findings();
  const app = await findApp(options, relative(cwd, path), findings, console);
  const files = (app?.textFiles ?? []).map(({ name, content }) => ({ file: resolve(cwd, name), content }));
  for (const { file, content } of files) {
    writeWhole(file, content);
  }
  if (options.json) {
    const result = app && { app: app.toString(), files: files.map(({ file }) => file) };
    console.print(JSON.stringify({ ok: app !== undefined, findings, ...result }, null, 2));
  } else {
    for (const line of findings.lines) {
      console.note(line);
    }
    console.note(
      app
        ? ['Printed the app.', ...files.map(({ file }) => `Wrote ${relative(cwd, file)}.`)].join(' ')
        : 'Fix the errors and run this again. No app was printed.',
    );
    if (app) {
      console.print(app.toString());
    }
  }
  return app ? ExitCode.OK : ExitCode.FAILED;
}

/** The app for one how-to, from the portal to the applications; `undefined` if not all of it was found. */
async function findApp(
  { portal, strategy, policy, rule, api: apis = [], client: clients = [] }: PrintAppOptions,
  file: string,
  findings: Findings,
  console: Console,
): Promise<AppSource | undefined> {
  const konnectReader = new KonnectReader(await KonnectClient.create(console));
  const oktaReader = new OktaReader(await OktaAdminClient.create(console));
  const konnect = await findKonnectHowTo(konnectReader, { portal, strategy, apis }, findings);
  const okta = konnect && (await findOktaHowTo(oktaReader, konnect, { policy, rule, clients }, findings));
  if (!konnect || !okta) {
    return undefined;
  }
  const { dir, name } = parse(file);
  const app = generateApp({ okta, konnect }, file, (what) => join(dir, `${name}.${what}`));
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
  for (const application of okta.applications) {
    for (const { setting, value } of settingsAtRisk(application)) {
      findings.addWarning(
        `Application ${textOf(application, 'label')}`,
        `the Okta provider may not know ${setting} (${value}), and resets it with the first update`,
        'Decide before the deployment: adopt asks for --accept-loss.',
      );
    }
  }
  return app;
}
