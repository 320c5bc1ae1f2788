/** Imports every entry point that has types for CommonJS. */
export const SUBPATHS = `
import { expect } from '@jest/globals';
import { type DevPortalProps, OktaDevPortalOidc } from 'okta-dev-portal-oidc';
import { PortalCatalog } from 'okta-dev-portal-oidc/catalog';
import { type SchemaOptions, StackTester } from 'okta-dev-portal-oidc/testing';
import { matchers } from 'okta-dev-portal-oidc/testing/jest';
import 'okta-dev-portal-oidc/testing/jest-globals';
import { Sandbox } from 'okta-dev-portal-oidc-sandbox';

export const all = [OktaDevPortalOidc, PortalCatalog, StackTester, matchers, Sandbox];
export const props: DevPortalProps = { name: 'portal' };
// Fails to compile when the types were not found, for then it would be \`any\`.
// @ts-expect-error
export const options: SchemaOptions = { okta: 1 };

export async function check(tester: StackTester): Promise<void> {
  expect(tester.stacks).toMatchProviderSchemas({ okta: '6.12.0' });
  expect(tester.stacks).not.toKeepSecretsOut();
  expect(await tester.prove()).toOpenForItsClientOnly();
  await expect(tester.prove()).resolves.toOpenForItsClientOnly();
  // @ts-expect-error
  expect(tester.stacks).toMatchProviderSchemas({ okta: '1' });
}
`;

/** Imports the matchers for Vitest. */
export const VITEST = `
import { StackTester } from 'okta-dev-portal-oidc/testing';
import { expect } from 'vitest';
import 'okta-dev-portal-oidc/testing/vitest';

export async function check(tester: StackTester): Promise<void> {
  expect(tester.stacks).toMatchProviderSchemas({ okta: '6.12.0' });
  expect(await tester.prove()).not.toOpenForItsClientOnly();
  // @ts-expect-error
  expect(tester.stacks).toMatchProviderSchemas({ okta: '1' });
}
`;
