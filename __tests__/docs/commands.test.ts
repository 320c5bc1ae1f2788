import { CommandRunner } from '../support/command';
import { Page } from '../support/pages';

/*
 * Commands and options of `okta-dev-portal-oidc` on the pages, held against its help.
 */
const README = new Page('cli/README.md');

/** Options of each command, with their arguments. */
const options = new Map<string, string[]>();

async function help(...argv: string[]): Promise<string> {
  const runner = new CommandRunner({});
  try {
    return (await runner.run(...argv, '--help')).stdout;
  } finally {
    runner.remove();
  }
}

beforeAll(async () => {
  const commands = [...(await help()).matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name = '']) => name);
  for (const command of commands) {
    const text = await help(command);
    options.set(
      command,
      [...text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+(?: <[^>]+>)?)/gm)].map(([, option = '']) => option),
    );
  }
});

/** Options in the tables of a part of the page. */
function documented(part: string): string[] {
  const cells = part.match(/^\| `--[^|]*/gm) ?? [];
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, option = '']) => option));
}

/** Calls of the command on all pages. */
function calls() {
  return Page.all().flatMap((page) =>
    [...page.shellCommands(), ...page.jobCommands(), ...page.inlineCommands()].flatMap((shown) => {
      const [, command, rest = ''] = /^(?:npx )?okta-dev-portal-oidc (\w+)(.*)$/.exec(shown) ?? [];
      return command === undefined ? [] : [{ page: page.path, command, rest }];
    }),
  );
}

test('the page of the command has every option of every command', () => {
  const [common = '', ...sections] = README.content.split(/^## /m);
  expect(options.size).toBeGreaterThan(0);
  for (const [command, known] of options) {
    const section = sections.find((each) => each.startsWith(`${command}\n`)) ?? '';
    const own = documented(section);
    const missing = known.filter((option) => ![...own, ...documented(common), '--help'].includes(option));
    const unknown = own.filter((option) => !known.includes(option));
    expect({ command, missing, unknown }).toEqual({ command, missing: [], unknown: [] });
  }
});

test('the pages call the command with options that it has', () => {
  const wrong = calls().filter(({ command, rest }) => {
    const known = options.get(command)?.map((option) => option.split(' ')[0]);
    const used = [...rest.matchAll(/\s(--[a-z-]+)/g)].map(([, option = '']) => option);
    return known === undefined || used.some((option) => !known.includes(option));
  });
  expect(calls()).not.toEqual([]);
  expect(wrong).toEqual([]);
});

// The shell empties the file before the command runs, and leaves it empty if the command fails.
test('no page redirects output into the source of an app', () => {
  const commands = Page.all().flatMap((page) => page.shellCommands());
  expect(commands.filter((command) => />\s*\S+\.(ts|py)\b/.test(command))).toEqual([]);
});

test('every project that a page creates has its own folder', () => {
  for (const page of Page.all()) {
    const folders = page.shellCommands().flatMap((command) => / init (\S+)/.exec(command)?.[1] ?? []);
    expect([page.path, folders]).toEqual([page.path, [...new Set(folders)]]);
  }
});

test('the links that Troubleshoot names are on the page of the command', () => {
  const titles = README.tables('Link').map(([title = '']) => title);
  const named = new Page('docs/troubleshoot.md')
    .tables('Broken link')
    .map(([cell = '']) => cell.split(/[:,]/)[0] ?? '');
  expect(named).not.toEqual([]);
  expect(named.filter((title) => !titles.includes(title))).toEqual([]);
});
