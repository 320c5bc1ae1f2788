import { CommandRunner } from '../support/command';
import { Page } from '../support/pages';

/*
 * What the pages say of the command: its options, and how they call it.
 */
const COMMANDS = ['register', 'verify', 'rotate', 'adopt'] as const;
const README = new Page('cli/README.md');

let runner: CommandRunner;

beforeAll(() => {
  runner = new CommandRunner({});
});

afterAll(() => runner.remove());

/** Options of a command with their arguments, as `--help` prints them. */
async function optionsOf(command: string): Promise<string[]> {
  const { stdout, exitCode } = await runner.run(command, '--help');
  expect(exitCode).toBe(0);
  return [...stdout.matchAll(/^ {2}(--[a-z-]+(?: <[^>]+>)?)/gm)].map(([, option = '']) => option);
}

/** Options in the tables of a part of the page. */
function documented(part: string): string[] {
  const rows = part.split('\n').filter((line) => line.startsWith('| `--'));
  return rows.flatMap((row) =>
    [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g)].map(([, option = '']) => option),
  );
}

test.each(COMMANDS)('the page of the command has every option of %s with its argument', async (command) => {
  const [common = '', ...sections] = README.content.split(/^## /m);
  const section = sections.find((each) => each.startsWith(`${command}\n`)) ?? '';
  const shared = command === 'adopt' ? [] : documented(common);
  const options = await optionsOf(command);
  expect(options.length).toBeGreaterThan(5);
  expect([...shared, ...documented(section)].sort()).toEqual(options.sort());
});

test('the pages call the command with options that it has', async () => {
  const calls = Page.all().flatMap((page) =>
    [...page.shellCommands(), ...page.inlineCommands()].flatMap((shown) => {
      const [, command, rest = ''] = /^(?:npx )?okta-dev-portal-oidc (\w+)(.*)$/.exec(shown) ?? [];
      return command === undefined ? [] : [{ page: page.path, command, rest }];
    }),
  );
  expect(new Set(calls.map(({ command }) => command))).toEqual(new Set(COMMANDS));
  const known = new Map<string, string[]>();
  for (const command of COMMANDS) {
    known.set(
      command,
      (await optionsOf(command)).map((option) => option.split(' ')[0] ?? ''),
    );
  }
  const used = calls.flatMap(({ page, command, rest }) =>
    [...rest.matchAll(/\s(--[a-z-]+)/g)].map(([, option = '']) => ({ page, command, option })),
  );
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter(({ command, option }) => !known.get(command)?.includes(option))).toEqual([]);
});

test('the pages name options of the command that it has', async () => {
  const known = (await Promise.all(COMMANDS.map(optionsOf))).flat().map((option) => option.split(' ')[0]);
  const named = ['docs/troubleshoot.md', 'docs/adopt.md', 'docs/regions.md', 'docs/upgrade-providers.md']
    .flatMap((path) => new Page(path).inlineCode())
    .filter((code) => /^--[a-z-]+$/.test(code));
  expect(named).toContain('--wait-for-approval');
  expect(named.filter((option) => !known.includes(option))).toEqual([]);
});

test('the links that the page of error messages names are on the page of the command', () => {
  const titles = README.tables('Link').flatMap(([title = '']) => title);
  expect(titles).toContain('Gateway service and route');
  const named = new Page('docs/troubleshoot.md')
    .tables('Broken link')
    .map(([cell = '']) => cell.split(/[:,]/)[0] ?? '');
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((title) => !titles.includes(title))).toEqual([]);
});
