import { AssertionError } from 'node:assert';
import { Testing } from 'cdktf';
import { DevPortal } from '../../../lib';
import {
  AccessProof,
  assertKeepsSecretsOut,
  assertMatchesProviderSchemas,
  assertOpensForItsClientOnly,
  TestKitError,
} from '../../../testing';
import { stackWithProviders } from '../../support/how-to';

function catchError(act: () => void): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

test('a valid app passes', () => {
  const stack = stackWithProviders();
  new DevPortal(stack, 'portal', { name: 'Portal' });
  assertMatchesProviderSchemas(stack);
  assertMatchesProviderSchemas(Testing.synth(stack), { okta: '6.12.0' });
  assertKeepsSecretsOut(stack);
});

test('violations of the schemas are an AssertionError with all of them', () => {
  const error = catchError(() =>
    assertMatchesProviderSchemas({ resource: { konnect_portal: { P: { nmae: 'p' } } } }),
  );
  expect(error).toBeInstanceOf(AssertionError);
  expect(String(error)).toContain('konnect_portal.P: missing required attribute "name"');
  expect(String(error)).toContain('konnect_portal.P: unknown attribute "nmae"');
});

test('secrets are an AssertionError without the secret', () => {
  const error = catchError(() => assertKeepsSecretsOut({ provider: { okta: [{ api_token: '00abcdef' }] } }));
  expect(error).toBeInstanceOf(AssertionError);
  expect(String(error)).toContain('provider.okta: api_token');
  expect(String(error)).not.toContain('00abcdef');
});

test('a broken proof is an AssertionError with its links', () => {
  const link = { name: 'with-credentials', title: 'Request with the credentials', milliseconds: 1 };
  assertOpensForItsClientOnly(new AccessProof([{ ...link, status: 'ok', detail: '200' }]));
  const broken = new AccessProof([{ ...link, status: 'failed', detail: '403 instead of 200' }]);
  const error = catchError(() => assertOpensForItsClientOnly(broken));
  expect(error).toBeInstanceOf(AssertionError);
  expect(String(error)).toContain('✗ Request with the credentials: 403 instead of 200');
});

test.each([assertMatchesProviderSchemas, assertKeepsSecretsOut, assertOpensForItsClientOnly])(
  '%p rejects a promise',
  (assertion) => {
    expect(catchError(() => assertion(Promise.resolve()))).toBeInstanceOf(TestKitError);
  },
);
