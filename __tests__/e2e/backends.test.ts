import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DataTerraformRemoteStateHttp, HttpBackend, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { StackTester } from '../../testing';
import { describeWithTerraform, howToStack } from '../support/sandbox';

/*
 * A team's stacks name the backend that holds the states of what is deployed for good. Nothing of a test may
 * get there.
 */
describeWithTerraform('a stack with a backend', () => {
  let server: Server;
  let address: string;
  let asked: string[];
  let state: string;

  beforeEach(async () => {
    [asked, state] = [[], ''];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        asked.push(`${request.method}`);
        if (request.method === 'POST') {
          state = body;
        }
        response.statusCode = request.method === 'GET' && state === '' ? 404 : 200;
        response.end(request.method === 'GET' ? state : '');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/production`;
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  function withBackend(stack: TerraformStack): TerraformStack {
    new HttpBackend(stack, { address });
    return stack;
  }

  test('is planned, deployed, proved and destroyed, and who reads its state finds it, without a request to it', async () => {
    const app = Testing.app();
    const platform = withBackend(new TerraformStack(app, 'platform'));
    new TerraformOutput(platform, 'greeting', { value: 'hello' });
    const team = new TerraformStack(app, 'team');
    team.addDependency(platform);
    const read = new DataTerraformRemoteStateHttp(team, 'read', { address });
    new TerraformOutput(team, 'heard', { value: read.getString('greeting') });
    const tester = await StackTester.start(app);
    const howTo = await StackTester.start(withBackend(howToStack()));
    try {
      await tester.deploy();
      expect(await tester.sandbox.workspace('team').outputs()).toEqual({ heard: 'hello' });
      expect(await tester.plan()).toEqual([]);
      await howTo.deploy();
      await howTo.prove();
      await howTo.destroy();
    } finally {
      await tester.stop();
      await howTo.stop();
    }
    expect(asked).toEqual([]);
  }, 60_000);

  test('writes there if the sandbox keeps backends', async () => {
    const sandbox = await Sandbox.start({ keepBackends: true });
    try {
      const stack = withBackend(new TerraformStack(Testing.app(), 'kept'));
      new TerraformOutput(stack, 'greeting', { value: 'hello' });
      await sandbox.deploy(stack);
      expect(asked).toContain('POST');
      expect(JSON.parse(state).outputs.greeting.value).toBe('hello');
    } finally {
      await sandbox.stop();
    }
  }, 60_000);

  test('is not disturbed by the workspace and the data folder that the user works with', async () => {
    const environment = { TF_WORKSPACE: 'production', TF_DATA_DIR: '/nowhere/terraform' };
    Object.assign(process.env, environment);
    const sandbox = await Sandbox.start();
    try {
      const stack = withBackend(new TerraformStack(Testing.app(), 'stack'));
      new TerraformOutput(stack, 'workspace', { value: '${terraform.workspace}' });
      expect((await sandbox.deploy(stack)).outputs).toEqual({ workspace: 'default' });
    } finally {
      for (const name of Object.keys(environment)) {
        delete process.env[name];
      }
      await sandbox.stop();
    }
    expect(asked).toEqual([]);
  }, 60_000);
});
