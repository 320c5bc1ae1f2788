import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { ChaosProxy, type Fault } from '../../test-support/chaos-proxy';
import { CommandRunner } from '../../test-support/command';
import { HandMadeHowTo, type HandMadeOptions } from '../../test-support/hand-made';
import { SecretScanner } from '../../test-support/secret-scanner';

let sandbox: Sandbox;
let made: HandMadeHowTo;
let command: CommandRunner;

beforeEach(async () => {
  sandbox = await Sandbox.start();
});

afterEach(async () => {
  expect(SecretScanner.of(sandbox).find({ command: command.everything })).toEqual([]);
  command.remove();
  await sandbox.stop();
});

async function setUp(options: HandMadeOptions = {}): Promise<void> {
  made = await HandMadeHowTo.create(sandbox, options);
  command = CommandRunner.forSandbox(sandbox);
  command.writeState(made.state());
  sandbox.requests.clear();
}

const register = (...options: string[]) =>
  command.run('register', '--state', 'state.json', '--developer', 'dev@example.test', ...options);
const writes = () => sandbox.requests.writes().map(({ method, path, status }) => [method, path, status]);
const portal = () => `/v3/portals/${made.portalId}`;
const listed = async (what: string) =>
  ((await made.admin.konnect('GET', `${portal()}/${what}`)) as unknown as { data: { id: string }[] }).data;

/** Publishes one more API with the strategy, in Konnect and in the state. */
async function publishAnother(name: string): Promise<string> {
  const { id } = await made.admin.konnect('POST', '/v3/apis', { name });
  const strategy = { auth_strategy_ids: [made.strategyId], visibility: 'public' };
  await made.admin.konnect('PUT', `/v3/apis/${id}/publications/${made.portalId}`, strategy);
  const state = made.state() as { values: { root_module: { resources: object[] } } };
  const values = { api_id: id, portal_id: made.portalId, ...strategy };
  state.values.root_module.resources.push(
    { ...{ address: 'konnect_api.another', mode: 'managed', type: 'konnect_api' }, values: { id, name } },
    {
      ...{ address: 'konnect_api_publication.another', mode: 'managed' },
      type: 'konnect_api_publication',
      values,
    },
  );
  command.writeState(state);
  sandbox.requests.clear();
  return id;
}

/** Runs the command with a fault for the first request of a method to a path, or a later one. */
async function withFault(
  method: string,
  path: RegExp,
  fault: Fault & { readonly skipped?: number },
  ...argv: string[]
) {
  let index = 0;
  const proxy = await ChaosProxy.start(sandbox.konnect.url, (request) =>
    request.method === method && path.test(request.path) && index++ === (fault.skipped ?? 0)
      ? fault
      : undefined,
  );
  const runner = CommandRunner.forSandbox(sandbox, { KONNECT_SERVER_URL: proxy.url });
  runner.writeState(JSON.parse(command.state));
  const ended = await runner.run(
    'register',
    '--state',
    'state.json',
    '--developer',
    'dev@example.test',
    ...argv,
  );
  runner.remove();
  await proxy.stop();
  return ended;
}

test('creates developer, application and registration', async () => {
  await setUp();
  const { exitCode, stdout, stderr } = await register();
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    '✓ Developer dev@example.test: created, approved',
    '✓ Application Dev Portal app: created',
    '✓ Registration for MyAPI: created, approved',
    '',
  ]);
  expect(exitCode).toBe(0);
  const [application] = await listed('applications');
  expect(application).toMatchObject({ name: 'Dev Portal app', client_id: made.clientId });
  expect(sandbox.requests.writes().map(({ body }) => body)).toEqual([
    { email: 'dev@example.test', full_name: 'dev@example.test', send_invitation_email: false },
    {
      name: 'Dev Portal app',
      client_id: made.clientId,
      auth_strategy_id: made.strategyId,
      owner: { type: 'developer', id: (await listed('developers'))[0].id },
    },
    { api_id: made.apiId },
  ]);
});

test('changes nothing the second time', async () => {
  await setUp();
  await register();
  sandbox.requests.clear();
  const { exitCode, stdout } = await register();
  expect(stdout.split('\n')).toEqual([
    '✓ Developer dev@example.test: is there, approved',
    '✓ Application Dev Portal app: is there',
    '✓ Registration for MyAPI: is there, approved',
    '',
  ]);
  expect(exitCode).toBe(0);
  expect(writes()).toEqual([]);
});

