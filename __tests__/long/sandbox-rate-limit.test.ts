import { type OktaRateLimit, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { OktaRequests } from '../support/okta-requests';
import { describeWithTerraform, howToStack } from '../support/sandbox';

/*
 * Okta's rate limit: who sends too many requests is refused until the second that the answer names.
 */
const APPS = '/api/v1/apps';
const SERVERS = '/api/v1/authorizationServers';

describe('an org with a rate limit', () => {
  let sandbox: Sandbox;

  async function start(oktaRateLimit?: OktaRateLimit): Promise<void> {
    sandbox = await Sandbox.start({ oktaRateLimit });
  }

  afterEach(() => sandbox.stop());

  const get = (path: string) =>
    fetch(`${sandbox.okta.url}${path}`, { headers: { authorization: `SSWS ${sandbox.okta.apiToken}` } });

  /** Status and rate limit of an answer. */
  async function limitOf(path: string): Promise<{ status: number; limit: string; seconds: number }> {
    const { status, headers } = await get(path);
    const counts = [headers.get('x-rate-limit-remaining'), headers.get('x-rate-limit-limit')];
    const date = Date.parse(String(headers.get('date'))) / 1000;
    return { status, limit: counts.join(' of '), seconds: Number(headers.get('x-rate-limit-reset')) - date };
  }

  test('counts down, refuses, and counts anew after the reset', async () => {
    await start({ requests: 2, seconds: 60 });
    expect(await limitOf(APPS)).toEqual({ status: 200, limit: '1 of 2', seconds: 60 });
    sandbox.clock.advance(20);
    expect(await limitOf(APPS)).toMatchObject({ status: 200, limit: '0 of 2' });
    const refused = await limitOf(APPS);
    expect(refused).toMatchObject({ status: 429, limit: '0 of 2' });
    expect(refused.seconds).toBeGreaterThan(35);
    expect(refused.seconds).toBeLessThanOrEqual(40);
    sandbox.clock.advance(40);
    expect(await limitOf(APPS)).toEqual({ status: 200, limit: '1 of 2', seconds: 60 });
  });

  test("says so with Okta's error", async () => {
    await start({ requests: 1, seconds: 60 });
    await get(APPS);
    expect(await (await get(APPS)).json()).toEqual({
      errorCode: 'E0000047',
      errorSummary: 'API call exceeded rate limit due to too many requests.',
      errorLink: 'E0000047',
      errorId: expect.stringMatching(/^oae/),
      errorCauses: [],
    });
  });

  test('counts one application, applications and everything else each on its own', async () => {
    await start({ requests: 1, seconds: 60 });
    const paths = [
      APPS,
      `${APPS}/0oa1`,
      SERVERS,
      `${APPS}/0oa1/policies/rst1`,
      `${APPS}/0oa2`,
      '/api/v1/users/me',
    ];
    const statuses: number[] = [];
    for (const path of paths) {
      statuses.push((await get(path)).status);
    }
    expect(statuses).toEqual([200, 404, 200, 429, 429, 429]);
  });

  test('counts neither tokens nor what says who the org is', async () => {
    await start({ requests: 1, seconds: 60 });
    const paths = ['/oauth2/default/.well-known/openid-configuration', '/.well-known/okta-organization'];
    for (const path of [...paths, ...paths]) {
      const { status, headers } = await get(path);
      expect([path, status, headers.has('x-rate-limit-limit')]).toEqual([path, 200, false]);
    }
  });

  test('has none unless it is asked for', async () => {
    await start();
    for (let request = 0; request < 3; request++) {
      expect(await limitOf(APPS)).toEqual({ status: 200, limit: '599 of 600', seconds: 60 });
    }
  });

  test.each([
    [{ requests: 0, seconds: 1 }, 'oktaRateLimit.requests must be a whole number of at least 1, got 0'],
    [{ requests: 1, seconds: 0.5 }, 'oktaRateLimit.seconds must be a whole number of at least 1, got 0.5'],
  ])('refuses %j', async (oktaRateLimit, message) => {
    await expect(Sandbox.start({ oktaRateLimit })).rejects.toThrow(new RangeError(message));
    await start();
  });
});

describeWithTerraform('a deployment under a tight rate limit', () => {
  const LIMIT = { requests: 5, seconds: 1 };

  test('succeeds, waits for each reset, and doubles nothing', async () => {
    const [free, limited] = [await Sandbox.start(), await Sandbox.start({ oktaRateLimit: LIMIT })];
    const requests = new OktaRequests(limited);
    try {
      await free.deploy(howToStack());
      const start = Date.now();
      expect((await limited.deploy(howToStack())).changes.add).toBe(19);
      // More than two windows full of requests.
      expect(Date.now() - start).toBeGreaterThan(2 * LIMIT.seconds * 1000);
      expect(requests.refused).toBeGreaterThan(0);
      expect(requests.again).toBe(requests.refused);
      expect(requests.tooEarly).toEqual([]);
      const writes = (sandbox: Sandbox) =>
        sandbox.requests
          .writes()
          .filter(({ status }) => status !== 429)
          .map(
            ({ method, path }) => `${method} ${path.replace(/\b(0oa|00p|aus)\w{17}\b|[\da-f-]{36}/g, '…')}`,
          )
          .sort();
      expect(writes(limited)).toEqual(writes(free));
      expect((await limited.plan(howToStack())).changes).toEqual([]);
    } finally {
      requests.remove();
      await Promise.all([free.stop(), limited.stop()]);
    }
  });
});
