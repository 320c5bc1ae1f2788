import { Registering } from './registering';

/*
 * `register` of a client whose API moved to a second strategy while another API still uses the first one, and what
 * `verify` advises before.
 */
let run: Registering;

afterEach(() => run.stop());

describe('when another API still uses the first strategy', () => {
  beforeEach(async () => {
    run = await Registering.start();
    await run.register();
    await run.useSecondStrategy();
  });

  test.each([[[]], [['--replace']], [['--application', 'Dev Portal app']]])(
    'creates a second application with %j, whose name has the strategy',
    async (options) => {
      const name = 'Dev Portal app (Orders OIDC)';
      const dryRun = await run.register(...options, '--dry-run');
      expect(dryRun.stdout).toContain(`✓ Application Dev Portal app: would be created as ${name}\n`);
      expect(run.writes()).toEqual([]);
      const { exitCode, stdout } = await run.register(...options);
      expect(stdout).toContain(`✓ Application Dev Portal app: created as ${name}\n`);
      expect(exitCode).toBe(0);
      expect(run.writes().map(([method, , status]) => [method, status])).toEqual([
        ['POST', 201],
        ['POST', 201],
      ]);
      expect(await run.listed('applications')).toMatchObject([{ name: 'Dev Portal app' }, { name }]);
      expect((await run.register(...options)).stdout).toContain(`exists as ${name}\n`);
    },
  );

  test('names the new application in --json, also in a dry run', async () => {
    for (const options of [['--dry-run'], []]) {
      const { results } = JSON.parse((await run.register('--json', ...options)).stdout);
      const application = { kind: 'application', name: 'Dev Portal app (Orders OIDC)' };
      expect(results).toContainEqual(expect.objectContaining(application));
    }
  });

  test('takes a name that is free as it is', async () => {
    const { stdout } = await run.register('--application', 'Second');
    expect(stdout).toContain('✓ Application Second: created\n');
    expect(await run.listed('applications')).toHaveLength(2);
  });

  test('names the strategy of another stack', async () => {
    const state = JSON.parse(run.command.state);
    const { root_module: module } = state.values;
    module.resources = module.resources.filter(
      ({ type }: { type: string }) => type !== 'konnect_application_auth_strategy',
    );
    run.command.writeState(state);
    expect((await run.register()).stdout).toContain('created as Dev Portal app (Orders OIDC)\n');
  });

  test('says what to do if that name is taken too', async () => {
    const [{ owner }] = (await run.listed('applications')) as unknown as { owner: object }[];
    await run.made.admin.konnect('POST', `${run.portal}/applications`, {
      ...{ name: 'Dev Portal app (Orders OIDC)', client_id: 'other', owner },
      auth_strategy_id: run.made.strategyId,
    });
    run.sandbox.requests.clear();
    for (const options of [['--dry-run'], []]) {
      const { exitCode, stdout } = await run.register(...options);
      expect(stdout).toContain('application Dev Portal app (Orders OIDC) exists, with the client id other');
      expect(stdout).toContain('→ Name the new application with --application.');
      expect(exitCode).toBe(1);
    }
    expect(run.writes()).toEqual([]);
  });

  test('is advised by verify, without --replace', async () => {
    const { remedy } = await run.verifyRegistration();
    expect(remedy).toBe(
      'Another API uses that strategy. Register a second application with npx okta-dev-portal-oidc register --developer <e-mail>.',
    );
    expect((await run.runAdvised(remedy)).exitCode).toBe(0);
    expect((await run.verifyRegistration()).status).toBe('ok');
    expect(await run.listed('applications')).toHaveLength(2);
  });

  test('is advised by verify with the client and the API that it checked', async () => {
    await run.publishAnother("Ada's stock");
    const state = JSON.parse(run.command.state);
    const values = { label: 'Billing app', client_id: '0oaBilling' };
    state.values.root_module.resources.push({ mode: 'managed', type: 'okta_app_oauth', values });
    run.command.writeState(state);
    const { remedy } = await run.verifyRegistration('--client', run.made.clientId, '--api', 'MyAPI');
    expect(remedy).toContain(" --client 'Dev Portal app' --api MyAPI.");
    expect((await run.runAdvised(remedy)).stdout).not.toContain("Ada's stock");
    const { status } = await run.verifyRegistration('--client', run.made.clientId, '--api', 'MyAPI');
    expect(status).toBe('ok');
  });
});

