import { relative, resolve } from 'node:path';
import type { Console } from '../console';
import { ExitCode } from '../exit';
import { quote } from '../shell';
import { type InitOptions, Language } from './init-options';
import type { InitResult } from './output';
import { COPIES_NOTE, PackedPackages } from './packed-packages';
import { readTemplate, readTestedVersions } from './template';
import { writeNewFiles } from './write-files';

/** Creates a project: a stack, its tests, a CI workflow. Needs no account and no network. */
export async function init(options: InitOptions, console: Console): Promise<ExitCode> {
  const { language, packages, json } = options;
  const { cwd } = console.io;
  const folder = resolve(cwd, options.folder);
  const tested = readTestedVersions();
  const template = readTemplate(language, tested);
  const files =
    packages === undefined
      ? template
      : new PackedPackages(resolve(cwd, packages), tested).addTo(template, language);
  writeNewFiles(folder, files);
  const paths = files.map(({ path }) => path);
  if (json) {
    const result: InitResult = { ok: true, folder, language, files: paths };
    console.printJson(result);
    return ExitCode.OK;
  }
  console.print(`Created in ${folder}:\n${paths.map((path) => `  ${path}`).join('\n')}\n`);
  console.print(`Next:\n${nextSteps(language, relative(cwd, folder)).join('\n')}\n`);
  console.print('npm run sandbox needs Terraform 1.5 or newer, or OpenTofu, and no account.');
  console.print('README.md explains how to deploy.');
  // Until the first release.
  console.print(
    packages === undefined
      ? `${tested.name} ${tested.versions[tested.name]} is not released yet, so npm install fails. Pack it in a checkout, and start again with --packages.`
      : COPIES_NOTE,
  );
  return ExitCode.OK;
}

function nextSteps(language: Language, folder: string): string[] {
  return [
    ...(folder === '' ? [] : [`  cd ${quote(folder)}`]),
    ...(language === Language.PYTHON
      ? ['  python3 -m venv .venv', '  .venv/bin/pip install --requirement requirements.txt']
      : []),
    '  npm install',
    '  npm test',
    '  npm run sandbox',
  ];
}
