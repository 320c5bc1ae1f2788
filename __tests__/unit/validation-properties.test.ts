import { Testing } from 'cdktf';
import fc from 'fast-check';
import { AccessPolicy, Api, AuthorizationServer, ValidationError } from '../../lib';
import { uuidFromName } from '../../lib/konnect/shared-props';
import { newStack } from '../support/synth';
import { type Act, ISSUER } from '../support/validation';

/** Whether the input is valid. Valid input must synthesize, and no other error is thrown. */
function accepted(act: Act): boolean {
  const stack = newStack();
  try {
    act(stack);
  } catch (error) {
    if (error instanceof ValidationError) {
      return false;
    }
    throw error;
  }
  Testing.synth(stack);
  return true;
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary-ascii' }),
);

/** Texts that come near a label value, so that both answers are frequent. */
const nearLabelValue = fc.string({
  unit: fc.constantFrom(...'abcXYZ019-_.', ' ', '/', 'ä', '\n'),
  maxLength: 70,
});

test('label values are accepted if and only if they are what Konnect documents', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, nearLabelValue, fc.stringMatching(/^[a-z]{60,66}$/)), (value) => {
      const documented = value.length <= 63 && /^[a-z0-9A-Z]([a-z0-9A-Z\-._]*[a-z0-9A-Z])?$/.test(value);
      expect(accepted((s) => new Api(s, 'Api', { name: 'api', labels: { team: value } }))).toBe(documented);
    }),
  );
});

test('a scope name is rejected or synthesizes', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'a/b:.${}%#&-') })), (name) => {
      accepted((s) => AuthorizationServer.fromDefault(s, 'Server').addScope(name));
    }),
  );
});

test('token lifetimes are whole minutes from 5 to 1440', () => {
  // No number below -1e100: those are how CDKTF writes numbers that are known at apply only.
  const minutes = fc.oneof(fc.integer({ min: -10, max: 1500 }), fc.double({ min: -1e100, noNaN: false }));
  fc.assert(
    fc.property(minutes, (accessTokenLifetimeMinutes) => {
      const act: Act = (s) =>
        new AccessPolicy(s, 'Policy', {
          authorizationServer: AuthorizationServer.fromDefault(s, 'Server'),
          name: 'policy',
          rules: [{ name: 'rule', scopes: ['*'], accessTokenLifetimeMinutes }],
        });
      const n = accessTokenLifetimeMinutes;
      expect(accepted(act)).toBe(n >= 5 && n <= 1440 && n % 1 === 0);
    }),
  );
});

test('an issuer is rejected or synthesizes', () => {
  const issuer = fc.oneof(
    anyText,
    fc.webUrl({ withFragments: true, withQueryParameters: true }),
    fc.webUrl().map((url) => `${new URL(url).origin}/oauth2/default`),
    anyText.map((text) => `${ISSUER}${text}`),
  );
  fc.assert(
    fc.property(issuer, (text) => {
      accepted((s) =>
        AuthorizationServer.fromAttributes(s, 'Server', { authorizationServerId: 'default', issuer: text }),
      );
    }),
  );
});

describe('uuidFromName', () => {
  test('gives a UUID of version 5, the same every time', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        expect(uuidFromName(name)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(uuidFromName(name)).toBe(uuidFromName(name));
      }),
    );
  });

  test('gives different names different UUIDs', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 50 }), (names) => {
        expect(new Set(names.map(uuidFromName)).size).toBe(names.length);
      }),
    );
  });
});
