import { readFileSync, writeFileSync } from 'node:fs';
import { describeWithTerraform } from '../../support/sandbox';
import { FaultyDeployments, first } from './faulty-deployments';

/*
 * Terraform is ended at each write of a deployment. The state is a file, which Terraform writes after each resource.
 */
describeWithTerraform('a how-to whose deployment is', () => {
  let deployments: FaultyDeployments;
  let json: string;

  beforeEach(async () => {
    deployments = await FaultyDeployments.start();
    json = first();
  });

  afterEach(() => deployments.stop());

  const writes = async () => {
    const all = await deployments.requestsOf(() => deployments.deploy(json));
    await deployments.destroy();
    return all.filter((request) => !request.startsWith('GET'));
  };

  test.each([
    ['before a write is done', false],
    ['before it hears of a write', true],
  ])('killed %s is complete after one more run that imports what was created', async (_, isDone) => {
    for (const request of await writes()) {
      const lost = await deployments.endAt(request, isDone, 'SIGKILL', json);
      await deployments.deployAgain(json, lost);
      await deployments.expectComplete(json, request);
    }
  });

  test('killed while it writes its state file is complete after one more run that imports everything', async () => {
    const truncate = (stateFile: string) => {
      const state = readFileSync(stateFile, 'utf8');
      writeFileSync(stateFile, state.slice(0, state.length / 2));
    };
    const request = String((await writes()).at(-1));
    const lost = await deployments.endAt(request, true, 'SIGKILL', json, truncate);
    await deployments.deployAgain(json, lost);
    await deployments.expectComplete(json, request);
  });

  test('told to stop is complete after one more run, which imports what Konnect still created', async () => {
    for (const request of (await writes()).filter((each) => each.includes('konnect:'))) {
      const lost = await deployments.endAt(request, true, 'SIGINT', json);
      await deployments.deployAgain(json, lost);
      await deployments.expectComplete(json, request);
    }
  });
});
