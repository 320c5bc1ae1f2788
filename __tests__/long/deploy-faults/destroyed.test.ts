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
 * The how-to is destroyed while one request after the other meets a fault. After each fault one more run leaves
 * nothing behind.
 */
describeWithTerraform('a how-to that is destroyed', () => {
  let deployments: FaultyDeployments;
  let json: string;

  beforeEach(async () => {
    deployments = await FaultyDeployments.start();
    json = first();
    await deployments.deploy(json);
  });

  afterEach(() => deployments.stop());

  test.each(OVERCOME)('overcomes %s to every other request without a failure', async (_, fault) => {
    await deployments.meet(fault, everyOther, () => deployments.destroy());
    deployments.expectNothing('every other request');
  });

  test.each([...NOT_DONE, ...UNHEARD])('leaves nothing after %s, and one more run', async (_, fault) => {
    for (const request of await deployments.requestsOf(() => deployments.destroy())) {
      await deployments.deploy(json);
      await deployments.meet(fault, only(request), () => deployments.destroy().catch(() => undefined));
      await deployments.destroy();
      deployments.expectNothing(request);
    }
  });
});
