import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describePlace, isSamePlace } from '../../../packages/sandbox/src/terraform/state-place';
import { States } from '../../../packages/sandbox/src/terraform/states';

type Config = { readonly [setting: string]: unknown };

const box = mkdtempSync(join(tmpdir(), 'states-'));
const file = (stack: string) => join(box, stack);

afterAll(() => rmSync(box, { recursive: true }));

const backend = (type: string, config: object) => ({ terraform: { backend: { [type]: config } } });
const reading = (type: string, config: unknown, more: object = {}) => ({
  data: {
    terraform_remote_state: { platform: { backend: type, config, ...more } },
    okta_auth_server: { default: { name: 'default' } },
  },
});

function redirected(states: States, stack: string, configuration: object): unknown {
  return JSON.parse(states.redirect(stack, JSON.stringify(configuration), file(stack)));
}

/** States that know a stack, deployed. */
function withPlatform(configuration: object, keepsBackends = false): States {
  const states = new States(keepsBackends);
  redirected(states, 'platform', configuration);
  writeFileSync(file('platform'), '{}');
  return states;
}

const PATH = '/home/me/terraform.platform.tfstate';

describe('the state of a stack', () => {
  test.each([
    backend('local', { path: PATH }),
    backend('local', {}),
    backend('s3', { bucket: 'states', key: 'k' }),
    backend('pg', { conn_str: '' }),
    backend('a_later_one', {}),
    { terraform: { cloud: { organization: 'o', workspaces: { name: 'w' } } } },
    { terraform: [{ backend: [{ http: [{ address: 'https://states.test' }] }] }] },
    { terraform: {} },
  ])('lies in the sandbox, with %j', (configuration) => {
    const terraform = Array.isArray(configuration.terraform) ? [{}] : {};
    expect(redirected(new States(false), 'stack', configuration)).toEqual({ terraform });
  });

  test('stays where it is when that is asked for, but for local ones', () => {
    const s3 = {
      ...backend('s3', { bucket: 'b', key: 'k' }),
      ...reading('s3', { bucket: 'b', key: 'other' }),
    };
    expect(redirected(new States(true), 'stack', s3)).toEqual(s3);
    expect(redirected(new States(true), 'stack', backend('local', { path: PATH }))).toEqual({
      terraform: {},
    });
  });
});

