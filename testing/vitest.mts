// By the name of the package: Vitest has no CommonJS build, so this entry point is an ES module beside the others.
import { type KitMatchers, matchers } from 'okta-dev-portal-oidc/testing';
import { expect } from 'vitest';

declare module 'vitest' {
  // biome-ignore lint/suspicious/noExplicitAny: Vitest has this default, and all declarations must have the same
  interface Matchers<T = any> extends KitMatchers<void> {}
}

expect.extend(matchers);
