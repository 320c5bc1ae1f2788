import { CommandRunner } from '../test-support/command';
import { Page } from '../test-support/pages';

const NAME = 'okta-dev-portal-oidc';
const CALL = new RegExp(`(?:^|\\s|\`)${NAME} ([a-z]+)\\b(.*)$`);

/** A call of the command, as a page shows it. */
interface Call {
  readonly page: string;
  readonly line: string;
  readonly command: string;
  readonly options: string[];
}

let runner: CommandRunner;

beforeAll(() => {
  runner = new CommandRunner({});
});

afterAll(() => runner.remove());

function calls(): Call[] {
  return Page.all().flatMap((page) =>
    [...page.codeBlocks('sh').flatMap((block) => block.split('\n')), ...page.inlineCode()].flatMap((line) => {
      const [, command, rest = ''] = CALL.exec(line) ?? [];
      const options = [...rest.replace(/ #.*$/, '').matchAll(/\s(--[a-z-]+)/g)].map(
        ([, option = '']) => option,
      );
      return command === undefined ? [] : [{ page: page.path, line, command, options }];
    }),
  );
}

test('the pages call the command with options that it has', async () => {
  const shown = calls();
  expect(new Set(shown.map(({ command }) => command))).toEqual(new Set(['register', 'verify', 'adopt']));
  const known = new Map<string, string>();
  for (const command of new Set(shown.map((call) => call.command))) {
    const { stdout, exitCode } = await runner.run(command, '--help');
    expect(exitCode).toBe(0);
    known.set(command, stdout);
  }
  const unknown = shown.flatMap(({ page, line, command, options }) =>
    options
      .filter((option) => !new RegExp(`${option}(?![a-z-])`).test(known.get(command) ?? ''))
      .map((option) => `${page}: ${option} in ${line}`),
  );
  expect(shown.flatMap(({ options }) => options).length).toBeGreaterThan(5);
  expect(unknown).toEqual([]);
});

test.each(['register', 'adopt'])('every option of %s is on the page of the command', async (command) => {
  const { content } = new Page('cli/README.md');
  const { stdout } = await runner.run(command, '--help');
  const options = [...stdout.matchAll(/^\s+(--[a-z-]+)/gm)].map(([, option = '']) => option);
  expect(options.length).toBeGreaterThan(5);
  const left = ['--full-name', '--application', '--output', '--help'];
  expect(options.filter((option) => !content.includes(option) && !left.includes(option))).toEqual([]);
});