describe('a reader of a state', () => {
  test.each<[string, Config, string, unknown]>([
    ['local', { path: PATH }, 'local', { path: PATH }],
    [
      's3',
      { bucket: 'b', key: 'k', region: 'r', encrypt: true },
      's3',
      { bucket: 'b', key: 'k', profile: 'p' },
    ],
    ['s3', { key: 'k' }, 's3', { bucket: 'b', key: 'k' }],
    ['pg', { schema_name: 's' }, 'pg', { conn_str: 'postgres://reader:x@db/states', schema_name: 's' }],
    [
      'pg',
      { conn_str: 'postgres://writer:y@db/states', schema_name: 's' },
      'pg',
      { conn_str: 'postgres://reader:x@db/states', schema_name: 's' },
    ],
    ['http', { address: 'https://a:b@states.test/1' }, 'http', { address: 'https://states.test/1' }],
    ['gcs', { bucket: 'b' }, 'gcs', { bucket: 'b', prefix: '' }],
    [
      'remote',
      { organization: 'o', workspaces: { name: 'w' } },
      'remote',
      { organization: 'o', hostname: 'app.terraform.io', workspaces: [{ name: 'w' }] },
    ],
    ['a_later_one', { here: 1 }, 'a_later_one', { here: 1 }],
  ])('of %s %j finds it by %s %j', (type, config, readType, readConfig) => {
    const states = withPlatform(backend(type, config));
    const team = { ...reading(readType, readConfig, { workspace: 'prod', defaults: { a: 1 } }) };
    expect(redirected(states, 'team', team)).toEqual(
      reading('local', { path: file('platform') }, { defaults: { a: 1 } }),
    );
  });

  test('of HCP Terraform, which the block cloud writes, finds it', () => {
    const workspaces = { name: 'w', project: 'p' };
    const states = withPlatform({ terraform: { cloud: { organization: 'o', workspaces } } });
    const team = reading('remote', { organization: 'o', workspaces: { name: 'w' } });
    expect(redirected(states, 'team', team)).toEqual(reading('local', { path: file('platform') }));
  });

  test('may be one of several data sources of one name, as for_each in a list makes them', () => {
    const states = withPlatform(backend('s3', { bucket: 'b', key: 'k' }));
    const body = { backend: 's3', config: { bucket: 'b', key: 'k' } };
    const found = { backend: 'local', config: { path: file('platform') } };
    expect(redirected(states, 'team', { data: [{ terraform_remote_state: [{ a: [body] }] }] })).toEqual({
      data: [{ terraform_remote_state: [{ a: [found] }] }],
    });
  });

  test.each<[string, unknown]>([
    ['s3', { bucket: 'b', key: 'other' }],
    ['s3', { bucket: 'other', key: 'k' }],
    ['s3', '${var.config}'],
    ['gcs', { bucket: 'b', prefix: 'k' }],
    ['local', { path: '/home/me/elsewhere.tfstate' }],
    ['local', {}],
  ])('of %s %j, which no stack has, is an error that says so, and reaches no backend', (type, config) => {
    const states = withPlatform(backend('s3', { bucket: 'b', key: 'k' }));
    expect(() => redirected(states, 'team', reading(type, config))).toThrow(
      /^data\.terraform_remote_state\.platform reads a state \(.+\) that no stack in the sandbox has\. .*deploy the stack with that backend before.* So far there are platform \(s3, key k, bucket b\)\.$/,
    );
  });

  test('is an error if no stack names a backend, without the password of the wanted one', () => {
    const config = { conn_str: 'postgres://me:hunter2@db/states?password=hunter2&sslmode=disable' };
    const act = () => redirected(new States(false), 'team', reading('pg', { ...config, schema_name: 's' }));
    expect(act).toThrow('(pg, schema_name s, conn_str postgres://db/states?sslmode=disable)');
    expect(act).toThrow('So far no stack names a backend.');
    expect(act).not.toThrow('hunter2');
  });

  test('is an error that names the stack to deploy before', () => {
    const states = new States(false);
    redirected(states, 'planned-only', backend('s3', { bucket: 'b', key: 'k' }));
    expect(() => redirected(states, 'team', reading('s3', { bucket: 'b', key: 'k' }))).toThrow(
      'of stack planned-only, which is not deployed yet: deploy it before',
    );
  });

  test('is an error if it may mean several', () => {
    const states = withPlatform(backend('s3', { key: 'k' }));
    redirected(states, 'second', backend('s3', { bucket: 'b', key: 'k' }));
    expect(() => redirected(states, 'team', reading('s3', { bucket: 'b', key: 'k' }))).toThrow(
      'that platform and second may have',
    );
  });
});

test('a stack that was moved to another backend is not found at the former', () => {
  const states = withPlatform(backend('s3', { bucket: 'b', key: 'former' }));
  redirected(states, 'platform', backend('s3', { bucket: 'b', key: 'new' }));
  expect(() => redirected(states, 'team', reading('s3', { bucket: 'b', key: 'former' }))).toThrow('no stack');
});

test('a place is described by what tells it from others', () => {
  expect(describePlace({ backend: 's3', config: { key: 'k', bucket: 'b', secret_key: 'x' } })).toBe(
    's3, key k, bucket b',
  );
  expect(describePlace({ backend: 'http', config: {} })).toBe('http');
  expect(isSamePlace({ backend: 'gcs', config: {} }, { backend: 'gcs', config: {} })).toBe(false);
});
