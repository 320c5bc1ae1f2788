import { CommandRunner } from '../../support/command';

/* Every option that another one makes ineffective is an error, before anything is read. */
let command: CommandRunner;

beforeEach(() => {
  command = new CommandRunner({ PATH: process.env.PATH });
});

afterEach(() => command.remove());

async function expectUsageError(argv: readonly string[], message: string): Promise<void> {
  expect(await command.run(...argv)).toEqual({ exitCode: 2, stdout: '', stderr: `${message}\n` });
}

const DEVELOPER = ['register', '--developer', 'dev@example.com'];
const PRINT_APP = ['adopt', '--print-app'];

describe.each([[DEVELOPER], [['verify']], [['rotate', '--file', 'secret']]])('%s reads one state', (argv) => {
  test.each([
    [['--chdir', 'a', '--state', 'b'], '--state', '--chdir'],
    [['--chdir', 'a', '--output', 'b'], '--output', '--chdir'],
    [['a-stack', '--chdir', 'a'], 'A stack name', '--chdir'],
    [['--state', 'a', '--output', 'b'], '--output', '--state'],
    [['a-stack', '--state', 'a'], 'A stack name', '--state'],
  ])('%j', async (options, ineffective, effective) => {
    await expectUsageError(
      [...argv, ...options],
      `${ineffective} has no effect with ${effective}\n    → Leave one of them out.`,
    );
  });
});

test('the folder of the app may be set in the environment beside --chdir', async () => {
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = 'out';
  const { stderr } = await command.run('verify', '--chdir', 'none');
  if (before === undefined) {
    delete process.env.CDKTF_OUTDIR;
  } else {
    process.env.CDKTF_OUTDIR = before;
  }
  expect(stderr).not.toContain('has no effect');
});

test.each([[DEVELOPER], [['verify']]])('%s takes one client', async (argv) => {
  await expectUsageError(
    [...argv, '--client', 'a', '--client-id', 'b'],
    '--client has no effect with --client-id\n    → Leave one of them out.',
  );
});

test.each([
  [['verify', '--api', 'Orders', '--api', 'Payments'], '--api'],
  [[...DEVELOPER, '--client', 'a', '--client', 'b'], '--client'],
  [['rotate', '--exec', 'a', '--exec', 'b'], '--exec'],
  [[...PRINT_APP, '--only', 'portal', '--only', 'apis'], '--only'],
])('%j sets an option with one value twice', async (argv, option) => {
  await expectUsageError(argv, `${option} is set twice\n    → Set it once. It takes one value.`);
});

test('verify writes its reports to two files', async () => {
  await expectUsageError(
    ['verify', '--junit', 'report', '--markdown', './report'],
    '--junit and --markdown are the same file: report\n    → Name two files.',
  );
});

describe('adopt', () => {
  test.each([
    ['--only', 'portal'],
    ['--portal', 'a'],
    ['--api', 'a'],
    ['--strategy', 'a'],
    ['--policy', 'a'],
    ['--rule', 'a'],
    ['--client', 'a'],
  ])('%s needs an app', async (option, value) => {
    await expectUsageError(
      ['adopt', option, value],
      `${option} has no effect without --write-app or --print-app\n    → Add --write-app <file>, or leave ${option} out.`,
    );
  });

  test.each([
    [['--partial'], '--partial'],
    [['--import', 'a=b'], '--import'],
    [['--accept-loss', 'a'], '--accept-loss'],
    [['--output', 'a'], '--output'],
    [['a-stack'], 'A stack name'],
  ])('%j takes no app', async (options, ineffective) => {
    for (const app of [['--print-app'], ['--write-app', 'app.ts']]) {
      await expectUsageError(
        ['adopt', ...app, ...options],
        `${ineffective} has no effect with ${app[0]}\n    → Leave one of them out.`,
      );
    }
  });

  test('an app goes to stdout or to one file', async () => {
    await expectUsageError(
      [...PRINT_APP, '--write-app', 'app.ts'],
      '--print-app has no effect with --write-app\n    → Leave one of them out.',
    );
    await expectUsageError(
      [...PRINT_APP, '--overwrite'],
      '--overwrite has no effect without --write-app\n    → Add --write-app <file>, or leave --overwrite out.',
    );
  });

  test.each([
    [
      '--policy',
      'portal,apis',
      'Leave one of them out. Only the app for a whole how-to has an access policy.',
    ],
    ['--rule', 'clients', 'Leave one of them out. Only the app for a whole how-to has an access policy.'],
    [
      '--portal',
      'clients',
      'Leave --portal out, or add portal or apis or publications or gateway to --only.',
    ],
    ['--api', 'portal', 'Leave --api out, or add apis or publications or gateway to --only.'],
    [
      '--strategy',
      'clients,portal',
      'Leave --strategy out, or add apis or publications or gateway to --only.',
    ],
    ['--client', 'gateway', 'Leave --client out, or add clients to --only.'],
  ])('%s with --only %s', async (option, parts, remedy) => {
    await expectUsageError(
      [...PRINT_APP, '--only', parts, option, 'a'],
      `${option} has no effect with --only ${parts}\n    → ${remedy}`,
    );
  });
});
