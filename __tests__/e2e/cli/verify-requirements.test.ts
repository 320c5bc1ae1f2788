import { CommandSetup } from '../../support/command-setup';
import type { ManualSetupOptions } from '../../support/manual-setup';
import { Page } from '../../support/pages';

/*
 * `verify` for strategies that require claim values.
 */
let setup: CommandSetup;

afterEach(() => setup.stop());

async function setUp(options: ManualSetupOptions): Promise<void> {
  setup = await CommandSetup.create(options);
  await setup.register();
}

/** All links, and the first broken one. */
async function links() {
  const { exitCode, stdout } = await setup.verify('--json');
  const { ok, links: all } = JSON.parse(stdout) as {
    ok: boolean;
    links: { name: string; title: string; status: string; detail: string; remedy?: string }[];
  };
  return { exitCode, ok, all, broken: all.find(({ status }) => status === 'failed') };
}

test.each<[string, ManualSetupOptions, string]>([
  [
    'scopes, one after the other or one of several',
    { settings: { scopes_required: ['other', 'api.access'], scopes_claim: ['scp'] } },
    'scope other or api.access in scp',
  ],
  [
    'an audience, of tokens that are sent',
    { authMethods: ['bearer'], settings: { audience_required: ['api://default'] } },
    'audience api://default in aud',
  ],
  [
    'both',
    {
      settings: {
        scopes_required: ['api.access'],
        scopes_claim: ['scp'],
        audience_required: ['api://default'],
        audience_claim: ['aud'],
      },
    },
    'scope api.access in scp; audience api://default in aud',
  ],
])('a strategy that requires %s has a link that says so', async (_, options, detail) => {
  await setUp(options);
  const { ok, all } = await links();
  expect(all[4]).toMatchObject({ name: 'requirements', title: 'Requirements', status: 'ok', detail });
  expect(all).toHaveLength(13);
  expect(ok).toBe(true);
});

test.each<[string, object, string, string]>([
  [
    'a scope',
    { scopes_required: ['orders.admin', 'api.access orders.write'], scopes_claim: ['scp'] },
    'the token lacks scope orders.admin or api.access orders.write in scp; the claim has api.access',
    'require fewer scopes',
  ],
  [
    'the claim with the scopes',
    { scopes_required: ['api.access'] },
    'the token lacks scope api.access in scope; its claims are sub, clientId, ver, jti, iss, aud, iat, exp, cid, scp',
    'Set the scopes claim of the strategy',
  ],
  [
    'an audience',
    { audience_required: ['api://orders'] },
    'the token lacks audience api://orders in aud; the claim has api://default',
    'Set the required audience of the strategy',
  ],
  [
    'a group, in a nested claim',
    { groups_required: ['staff'], groups_claim: ['clientId', 'groups'] },
    'the token lacks group staff in clientId.groups; its claims are sub, clientId, ver, jti, iss, aud, iat, exp, cid, scp',
    'Add a claim clientId.groups',
  ],
])('a token that lacks %s has its own link', async (_, settings, detail, remedy) => {
  await setUp({ settings: settings as ManualSetupOptions['settings'] });
  const { all, broken, exitCode } = await links();
  expect(broken).toMatchObject({ name: 'requirements', detail, remedy: expect.stringContaining(remedy) });
  const request = all.find((link) => link.name === 'with-credentials');
  expect(request?.detail).toBe('403 instead of 200: caused by the failure above');
  expect(exitCode).toBe(1);
});

test('requirements in Konnect are compared with those deployed', async () => {
  await setUp({ settings: { audience_required: ['api://default'] } });
  const path = `/v2/application-auth-strategies/${setup.made.strategyId}`;
  const { configs } = (await setup.made.admin.konnect('GET', path)) as unknown as {
    configs: { [type: string]: object };
  };
  const { audience_required: _, ...config } = configs['openid-connect'] as { audience_required: unknown };
  await setup.made.admin.konnect('PATCH', path, {
    configs: { 'openid-connect': { ...config, scopes_required: ['other'], scopes_claim: ['scp'] } },
  });
  const { broken } = await links();
  expect(broken).toMatchObject({
    name: 'strategy',
    detail: 'requirements is scope other in scp in Konnect but audience api://default in aud as deployed',
  });
});

test('requirements are read from Konnect when another stack owns the strategy', async () => {
  await setUp({ settings: { audience_required: ['api://orders'] } });
  const state = setup.made.state() as { values: { root_module: { resources: { type: string }[] } } };
  const { root_module: module } = state.values;
  module.resources = module.resources.filter(({ type }) => type !== 'konnect_application_auth_strategy');
  setup.command.writeState(state);
  expect((await links()).broken?.name).toBe('requirements');
});

test('the page of the command has every link, by its title and its name', async () => {
  await setUp({ settings: { audience_required: ['api://default'] } });
  setup.command.writeState(
    JSON.parse(setup.command.state.replace('"visibility":"public"', '"visibility":"private"')),
  );
  const { all } = await links();
  const rows = new Page('cli/README.md').tables('Link').map(([title, name]) => [title, name]);
  expect(all.map(({ title, name }) => [title, `\`${name}\``])).toEqual(rows);
});
