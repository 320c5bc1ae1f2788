import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithTerraform } from '../../support/sandbox';

/*
 * Changes of an application after which okta/okta replaces it.
 */
describeWithTerraform('okta_app_oauth', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  const configuration = (application: object) =>
    JSON.stringify({
      terraform: { required_providers: { okta: { source: 'okta/okta' } } },
      resource: {
        okta_app_oauth: {
          app: {
            ...{ label: 'app', type: 'service', response_types: ['token'] },
            grant_types: ['client_credentials'],
            ...application,
          },
        },
      },
    });

  test('is replaced when its secret comes back into the state, and not when it leaves', async () => {
    const actions = async (before: boolean, after: boolean) => {
      const name = `omit-${before}-${after}`;
      await sandbox.deployJson(name, configuration({ omit_secret: before }));
      const { changes } = await sandbox.planJson(name, configuration({ omit_secret: after }));
      return changes.map((each) => each.actions);
    };
    expect(await actions(true, false)).toEqual([['delete', 'create']]);
    expect(await actions(false, true)).toEqual([['update']]);
  });

  test('is replaced when its client id changes', async () => {
    await sandbox.deployJson('client-id', configuration({ client_id: 'orders-client' }));
    const { changes } = await sandbox.planJson('client-id', configuration({ client_id: 'other-client' }));
    expect(changes.map((each) => each.actions)).toEqual([['delete', 'create']]);
  });
});