test('with --dry-run creates nothing and tells what it would', async () => {
  await setUp();
  const { exitCode, stdout } = await register('--dry-run', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    results: [
      { kind: 'developer', name: 'dev@example.test', change: 'would be created' },
      { kind: 'application', name: 'Dev Portal app', change: 'would be created' },
      { kind: 'registration', name: 'MyAPI', change: 'would be created' },
    ],
  });
  expect(writes()).toEqual([]);
});

test('takes the names that are given', async () => {
  await setUp();
  await register('--full-name', 'Ada Lovelace', '--application', 'Billing');
  expect(await listed('developers')).toMatchObject([{ full_name: 'Ada Lovelace' }]);
  expect(await listed('applications')).toMatchObject([{ name: 'Billing' }]);
});

test('finds what is on the second page', async () => {
  await setUp();
  for (let index = 0; index < 101; index += 1) {
    await made.admin.konnect('POST', `${portal()}/developers`, {
      email: `d${index}@example.test`,
      full_name: 'D',
    });
  }
  const [owner] = await listed('developers');
  for (let index = 0; index < 101; index += 1) {
    await made.admin.konnect('POST', `${portal()}/applications`, {
      ...{ name: `app ${index}`, client_id: `client-${index}`, auth_strategy_id: made.strategyId },
      owner: { type: 'developer', id: owner.id },
    });
  }
  await register();
  sandbox.requests.clear();
  await register();
  expect(writes()).toEqual([]);
});

describe('where the portal does not approve', () => {
  test('says what is pending and who approves it, with exit code 1', async () => {
    await setUp({ autoApprove: false });
    const { exitCode, stdout } = await register();
    expect(stdout).toContain(
      '✗ Registration for MyAPI: developer dev@example.test is pending, and the registration is pending',
    );
    expect(stdout).toContain(
      'A Portal Admin of the Konnect organization approves in Dev Portal > MyDevPortal',
    );
    expect(exitCode).toBe(1);
    expect((await register()).exitCode).toBe(1);
    expect(await listed('applications')).toHaveLength(1);
  });

  test('asks for every API before it ends, and names each that waits', async () => {
    await setUp({ autoApprove: false });
    await publishAnother('Stock');
    const { exitCode, stdout } = await register('--json');
    expect(exitCode).toBe(1);
    const { ok, results, error } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(results).toMatchObject([
      { kind: 'developer', status: 'pending', change: 'created' },
      { kind: 'application', change: 'created' },
      { kind: 'registration', name: 'MyAPI', status: 'pending', change: 'created' },
      { kind: 'registration', name: 'Stock', status: 'pending', change: 'created' },
    ]);
    const waiting = 'developer dev@example.test is pending, and the registration is pending';
    expect(error).toBe(`Registration for MyAPI: ${waiting}; Registration for Stock: ${waiting}`);
    const [application] = await listed('applications');
    expect(await listed(`applications/${application.id}/registrations`)).toHaveLength(2);
  });

  test('waits for all of them together, no longer than it was told', async () => {
    await setUp({ autoApprove: false });
    await publishAnother('Stock');
    const begun = performance.now();
    const { exitCode } = await register('--wait-for-approval', '1');
    expect(exitCode).toBe(1);
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(performance.now() - begun).toBeLessThan(1_900);
  });

  test('waits until it is approved', async () => {
    await setUp({ autoApprove: false });
    const registering = register('--wait-for-approval', '20');
    const approve = async () => {
      const [developer] = await listed('developers');
      const [application] = await listed('applications');
      const registrations = `applications/${application?.id}/registrations`;
      const [registration] = application ? await listed(registrations) : [];
      if (!registration) {
        setTimeout(approve, 50);
        return;
      }
      await made.admin.konnect('PATCH', `${portal()}/developers/${developer.id}`, { status: 'approved' });
      await made.admin.konnect('PATCH', `${portal()}/${registrations}/${registration.id}`, {
        status: 'approved',
      });
    };
    await approve();
    const { exitCode, stdout } = await registering;
    expect(stdout).toContain('✓ Registration for MyAPI: created, approved');
    expect(exitCode).toBe(0);
  }, 30_000);

  test('does not wait for what was refused', async () => {
    await setUp();
    await register();
    const [application] = await listed('applications');
    const registrations = `applications/${application.id}/registrations`;
    const [registration] = await listed(registrations);
    await made.admin.konnect('PATCH', `${portal()}/${registrations}/${registration.id}`, {
      status: 'revoked',
    });
    const { exitCode, stdout } = await register('--wait-for-approval', '20');
    expect(stdout).toContain('✗ Registration for MyAPI: the registration is revoked');
    expect(exitCode).toBe(1);
  });
});