describe('verify advises --replace', () => {
  beforeEach(async () => {
    run = await Registering.start();
    await run.register();
  });

  test('when no API uses the strategy of the application any more, with its developer', async () => {
    await run.replaceStrategy();
    const { remedy } = await run.verifyRegistration();
    expect(remedy).toMatch(/ register --developer dev@example\.test --replace\.$/);
    expect((await run.runAdvised(remedy)).exitCode).toBe(0);
    expect((await run.verifyRegistration()).status).toBe('ok');
    expect(await run.listed('applications')).toHaveLength(1);
  });

  test('unless a team has the application', async () => {
    const [{ id }] = await run.listed('applications');
    const team = await run.made.admin.konnect('POST', `${run.portal}/teams`, {
      ...{ name: 'Partners', can_own_applications: true },
    });
    await run.made.admin.konnect('PATCH', `${run.portal}/applications/${id}`, {
      owner: { type: 'team', id: team.id },
    });
    await run.replaceStrategy();
    const { remedy } = await run.verifyRegistration();
    expect(remedy).toContain('Delete Dev Portal app in the portal');
    await run.made.admin.konnect('DELETE', `${run.portal}/applications/${id}`);
    expect((await run.runAdvised(remedy)).exitCode).toBe(0);
    expect((await run.verifyRegistration()).status).toBe('ok');
  });

  test('when the client was created anew too', async () => {
    await run.replaceClient();
    await run.replaceStrategy();
    const { remedy } = await run.verifyRegistration();
    expect(remedy).toContain('As developer dev@example.test add --replace: ');
    expect((await run.runAdvised(remedy)).exitCode).toBe(1);
    expect((await run.runAdvised(remedy, '--replace')).exitCode).toBe(0);
    expect((await run.verifyRegistration()).status).toBe('ok');
  });
});

describe('verify advises --application', () => {
  test('when the application of the client before has the name', async () => {
    run = await Registering.start();
    await run.register();
    await run.replaceClient();
    const { remedy } = await run.verifyRegistration();
    expect(remedy).toContain('As developer dev@example.test add --application <name>: ');
    expect((await run.runAdvised(remedy)).exitCode).toBe(1);
    expect((await run.runAdvised(remedy, '--application', 'New')).exitCode).toBe(0);
    expect((await run.verifyRegistration()).status).toBe('ok');
  });
});

test('verify names the developer of an application that is not registered for the API', async () => {
  run = await Registering.start();
  await run.register();
  await run.publishAnother('Stock');
  const { remedy } = await run.verifyRegistration('--api', 'Stock');
  expect(remedy).toMatch(/ register --developer dev@example\.test --api Stock, or in the portal/);
  expect((await run.runAdvised(remedy)).exitCode).toBe(0);
  expect((await run.verifyRegistration('--api', 'Stock')).status).toBe('ok');
});

test('verify quotes an e-mail address that a shell would run', async () => {
  run = await Registering.start();
  await run.registerFor('a`id`@example.test');
  await run.publishAnother('Stock');
  const { remedy } = await run.verifyRegistration('--api', 'Stock');
  expect(remedy).toContain("--developer 'a`id`@example.test' --api Stock");
});

test('verify names a client of no stack by its id', async () => {
  run = await Registering.start();
  const { clientId, clientSecret } = await run.made.admin.createApplication('Partner');
  const secret = { OKTA_CLIENT_SECRET: clientSecret };
  const { remedy } = await run.verifyRegistrationOf(secret, '--client-id', clientId);
  expect(remedy).toContain(` register --developer <e-mail> --client-id ${clientId}, or in the portal`);
  expect((await run.runAdvised(remedy)).exitCode).toBe(0);
});
