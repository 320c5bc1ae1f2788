import { describeWithTerraform } from '../../support/sandbox';
import {
  everyOther,
  FaultyDeployments,
  first,
  NOT_DONE,
  OVERCOME,
  only,
  second,
  UNHEARD,
} from './faulty-deployments';

/*
 * The how-to is changed while one request after the other meets a fault. After each fault one more run has to end
 * in the same state, with nothing lost and nothing doubled.
 */
describeWithTerraform('a how-to that is changed', () => {
  let deployments: FaultyDeployments;
  let before: string;
  let json: string;

  beforeEach(async () => {
    deployments = await FaultyDeployments.start();
    [before, json] = [first(), second()];
  });

  afterEach(() => deployments.stop());

  const requests = async () => {
    await deployments.deploy(before);
    const all = await deployments.requestsOf(() => deployments.deploy(json));
    await deployments.destroy();
    return all;
  };

  test.each(OVERCOME)('overcomes %s to every other request without a failure', async (_, fault) => {
    await deployments.deploy(before);
    await deployments.meet(fault, everyOther, () => deployments.deploy(json));
    await deployments.expectComplete(json, 'every other request');
  });

  test.each(NOT_DONE)('is complete after %s to any request, and one more run', async (_, fault) => {
    for (const request of await requests()) {
      await deployments.deploy(before);
      await deployments.meet(fault, only(request), () => deployments.deploy(json).catch(() => undefined));
      await deployments.deployAgain(json);
      await deployments.expectComplete(json, request);
    }
  });

  test.each(UNHEARD)(
    'is complete after %s, and one more run that imports what was created',
    async (_, fault) => {
      // The state has the strategy that is to be replaced, so its successor cannot be imported.
      const isDoubled = (path: string) => path === '/v2/application-auth-strategies';
      for (const request of await requests()) {
        await deployments.deploy(before);
        const lost = await deployments.meet(fault, only(request), () =>
          deployments.deploy(json).catch(() => undefined),
        );
        await deployments.deployAgain(json, lost, isDoubled);
        await deployments.expectComplete(json, request);
      }
    },
  );
});