describe('when the strategy was replaced', () => {
  test('names the cause, and changes nothing', async () => {
    await setUp();
    await register();
    await made.replaceStrategy();
    command.writeState(made.state());
    sandbox.requests.clear();
    const { exitCode, stdout } = await register();
    expect(stdout).toContain('which no API on the portal has any more: its requests get 403');
    expect(stdout).toContain('with --replace');
    expect(stdout).toContain('– Registration for MyAPI: not done, because of what failed before it');
    expect(exitCode).toBe(1);
    expect(writes()).toEqual([]);
  });

  test('creates the application anew with --replace', async () => {
    await setUp();
    await register();
    const [old] = await listed('applications');
    await made.replaceStrategy();
    command.writeState(made.state());
    expect((await register('--replace', '--dry-run')).stdout).toContain(
      '✓ Application Dev Portal app: would be replaced',
    );
    const { exitCode, stdout } = await register('--replace');
    expect(stdout).toContain('✓ Application Dev Portal app: replaced');
    expect(exitCode).toBe(0);
    const applications = await listed('applications');
    expect(applications).toMatchObject([{ auth_strategy: { id: made.strategyId } }]);
    expect(applications[0].id).not.toBe(old.id);
  });

  test('leaves the application of another developer to its owner', async () => {
    await setUp();
    await register();
    const [old] = await listed('applications');
    await made.replaceStrategy();
    command.writeState(made.state());
    const ofAnother = (...options: string[]) =>
      command.run('register', '--state', 'state.json', '--developer', 'other@example.test', ...options);
    for (const options of [[], ['--replace'], ['--replace', '--dry-run']]) {
      const { exitCode, stdout } = await ofAnother(...options);
      expect(stdout).toContain('✗ Application Dev Portal app: application Dev Portal app has the strategy');
      expect(stdout).toContain('and belongs to another developer (dev@example.test)');
      expect(stdout).toContain('→ Register as its owner, --developer dev@example.test --replace, or');
      expect(exitCode).toBe(1);
    }
    expect((await listed('applications')).map(({ id }) => id)).toEqual([old.id]);
    expect((await register('--replace')).exitCode).toBe(0);
  });

  test.each([
    ['beside it', ['--replace', '--application', 'Second'], 2],
    ['after it, since Konnect takes a name once', ['--replace'], 1],
  ])('tells when the old application cannot be deleted, with the new one %s', async (_, options, count) => {
    await setUp();
    await register();
    await made.replaceStrategy();
    command.writeState(made.state());
    const { exitCode, stdout } = await withFault(
      'DELETE',
      /\/applications\/[^/]+$/,
      { status: 400 },
      ...options,
    );
    expect(stdout).toMatch(/✗ Application .*: Konnect refuses DELETE \/v3\/.* with 400/);
    expect(stdout).toContain('– Registration for MyAPI: not done, because of what failed before it');
    expect(exitCode).toBe(1);
    expect(await listed('applications')).toHaveLength(count);
    const again = await register(...options);
    expect(again.stdout).toMatch(/✓ Application .*: replaced/);
    expect(again.exitCode).toBe(0);
    expect(await listed('applications')).toMatchObject([{ auth_strategy: { id: made.strategyId } }]);
  });

  test('says that the old application is gone when the new one is refused after it', async () => {
    await setUp();
    await register();
    await made.replaceStrategy();
    command.writeState(made.state());
    // Konnect takes a name once, so the first attempt fails for the old application.
    const second = { status: 400, skipped: 1 };
    const { exitCode, stdout } = await withFault('POST', /\/applications$/, second, '--replace');
    expect(stdout).toMatch(
      /with 400; the old application is deleted, and the next run creates the new one\n/,
    );
    expect(exitCode).toBe(1);
    expect(await listed('applications')).toEqual([]);
    expect((await register()).exitCode).toBe(0);
  });

  test('takes a deletion for done whose answer was lost', async () => {
    await setUp();
    await register();
    await made.replaceStrategy();
    command.writeState(made.state());
    const lost = { status: 503, afterwards: true };
    const { exitCode } = await withFault('DELETE', /\/applications\/[^/]+$/, lost, '--replace');
    expect(exitCode).toBe(0);
    expect(await listed('applications')).toHaveLength(1);
  });

  test('leaves an application alone whose strategy another API on the portal has', async () => {
    await setUp();
    await register();
    const [old] = await listed('applications');
    const { id: other } = await made.admin.konnect('POST', '/v3/apis', { name: 'Other' });
    const before = made.strategyId;
    await made.admin.konnect('PUT', `/v3/apis/${other}/publications/${made.portalId}`, {
      auth_strategy_ids: [before],
    });
    await made.admin.konnect('PUT', `/v3/apis/${made.apiId}/publications/${made.portalId}`, {});
    const { id: strategy } = await made.admin.konnect('POST', '/v2/application-auth-strategies', {
      ...{ name: 'New', display_name: 'New', strategy_type: 'openid_connect' },
      configs: {
        'openid-connect': {
          ...{ issuer: made.issuer, credential_claim: ['clientId'], scopes: ['api.access'] },
          auth_methods: ['client_credentials'],
        },
      },
    });
    await made.admin.konnect('PUT', `/v3/apis/${made.apiId}/publications/${made.portalId}`, {
      auth_strategy_ids: [strategy],
      visibility: 'public',
    });
    made.strategyId = strategy;
    command.writeState(made.state());
    const { exitCode } = await register('--replace', '--application', 'Second');
    expect(exitCode).toBe(0);
    expect((await listed('applications')).map(({ id }) => id)).toContain(old.id);
    expect(await listed('applications')).toHaveLength(2);
  });
});

