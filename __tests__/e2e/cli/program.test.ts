import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandRunner } from '../../support/command';

let command: CommandRunner;

const KONNECT = { KONNECT_SERVER_URL: 'http://127.0.0.1:65530', KONNECT_TOKEN: 'kpat_token' };

beforeEach(() => {
  command = new CommandRunner({
    PATH: process.env.PATH,
    ...KONNECT,
    KONNECT_PROXY_URL: 'http://127.0.0.1:65530',
  });
});

afterEach(() => command.remove());

const resource = (type: string, values: object) => ({
  address: `${type}.this`,
  mode: 'managed',
  type,
  values,
});
const client = (label: string) =>
  resource('okta_app_oauth', { label, client_id: `0oa${label}`, client_secret: 'a-secret-of-okta' });
const publication = resource('konnect_api_publication', {
  ...{ api_id: 'api', portal_id: 'portal', auth_strategy_ids: ['strategy'], visibility: 'public' },
});

function writeState(...resources: object[]): void {
  command.writeState({ format_version: '1.0', values: { root_module: { resources } } });
}

test('prints its commands, environment and exit codes', async () => {
  const { exitCode, stdout } = await command.run('--help');
  expect(exitCode).toBe(0);
  for (const word of ['register', 'verify', 'KONNECT_TOKEN', 'OKTA_CLIENT_SECRET', 'Exit codes:']) {
    expect(stdout).toContain(word);
  }
});

test('prints its version', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', '..', 'package.json'), 'utf8'));
  expect(await command.run('--version')).toMatchObject({ exitCode: 0, stdout: `${version}\n` });
});

test.each(['init', 'register', 'verify', 'rotate', 'adopt'])(
  'prints an example of %s, and takes --no-color',
  async (name) => {
    const { exitCode, stdout } = await command.run(name, '--help', '--no-color');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`$ okta-dev-portal-oidc ${name}`);
    expect(stdout).toContain('--no-color');
  },
);

