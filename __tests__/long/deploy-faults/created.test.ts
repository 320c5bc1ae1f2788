import { describeWithTerraform } from '../../support/sandbox';
import {
  everyOther,
  FaultyDeployments,
  first,
  NOT_DONE,
  OVERCOME,
  only,
  UNHEARD,
} from './faulty-deployments';

/*
 * The how-to is created while one request after the other meets a fault. After each fault one more run has to end
 * in the same state, with nothing lost and nothing doubled.
 */
describeWithTerraform('a how-to that is created', () => {
  let deployments: FaultyDeployments;
  let json: string;

  beforeEach(async () => {
    deployments = await FaultyDeployments.start();
    json = first();
  });

  afterEach(() => deployments.stop());

  const requests = async () => {
    const all = await deployments.requestsOf(() => deployments.deploy(json));
    await deployments.destroy();
    return all;
  };

  test.each(OVERCOME)('overcomes %s to every other request without a failure', async (_, fault) => {
    await deployments.meet(fault, everyOther, () => deployments.deploy(json));
    await deployments.expectComplete(json, 'every other request');
  });

  test.each(NOT_DONE)('is complete after %s to any request, and one more run', async (_, fault) => {
    for (const request of await requests()) {
      await deployments.meet(fault, only(request), () => deployments.deploy(json).catch(() => undefined));
      await deployments.deployAgain(json);
      await deployments.expectComplete(json, request);
    }
  });

  test.each(UNHEARD)(
    'is complete after %s, and one more run that imports what was created',
    async (_, fault) => {
      // The provider of Okta sends a request again whose connection broke, and labels are not unique.
      const isDoubled = (path: string) => fault.reset === true && path === '/api/v1/apps';
      for (const request of await requests()) {
        const lost = await deployments.meet(fault, only(request), () =>
          deployments.deploy(json).catch(() => undefined),
        );
        await deployments.deployAgain(json, lost, isDoubled);
        await deployments.expectComplete(json, request);
      }
    },
  );
});
