import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findTerraform } from 'okta-dev-portal-oidc-sandbox';
import { CDKTN } from '../support/cdktn/packed-project';
import { Page } from '../support/pages';
import { describeWithTerraform } from '../support/sandbox';

/*
 * Shell commands of the pages. Those of `okta-dev-portal-oidc` are in commands.test.ts.
 */
const ROOT = resolve(__dirname, '..', '..');
const PAGES = Page.all();
const COMMANDS = PAGES.flatMap((page) =>
  [...page.shellCommands(), ...page.jobCommands(), ...page.inlineCommands()].map((command) => ({
    page: page.path,
    command,
  })),
);
const { scripts, dependencies, devDependencies, peerDependencies } = packageJson('.');
const PACKAGES = new Set([
  ...Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }),
  packageJson('.').name,
  ...[CDKTN.framework, CDKTN.library, CDKTN.konnect, CDKTN.okta],
]);

interface PackageJson {
  readonly name: string;
  readonly scripts: { readonly [name: string]: string };
  readonly dependencies: object;
  readonly devDependencies: object;
  readonly peerDependencies: object;
}

function packageJson(folder: string): PackageJson {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

/** Arguments of every call of a program, with the page that shows it. */
function callsOf(program: string) {
  return COMMANDS.flatMap(({ page, command }) => {
    const [, rest] = new RegExp(`^${program}(?= |$)(.*)$`).exec(command) ?? [];
    return rest === undefined ? [] : [{ page, rest: rest.trim() }];
  });
}

/** Standard output of a program that must know its arguments. */
function printed(program: string, ...args: string[]): string {
  const env = { ...process.env, CI: 'true', CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1' };
  const { stdout } = spawnSync(program, args, { cwd: ROOT, encoding: 'utf8', env });
  return stdout;
}

test('every block is shell', () => {
  const blocks = PAGES.flatMap((page) => page.codeBlocks('sh'));
  expect(blocks).not.toEqual([]);
  for (const block of blocks) {
    // Placeholders are in angle brackets, which the shell takes for redirections.
    const { status, stderr } = spawnSync('bash', ['-n'], {
      input: block.replace(/<[a-z_ ]+>/g, 'it'),
      encoding: 'utf8',
    });
    expect([stderr, status]).toEqual(['', 0]);
  }
});

test('every variable is set or explained on its page', () => {
  const unknown = PAGES.flatMap((page) => {
    const blocks = page.codeBlocks('sh').join('\n');
    const used = new Set([...blocks.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name));
    const said = page.inlineCode().flatMap((code) => code.split(/\W+/));
    // The settings of the providers, which the page on the start explains and others refer to.
    const settings = /^(OKTA_(ORG_NAME|BASE_URL|API_TOKEN)|KONNECT_(SERVER_URL|TOKEN))$/;
    return [...used]
      .filter((name) => !settings.test(name) && !said.includes(name) && !blocks.includes(`${name}=`))
      .map((name) => `${page.path}: ${name}`);
  });
  expect(unknown).toEqual([]);
});

test('no line to paste has a comment, which zsh takes for arguments', () => {
  const commented = PAGES.flatMap((page) =>
    page
      .codeBlocks('sh')
      .flatMap((block) => block.split('\n'))
      .filter((line) => /(^|\s)#(\s|$)/.test(line))
      .map((line) => `${page.path}: ${line}`),
  );
  expect(commented).toEqual([]);
});

test('every block calls programs that are checked here', () => {
  const known =
    /^(npm|npx (cdktf(-cli@[\d.]+)?|jest|okta-dev-portal-oidc(-sandbox)?)|okta-dev-portal-oidc|terraform|python3|\.venv\/bin\/\w+|curl|if|export|cd|echo|mkdir|cp|\.|\w+=.*)( |$)/;
  const unknown = PAGES.flatMap((page) => page.shellCommands().filter((command) => !known.test(command)));
  expect(unknown).toEqual([]);
});

test('every package that is installed is one that this project has or depends on', () => {
  const installed = callsOf('npm (?:install|i)').flatMap(({ rest }) =>
    rest
      .split(' ')
      .filter((name) => name !== '' && !name.startsWith('-'))
      .map((name) => name.replace(/(?<=.)@.*$/, '')),
  );
  expect(installed).toContain('okta-dev-portal-oidc');
  expect(installed).toContain('okta-dev-portal-oidc-sandbox');
  expect(installed.filter((name) => !PACKAGES.has(name))).toEqual([]);
});

test('every script that is run exists', () => {
  const run = callsOf('npm run').map(({ rest }) => rest.split(' ')[0] ?? '');
  expect(run).not.toEqual([]);
  const template = packageJson('templates/typescript').scripts;
  expect(run.filter((name) => scripts[name] === undefined && template[name] === undefined)).toEqual([]);
});

test('cdktf has every command and option that is shown, and every app exists', () => {
  const calls = callsOf('npx cdktf');
  expect(calls).not.toEqual([]);
  const commands = new Set(calls.map(({ rest }) => rest.split(' ')[0] ?? ''));
  for (const command of commands) {
    const help = printed(process.execPath, join('node_modules', '.bin', 'cdktf'), command, '--help');
    expect(help).toMatch(new RegExp(`^cdktf ${command}\\b`));
    const shown = calls.filter(({ rest }) => rest.startsWith(command));
    const options = shown.flatMap(({ rest }) => rest.replace(/"[^"]*"/g, '').match(/--[a-z-]+/g) ?? []);
    expect(options.filter((option) => !help.includes(`${option} `))).toEqual([]);
  }
  const apps = calls.flatMap(
    ({ rest }) => /--app "node -r sucrase\/register\/ts ([^"]+)"/.exec(rest)?.[1] ?? [],
  );
  expect(apps).not.toEqual([]);
  expect(apps.filter((script) => !existsSync(join(ROOT, script)))).toEqual([]);
});

test('the sandbox has every option that is shown', () => {
  const help = printed(
    process.execPath,
    ...['--import', 'tsx', join('packages', 'sandbox', 'src', 'command.ts'), '--help'],
  );
  const page = new Page('packages/sandbox/README.md');
  const options = page.inlineCode().flatMap((code) => /^--[a-z-]+/.exec(code)?.[0] ?? []);
  expect(options).toContain('--providers');
  expect(options.filter((option) => !help.includes(`${option} `))).toEqual([]);
});

describeWithTerraform('Terraform', () => {
  test('has every command and option that is shown', () => {
    const terraform = findTerraform() ?? '';
    const calls = callsOf('terraform');
    expect(calls).not.toEqual([]);
    for (const { page, rest } of calls) {
      const command = rest.split(' ').filter((word) => /^[a-z][a-z-]*$/.test(word));
      // What apply takes of a plan stands there.
      const commands = command[0] === 'apply' ? [command, ['plan']] : [command];
      const help = commands.map((each) => printed(terraform, ...each, '-help')).join('\n');
      expect([page, rest, help]).toEqual([page, rest, expect.stringContaining('Usage: ')]);
      const options: string[] = rest.match(/(?<= )-[a-z-]+/g) ?? [];
      expect([page, options.filter((option) => !help.includes(option))]).toEqual([page, []]);
    }
  });
});