describe('wrong usage ends with 2', () => {
  test.each<[string, string[], string]>([
    ['no command', [], 'Usage: okta-dev-portal-oidc'],
    ['an unknown command', ['verfy'], 'Did you mean verify?'],
    ['an unknown option', ['verify', '--jsn'], 'Did you mean --json?'],
    ['no developer', ['register'], "required option '--developer <e-mail>' not specified"],
    [
      'a wait that is no number',
      ['verify', '--wait', 'soon'],
      'It must be a number of seconds, 0 to 2147483.',
    ],
    ['an empty client id', ['verify', '--unregistered-client-id', ''], 'It is empty.'],
    ['a wait that no timer can keep', ['rotate', '--grace', '2592000'], '0 to 2147483.'],
    ['no synthesized app', ['verify'], 'No synthesized app in'],
    ['a state that is not there', ['verify', '--state', 'none.json'], 'File not found'],
  ])('%s', async (_, argv, message) => {
    const { exitCode, stdout, stderr } = await command.run(...argv);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  test('a stack that the app does not have', async () => {
    mkdirSync(join(command.folder, 'cdktf.out'));
    const stacks = {
      'how-to': { workingDirectory: 'stacks/how-to' },
      other: { workingDirectory: 'stacks/other' },
    };
    writeFileSync(join(command.folder, 'cdktf.out', 'manifest.json'), JSON.stringify({ stacks }));
    const { exitCode, stderr } = await command.run('verify', 'howto');
    expect(stderr).toBe('The app has no stack howto\n    → Its stacks are how-to, other.\n');
    expect(exitCode).toBe(2);
  });

  test.each<[string, string, string]>([
    ['no JSON', 'not json', 'is not the output of terraform show -json'],
    ['a .tfstate file', '{"version":4,"serial":1}', 'A .tfstate file has another format'],
    ['an empty state', '{"format_version":"1.0"}', 'is empty\n    → Deploy the stack first.'],
  ])('a state that is %s', async (_, content, message) => {
    writeFileSync(join(command.folder, 'state.json'), content);
    const { exitCode, stderr } = await command.run('verify', '--state', 'state.json');
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  test('an empty state beside another one is reported and skipped', async () => {
    writeState(client('a'));
    writeFileSync(join(command.folder, 'empty.json'), '{"format_version":"1.0"}');
    const { exitCode, stderr } = await command.run('verify', '--state', 'empty.json', 'state.json');
    expect(stderr).toContain('The state of empty.json is empty: not deployed.\n');
    expect(stderr).toContain('The stacks do not publish any API');
    expect(stderr).toContain('add the state from there with --state');
    expect(exitCode).toBe(2);
  });

  describe('a stack that is not initialized here', () => {
    let runner: CommandRunner;

    beforeEach(() => {
      const state = { format_version: '1.0', values: { root_module: { resources: [client('a')] } } };
      const binary = join(command.folder, 'terraform');
      const refusal = 'Backend initialization required, please run "terraform init"';
      writeFileSync(
        binary,
        `#!/bin/sh\ncase "$PWD" in *fresh) echo '${refusal}' >&2; exit 1;; esac\necho '${JSON.stringify(state)}'\n`,
        { mode: 0o755 },
      );
      runner = new CommandRunner({ PATH: process.env.PATH, ...KONNECT, TERRAFORM_BINARY_NAME: binary });
      const stacks = ['deployed', 'fresh'].map((name) => {
        mkdirSync(join(runner.folder, 'cdktf.out', name), { recursive: true });
        return [name, { workingDirectory: name }];
      });
      const manifest = join(runner.folder, 'cdktf.out', 'manifest.json');
      writeFileSync(manifest, JSON.stringify({ stacks: Object.fromEntries(stacks) }));
    });

    afterEach(() => runner.remove());

    test('is skipped and reported unless it was named', async () => {
      const before = process.env.CDKTF_OUTDIR;
      // An empty variable counts as unset.
      process.env.CDKTF_OUTDIR = '';
      const { exitCode, stderr } = await runner.run('verify');
      if (before === undefined) {
        delete process.env.CDKTF_OUTDIR;
      } else {
        process.env.CDKTF_OUTDIR = before;
      }
      expect(stderr).toMatch(/The stack in \S+fresh is skipped, because it is not initialized here/);
      expect(stderr).toContain('The stacks do not publish any API');
      expect(exitCode).toBe(2);
    });

    test('ends the command if it was named', async () => {
      const { exitCode, stderr } = await runner.run('verify', 'deployed', 'fresh');
      expect(stderr).toMatch(/terraform show -json failed in \S+fresh: Backend initialization required/);
      expect(stderr).toContain('Deploy the stack first');
      expect(exitCode).toBe(2);
    });

    test('names HCL beside the JSON, which Terraform refuses', async () => {
      for (const name of ['cdk.tf', 'cdk.tf.json']) {
        writeFileSync(join(runner.folder, 'cdktf.out', 'fresh', name), '');
      }
      const { stderr } = await runner.run('verify', 'fresh');
      expect(stderr).toContain('→ Delete cdk.tf, which repeats cdk.tf.json.');
    });
  });

  const cases: [string, object[], string[], string][] = [
    ['no publication', [client('a')], [], 'do not publish any API\n'],
    ['an API that is not published', [client('a'), publication], ['--api', 'x'], 'do not publish x\n'],
    ['no client', [publication], [], 'The stacks have no client'],
    [
      'two clients',
      [client('a'), client('b'), publication],
      [],
      'Name one with --client: a (0oaa), b (0oab).',
    ],
    [
      'an unknown client',
      [client('a'), publication],
      ['--client', 'c'],
      'The stacks have no client c\n    → Their clients are a (0oaa). Name another one by its client id: --client-id.',
    ],
    [
      'a client without a secret',
      [resource('okta_app_oauth', { label: 'a', client_id: '0oaa' }), publication],
      [],
      'No secret of a: OKTA_CLIENT_SECRET is not set',
    ],
    [
      'an unregistered client without a secret',
      [client('a'), publication, strategyInState()],
      ['--unregistered-client-id', '0oab'],
      'OKTA_UNREGISTERED_CLIENT_SECRET is not set',
    ],
  ];
  test.each(cases)('%s', async (_, resources, options, message) => {
    writeState(...resources);
    const { exitCode, stderr } = await command.run('verify', '--state', 'state.json', ...options);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

test('reads several state files, with modules', async () => {
  writeFileSync(
    join(command.folder, 'clients.json'),
    JSON.stringify({
      format_version: '1.0',
      values: { root_module: { child_modules: [{ resources: [client('a')] }] } },
    }),
  );
  writeState(publication, strategyInState());
  const { stderr, stdout } = await command.run(
    ...['verify', '--state', 'state.json', 'clients.json', '--wait', '0'],
  );
  expect(stderr).not.toContain('The stacks have no client');
  expect(stdout).toContain('✗ Auth strategy: Konnect cannot be reached at http://127.0.0.1:65530');
  expect(stderr.match(/65530\/v[23].* attempt 2 of 5/g)).toHaveLength(1);
});

test('names the missing binary', async () => {
  const runner = new CommandRunner({ PATH: '', TERRAFORM_BINARY_NAME: 'no-such-terraform' });
  const { exitCode, stderr } = await runner.run('verify', '--chdir', '.');
  runner.remove();
  expect(stderr).toContain('Found no no-such-terraform on the PATH');
  expect(exitCode).toBe(3);
});

test('masks secrets in all output, also with --debug', async () => {
  writeState(client('a-secret-of-okta'), publication, strategyInState());
  const { stdout, stderr } = await command.run('verify', '--state', 'state.json', '--debug', '--wait', '0');
  expect(stdout + stderr).not.toContain('a-secret-of-okta');
  expect(stdout + stderr).toContain('debug: ');
});

function strategyInState(): object {
  return resource('konnect_application_auth_strategy', {
    ...{ id: 'strategy', name: 'Okta' },
    openid_connect: {
      configs: {
        openid_connect: {
          ...{ issuer: 'http://127.0.0.1:65530/oauth2/default', credential_claim: ['clientId'] },
          ...{ auth_methods: ['client_credentials'], scopes: ['api.access'] },
        },
      },
    },
  });
}
