import { CommandRunner } from '../../support/command';
import { Registering } from './registering';

let run: Registering;

afterEach(() => run.stop());

test('creates developer, application and registration', async () => {
  run = await Registering.start();
  const { exitCode, stdout, stderr } = await run.register();
  expect(stderr).toBe('');
  expect(stdout.split('\n')).toEqual([
    '✓ Developer dev@example.test: created, approved',
    '✓ Application Dev Portal app: created',
    '✓ Registration for MyAPI: created, approved',
    '',
  ]);
  expect(exitCode).toBe(0);
  const [application] = await run.listed('applications');
  expect(application).toMatchObject({ name: 'Dev Portal app', client_id: run.made.clientId });
  expect(run.sandbox.requests.writes().map(({ body }) => body)).toEqual([
    { email: 'dev@example.test', full_name: 'dev@example.test', send_invitation_email: false },
    {
      name: 'Dev Portal app',
      client_id: run.made.clientId,
      auth_strategy_id: run.made.strategyId,
      owner: { type: 'developer', id: (await run.listed('developers'))[0].id },
    },
    { api_id: run.made.apiId },
  ]);
});

test('changes nothing the second time', async () => {
  run = await Registering.start();
  await run.register();
  run.sandbox.requests.clear();
  const { exitCode, stdout } = await run.register();
  expect(stdout.split('\n')).toEqual([
    '✓ Developer dev@example.test: exists, approved',
    '✓ Application Dev Portal app: exists',
    '✓ Registration for MyAPI: exists, approved',
    '',
  ]);
  expect(exitCode).toBe(0);
  expect(run.writes()).toEqual([]);
});

test('names an application that exists under another name', async () => {
  run = await Registering.start();
  await run.register('--application', 'Ada app');
  const { stdout } = await run.register();
  expect(stdout).toContain('✓ Application Dev Portal app: exists as Ada app\n');
  const { results } = JSON.parse((await run.register('--json')).stdout);
  expect(results).toContainEqual(expect.objectContaining({ kind: 'application', name: 'Ada app' }));
});

test('with --dry-run creates nothing and prints what it would create', async () => {
  run = await Registering.start();
  const { exitCode, stdout } = await run.register('--dry-run', '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    results: [
      { kind: 'developer', name: 'dev@example.test', change: 'would be created' },
      { kind: 'application', name: 'Dev Portal app', change: 'would be created' },
      { kind: 'registration', name: 'MyAPI', change: 'would be created' },
    ],
  });
  expect(run.writes()).toEqual([]);
});

test('uses the names in the options', async () => {
  run = await Registering.start();
  await run.register('--full-name', 'Ada Lovelace', '--application', 'Billing');
  expect(await run.listed('developers')).toMatchObject([{ full_name: 'Ada Lovelace' }]);
  expect(await run.listed('applications')).toMatchObject([{ name: 'Billing' }]);
});

test('reads all pages of lists', async () => {
  run = await Registering.start();
  for (let index = 0; index < 101; index += 1) {
    await run.made.admin.konnect('POST', `${run.portal}/developers`, {
      email: `d${index}@example.test`,
      full_name: 'D',
    });
  }
  const [owner] = await run.listed('developers');
  for (let index = 0; index < 101; index += 1) {
    await run.made.admin.konnect('POST', `${run.portal}/applications`, {
      ...{ name: `app ${index}`, client_id: `client-${index}`, auth_strategy_id: run.made.strategyId },
      owner: { type: 'developer', id: owner.id },
    });
  }
  await run.register();
  run.sandbox.requests.clear();
  await run.register();
  expect(run.writes()).toEqual([]);
});

