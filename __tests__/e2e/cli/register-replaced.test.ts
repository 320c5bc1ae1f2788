import { Registering } from './registering';

/*
 * `register` after the strategy of an API was replaced. Applications keep the old strategy.
 */
let run: Registering;

afterEach(() => run.stop());

describe('when the strategy was replaced', () => {
  test('names the cause, and changes nothing', async () => {
    run = await Registering.start();
    await run.register();
    await run.replaceStrategy();
    run.sandbox.requests.clear();
    const { exitCode, stdout } = await run.register();
    expect(stdout).toContain('that no API on the portal uses any more: its requests get 403');
    expect(stdout).toContain('with --replace');
    expect(stdout).toContain('– Registration for MyAPI: not done, because an earlier step failed');
    expect(exitCode).toBe(1);
    expect(run.writes()).toEqual([]);
  });

  test('replaces the application with --replace', async () => {
    run = await Registering.start();
    await run.register();
    const [old] = await run.listed('applications');
    await run.replaceStrategy();
    expect((await run.register('--replace', '--dry-run')).stdout).toContain(
      '✓ Application Dev Portal app: would be replaced',
    );
    run.sandbox.requests.clear();
    const { exitCode, stdout } = await run.register('--replace');
    expect(stdout).toContain('✓ Application Dev Portal app: replaced');
    // No request that Konnect refuses: whether it takes two applications of one client is not documented.
    expect(run.writes().map(([method, , status]) => [method, status])).toEqual([
      ['DELETE', 204],
      ['POST', 201],
      ['POST', 201],
    ]);
    expect(exitCode).toBe(0);
    const applications = await run.listed('applications');
    expect(applications).toMatchObject([{ auth_strategy: { id: run.made.strategyId } }]);
    expect(applications[0].id).not.toBe(old.id);
  });

  describe('and the client was created anew', () => {
    beforeEach(async () => {
      run = await Registering.start();
      await run.register();
    });

    test('replaces the application that has the name', async () => {
      await run.replaceClient();
      await run.replaceStrategy();
      const refused = await run.register();
      expect(refused.stdout).toContain('uses a strategy that no API on the portal uses any more');
      expect((await run.register('--replace')).exitCode).toBe(0);
      expect(await run.listed('applications')).toMatchObject([{ client_id: run.made.clientId }]);
    });

    test('keeps an application with the name whose strategy an API uses', async () => {
      await run.replaceClient();
      const { exitCode, stdout } = await run.register('--replace');
      expect(stdout).toMatch(/application Dev Portal app exists, with the client id 0oa\w+/);
      expect(stdout).toContain('--application');
      expect(exitCode).toBe(1);
      expect(await run.listed('applications')).toHaveLength(1);
    });
  });

  test('keeps the application of another developer', async () => {
    run = await Registering.start();
    await run.register();
    const [old] = await run.listed('applications');
    await run.replaceStrategy();
    const ofAnother = (...options: string[]) => run.registerFor('other@example.test', ...options);
    for (const options of [[], ['--replace'], ['--replace', '--dry-run']]) {
      const { exitCode, stdout } = await ofAnother(...options);
      expect(stdout).toContain('✗ Application Dev Portal app: application Dev Portal app uses a strategy');
      expect(stdout).toContain('and belongs to another developer (dev@example.test)');
      expect(stdout).toContain('→ Register as its owner, --developer dev@example.test --replace, or');
      expect(exitCode).toBe(1);
    }
    expect((await run.listed('applications')).map(({ id }) => id)).toEqual([old.id]);
    expect((await run.register('--replace')).exitCode).toBe(0);
  });

  test('creates nothing when the old application cannot be deleted', async () => {
    run = await Registering.start();
    await run.register();
    await run.replaceStrategy();
    const { exitCode, stdout } = await run.registerWithFault(
      'DELETE',
      /\/applications\/[^/]+$/,
      { status: 400 },
      '--replace',
    );
    expect(stdout).toMatch(/✗ Application .*: Konnect refuses DELETE \/v3\/.* with 400/);
    expect(stdout).toContain('– Registration for MyAPI: not done, because an earlier step failed');
    expect(exitCode).toBe(1);
    expect(await run.listed('applications')).toHaveLength(1);
    const again = await run.register('--replace');
    expect(again.stdout).toMatch(/✓ Application .*: replaced/);
    expect(again.exitCode).toBe(0);
    expect(await run.listed('applications')).toMatchObject([{ auth_strategy: { id: run.made.strategyId } }]);
  });

  test('says that the old application is deleted when the new one is refused', async () => {
    run = await Registering.start();
    await run.register();
    await run.replaceStrategy();
    const refused = { status: 400 };
    const { exitCode, stdout } = await run.registerWithFault('POST', /\/applications$/, refused, '--replace');
    expect(stdout).toMatch(
      /with 400\. The old application is deleted, and the next run creates the new one\n/,
    );
    expect(exitCode).toBe(1);
    expect(await run.listed('applications')).toEqual([]);
    expect((await run.register()).exitCode).toBe(0);
  });

  test('accepts a deletion whose answer was lost', async () => {
    run = await Registering.start();
    await run.register();
    await run.replaceStrategy();
    const lost = { status: 503, afterwards: true };
    const { exitCode } = await run.registerWithFault('DELETE', /\/applications\/[^/]+$/, lost, '--replace');
    expect(exitCode).toBe(0);
    expect(await run.listed('applications')).toHaveLength(1);
  });
});