describe('where one of several registrations fails', () => {
  test('makes the others', async () => {
    await setUp();
    await publishAnother('Stock');
    const { exitCode, stdout } = await withFault('POST', /\/registrations$/, { status: 400 });
    expect(stdout).toMatch(/✗ Registration for MyAPI: Konnect refuses POST .* with 400/);
    expect(stdout).toContain('✓ Registration for Stock: created, approved');
    expect(exitCode).toBe(1);
    expect((await register()).stdout).toContain('✓ Registration for MyAPI: created, approved');
  });

  test('asks for no more when Konnect is out of reach', async () => {
    await setUp();
    await publishAnother('Stock');
    const { exitCode, stdout } = await withFault('POST', /\/registrations$/, { status: 403 });
    expect(stdout).toMatch(/✗ Registration for MyAPI: KONNECT_TOKEN may not send POST .* \(403\)/);
    expect(stdout).toContain('– Registration for Stock: not done, because of what failed before it');
    expect(exitCode).toBe(3);
  });
});

test('keeps the path of KONNECT_SERVER_URL', async () => {
  await setUp();
  for (const path of ['/konnect', '/konnect/']) {
    const runner = CommandRunner.forSandbox(sandbox, {
      KONNECT_SERVER_URL: `${sandbox.konnect.url}${path}`,
    });
    runner.writeState(made.state());
    await runner.run('register', '--state', 'state.json', '--developer', 'dev@example.test');
    runner.remove();
  }
  expect(new Set(sandbox.requests.all().map(({ path }) => path.split('?')[0]))).toEqual(
    new Set([`/konnect${portal()}/developers`]),
  );
});

test('refuses a client that another developer has registered', async () => {
  await setUp();
  await register();
  const { exitCode, stdout } = await command.run(
    ...['register', '--state', 'state.json', '--developer', 'other@example.test'],
  );
  expect(stdout).toContain(
    `✗ Application Dev Portal app: the client ${made.clientId} is registered by another developer (dev@example.test)`,
  );
  expect(exitCode).toBe(1);
});

test('asks which portal, when the stacks publish on two', async () => {
  await setUp();
  const state = made.state() as { values: { root_module: { resources: object[] } } };
  state.values.root_module.resources.push(
    {
      ...{ address: 'konnect_portal.second', mode: 'managed', type: 'konnect_portal' },
      values: { id: 'second-id', name: 'Second' },
    },
    {
      ...{ address: 'konnect_api_publication.second', mode: 'managed', type: 'konnect_api_publication' },
      values: { api_id: made.apiId, portal_id: 'second-id', auth_strategy_ids: [made.strategyId] },
    },
  );
  command.writeState(state);
  const { exitCode, stderr } = await register();
  expect(stderr).toContain('publish on 2 portals');
  expect(stderr).toContain('Name one with --portal: MyDevPortal, Second.');
  expect(exitCode).toBe(2);
  expect((await register('--portal', 'MyDevPortal')).exitCode).toBe(0);
});