describe('on a portal without automatic approval', () => {
  test('says what is pending and who approves it, with exit code 1', async () => {
    run = await Registering.start({ autoApprove: false });
    const { exitCode, stdout } = await run.register();
    expect(stdout).toContain(
      '✗ Registration for MyAPI: developer dev@example.test is pending, and the registration is pending',
    );
    expect(stdout).toContain('A Portal Admin approves it in Konnect: Dev Portal > MyDevPortal');
    expect(stdout).toContain('Automatic approval approves only those that come after');
    expect(exitCode).toBe(1);
    expect((await run.register()).exitCode).toBe(1);
    expect(await run.listed('applications')).toHaveLength(1);
  });

  test('requests every registration, and names each that is pending', async () => {
    run = await Registering.start({ autoApprove: false });
    await run.publishAnother('Stock');
    const { exitCode, stdout } = await run.register('--json');
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
    const [application] = await run.listed('applications');
    expect(await run.listed(`applications/${application.id}/registrations`)).toHaveLength(2);
  });

  test('waits for all approvals together, for the given time', async () => {
    run = await Registering.start({ autoApprove: false });
    await run.publishAnother('Stock');
    const begun = performance.now();
    const { exitCode } = await run.register('--wait-for-approval', '1');
    expect(exitCode).toBe(1);
    expect(performance.now() - begun).toBeGreaterThan(900);
    expect(performance.now() - begun).toBeLessThan(1_900);
  });

  test('waits until it is approved', async () => {
    run = await Registering.start({ autoApprove: false });
    const registering = run.register('--wait-for-approval', '20');
    const approve = async () => {
      const [developer] = await run.listed('developers');
      const [application] = await run.listed('applications');
      const registrations = `applications/${application?.id}/registrations`;
      const [registration] = application ? await run.listed(registrations) : [];
      if (!registration) {
        setTimeout(approve, 50);
        return;
      }
      await run.made.admin.konnect('PATCH', `${run.portal}/developers/${developer.id}`, {
        status: 'approved',
      });
      await run.made.admin.konnect('PATCH', `${run.portal}/${registrations}/${registration.id}`, {
        status: 'approved',
      });
    };
    await approve();
    const { exitCode, stdout } = await registering;
    expect(stdout).toContain('✓ Registration for MyAPI: created, approved');
    expect(exitCode).toBe(0);
  }, 30_000);

  test('does not wait for a revoked registration', async () => {
    run = await Registering.start();
    await run.register();
    const [application] = await run.listed('applications');
    const registrations = `applications/${application.id}/registrations`;
    const [registration] = await run.listed(registrations);
    await run.made.admin.konnect('PATCH', `${run.portal}/${registrations}/${registration.id}`, {
      status: 'revoked',
    });
    const { exitCode, stdout } = await run.register('--wait-for-approval', '20');
    expect(stdout).toContain('✗ Registration for MyAPI: the registration is revoked');
    expect(exitCode).toBe(1);
  });
});

describe('when one of several registrations fails', () => {
  test('creates the others', async () => {
    run = await Registering.start();
    await run.publishAnother('Stock');
    const { exitCode, stdout } = await run.registerWithFault('POST', /\/registrations$/, { status: 400 });
    expect(stdout).toMatch(/✗ Registration for MyAPI: Konnect refuses POST .* with 400/);
    expect(stdout).toContain('✓ Registration for Stock: created, approved');
    expect(exitCode).toBe(1);
    expect((await run.register()).stdout).toContain('✓ Registration for MyAPI: created, approved');
  });

  test('stops when Konnect refuses the token', async () => {
    run = await Registering.start();
    await run.publishAnother('Stock');
    const { exitCode, stdout } = await run.registerWithFault('POST', /\/registrations$/, { status: 403 });
    expect(stdout).toMatch(/✗ Registration for MyAPI: KONNECT_TOKEN may not send POST .* \(403\)/);
    expect(stdout).toContain('– Registration for Stock: not done, because an earlier step failed');
    expect(exitCode).toBe(3);
  });
});

test('keeps the path of KONNECT_SERVER_URL', async () => {
  run = await Registering.start();
  for (const path of ['/konnect', '/konnect/']) {
    const runner = CommandRunner.forSandbox(run.sandbox, {
      KONNECT_SERVER_URL: `${run.sandbox.konnect.url}${path}`,
    });
    runner.writeState(run.made.state());
    await runner.run('register', '--state', 'state.json', '--developer', 'dev@example.test');
    runner.remove();
  }
  expect(new Set(run.sandbox.requests.all().map(({ path }) => path.split('?')[0]))).toEqual(
    new Set([`/konnect${run.portal}/developers`]),
  );
});

test('refuses a client that another developer has registered', async () => {
  run = await Registering.start();
  await run.register();
  const { exitCode, stdout } = await run.registerFor('other@example.test');
  expect(stdout).toContain(
    `✗ Application Dev Portal app: another developer (dev@example.test) has registered the client ${run.made.clientId}`,
  );
  expect(exitCode).toBe(1);
});

test('requires --portal when the stacks publish on two', async () => {
  run = await Registering.start();
  const state = run.made.state() as { values: { root_module: { resources: object[] } } };
  state.values.root_module.resources.push(
    {
      ...{ address: 'konnect_portal.second', mode: 'managed', type: 'konnect_portal' },
      values: { id: 'second-id', name: 'Second' },
    },
    {
      ...{ address: 'konnect_api_publication.second', mode: 'managed', type: 'konnect_api_publication' },
      values: { api_id: run.made.apiId, portal_id: 'second-id', auth_strategy_ids: [run.made.strategyId] },
    },
  );
  run.command.writeState(state);
  const { exitCode, stderr } = await run.register();
  expect(stderr).toContain('publish on 2 portals');
  expect(stderr).toContain('Name one with --portal: MyDevPortal, Second.');
  expect(exitCode).toBe(2);
  expect((await run.register('--portal', 'MyDevPortal')).exitCode).toBe(0);
});
