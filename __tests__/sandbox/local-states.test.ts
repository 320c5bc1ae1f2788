import { LocalStates } from '../../packages/sandbox/src/terraform/local-states';

const backend = (path?: string) => ({ terraform: { backend: { local: path ? { path } : {} } } });
const remote = (path: string, type = 'local') => ({
  data: {
    terraform_remote_state: { platform: { backend: type, config: { path, workspace: 'default' } } },
    okta_auth_server: { default: { name: 'default' } },
  },
});

const redirected = (states: LocalStates, configuration: object, file: string): unknown =>
  JSON.parse(states.redirect(JSON.stringify(configuration), file));

test('a state lies where the sandbox has it, whatever path the stack names', () => {
  const states = new LocalStates();
  expect(redirected(states, backend('/home/me/terraform.platform.tfstate'), '/box/platform')).toEqual({
    terraform: {},
  });
  expect(redirected(states, backend(), '/box/other')).toEqual({ terraform: {} });
});

test('a stack finds the state of one that was here before, and keeps everything else', () => {
  const states = new LocalStates();
  redirected(states, backend('/home/me/terraform.platform.tfstate'), '/box/platform');
  const team = { ...remote('/home/me/terraform.platform.tfstate'), ...backend('/home/me/team') };
  expect(redirected(states, team, '/box/team')).toEqual({
    ...remote('/box/platform'),
    terraform: {},
  });
});

test.each([
  ['of a stack that was not here', remote('/home/me/elsewhere.tfstate')],
  ['in another backend', remote('/home/me/terraform.platform.tfstate', 's3')],
])('a state %s stays where it is', (_what, configuration) => {
  const states = new LocalStates();
  redirected(states, backend('/home/me/terraform.platform.tfstate'), '/box/platform');
  expect(redirected(states, configuration, '/box/team')).toEqual(configuration);
});

test.each([{}, { terraform: { backend: { s3: { bucket: 'states' } } } }, { terraform: {} }])(
  '%j is left as it is',
  (configuration) => {
    expect(redirected(new LocalStates(), configuration, '/box/stack')).toEqual(configuration);
  },
);
