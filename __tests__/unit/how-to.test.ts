import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaViolations } from '../../testing/schema/violations';
import { Synthesized } from '../support/synth';

const root = join(__dirname, '..', '..');
const outdir = mkdtempSync(join(tmpdir(), 'how-to-'));
let howTo: Synthesized;

beforeAll(() => {
  const {
    OKTA_ORG_NAME: _,
    OKTA_BASE_URL: __,
    KONNECT_SERVER_URL: ___,
    UPSTREAM_HOST: ____,
    ...env
  } = process.env;
  execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    env: { ...env, CDKTF_OUTDIR: outdir },
  });
  const json = JSON.parse(readFileSync(join(outdir, 'stacks', 'how-to', 'cdk.tf.json'), 'utf8'));
  // cdktf writes the folder that it ran in into the default backend.
  delete json.terraform.backend;
  howTo = new Synthesized(json);
});

afterAll(() => rmSync(outdir, { recursive: true }));

test('is the plan that was reviewed', () => {
  expect(howTo.json).toMatchSnapshot();
});

test.each(['4.20.0', '6.12.0'] as const)('is valid for okta %s and konnect 3.19.0', (okta) => {
  expect(schemaViolations(howTo.json, { okta })).toEqual([]);
});

test('has the resources of the how-to, and triggers of replacements', () => {
  expect(howTo.counts()).toEqual({
    konnect_api: 1,
    konnect_api_implementation: 1,
    konnect_api_publication: 1,
    konnect_application_auth_strategy: 1,
    konnect_gateway_control_plane: 1,
    konnect_gateway_route: 1,
    konnect_gateway_service: 1,
    konnect_portal: 1,
    konnect_portal_page: 1,
    okta_app_oauth: 1,
    okta_auth_server_claim: 1,
    okta_auth_server_policy: 1,
    okta_auth_server_policy_rule: 1,
    okta_auth_server_scope: 1,
    terraform_data: 5,
  });
  expect(Object.keys(howTo.data('okta_auth_server'))).toHaveLength(1);
});

test('has the settings of the how-to', () => {
  expect(howTo.only('konnect_portal')).toMatchObject({
    authentication_enabled: true,
    auto_approve_applications: true,
    auto_approve_developers: true,
    default_api_visibility: 'public',
    default_page_visibility: 'public',
  });
  expect(howTo.only('konnect_portal_page')).toMatchObject({ slug: '/', content: '::apis-list' });
  expect(howTo.only('okta_auth_server_claim')).toMatchObject({
    value: 'app.clientId',
    value_type: 'EXPRESSION',
    claim_type: 'RESOURCE',
  });
  expect(howTo.only('okta_auth_server_scope').name).toBe('api.access');
});

test('the outputs are the client id and, sensitive, the secret', () => {
  const [app] = Object.keys(howTo.resources('okta_app_oauth'));
  expect(howTo.json.output).toEqual({
    client_id: { value: `\${okta_app_oauth.${app}.client_id}` },
    client_secret: { value: `\${okta_app_oauth.${app}.client_secret}`, sensitive: true },
  });
});

test('needs no Terraform to synthesize', () => {
  execFileSync(process.execPath, ['--import', 'tsx', 'main.ts'], {
    cwd: root,
    env: { PATH: '', HOME: outdir, CDKTF_OUTDIR: join(outdir, 'without-terraform') },
  });
});
