import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { KonnectProvider } from '@kong/konnect-cdktf-bindings/lib/provider';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { OktaDevPortalOidc } from '../../lib';
import { stackWithProviders } from '../support/how-to';

/*
 * The project cdktn runs the unit tests with cdktn, the successor of cdktf, under cdktf's name. These tests check that
 * it does, for the library and both bindings.
 */
interface Framework {
  readonly framework?: string;
  readonly constructs?: string;
}

const { framework = 'cdktf 0.21.0', constructs = 'constructs 10.4.2' } = globalThis as Framework;

/** Package and version that jsii writes into each class. */
function originOf(type: object): string {
  const { fqn, version } = (type as { readonly [key: symbol]: { fqn: string; version: string } })[
    Symbol.for('jsii.rtti')
  ];
  return `${fqn.split('.')[0]} ${version}`;
}

test('the tests import the framework of their project', () => {
  expect(originOf(TerraformStack)).toBe(framework);
  expect(originOf(Construct)).toBe(constructs);
});

test('the bindings and the library extend the classes of the same framework', () => {
  const stack = stackWithProviders();
  const providers = [stack.node.findChild('okta'), stack.node.findChild('konnect')];
  expect(providers.map((each) => each instanceof TerraformProvider)).toEqual([true, true]);
  expect(originOf(Object.getPrototypeOf(OktaProvider))).toBe(framework);
  expect(originOf(Object.getPrototypeOf(KonnectProvider))).toBe(framework);
  expect(new OktaDevPortalOidc(stack, 'oidc')).toBeInstanceOf(Construct);
});
