import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { App, TerraformOutput, TerraformStack, Testing } from 'cdktf';
import { Construct } from 'constructs';
import { DevPortal, ProviderVersions } from '../../lib';
import { stackWithProviders } from '../support/how-to';

const JSII_TYPE = Symbol.for('jsii.rtti');
const { fqn } = Reflect.get(App, JSII_TYPE) as { fqn: string };
const OWN = fqn.split('.')[0];
const OTHER = OWN === 'cdktf' ? 'cdktn' : 'cdktf';

/** Makes a class one of another package, as jsii names it. */
function nameType(type: object, name: string): void {
  Object.defineProperty(type, JSII_TYPE, { value: { fqn: name, version: '0.0.0' } });
}

function stackOf(fqn: string): TerraformStack {
  class ForeignApp extends App {}
  nameType(ForeignApp, fqn);
  return new TerraformStack(new ForeignApp(), 'stack');
}

test('an app on the other framework is refused by the first call, with the packages to install', () => {
  const stack = stackOf(`${OTHER}.App`);
  const expected = new RegExp(
    `^The app uses ${OTHER}, but the library uses ${OWN}\\. Uninstall .*\\. Install .*, and import from them\\.`,
  );
  expect(() => ProviderVersions.require(stack)).toThrow(expected);
  expect(() => new DevPortal(stack, 'portal', { name: 'Portal' })).toThrow(expected);
});

test('the packages to install are those of the framework of the app', () => {
  const names = {
    cdktf: 'okta-dev-portal-oidc, @kong/konnect-cdktf-bindings and @cdktf/provider-okta',
    cdktn: 'okta-dev-portal-oidc-cdktn, konnect-cdktn-bindings and okta-cdktn-bindings',
  };
  expect(() => ProviderVersions.require(stackOf(`${OTHER}.App`))).toThrow(
    `Uninstall ${names[OWN as keyof typeof names]}. Install ${names[OTHER]},`,
  );
});

test('a provider of bindings for the other framework is refused by the first construct of its stack', () => {
  class ForeignProvider extends OktaProvider {}
  nameType(ForeignProvider, `${OTHER}.TerraformProvider`);
  const stack = new TerraformStack(Testing.app(), 'stack');
  ProviderVersions.require(stack);
  new ForeignProvider(stack, 'okta', {});
  expect(() => new DevPortal(stack, 'portal', { name: 'Portal' })).toThrow(
    `The app uses ${OWN}, but stack/okta uses ${OTHER}.`,
  );
});

test('other constructs of any framework are not refused', () => {
  class ForeignOutput extends TerraformOutput {}
  nameType(ForeignOutput, `${OTHER}.TerraformOutput`);
  const stack = stackWithProviders();
  new ForeignOutput(stack, 'output', { value: 'value' });
  expect(new DevPortal(stack, 'portal', { name: 'Portal' }).node.path).toBe('stack/portal');
});

test('an app of a library is on the framework that it extends', () => {
  const stack = stackOf('@company/platform.App');
  ProviderVersions.require(new Construct(stack, 'part'));
  expect(stack.toTerraform()).toMatchObject({ terraform: { required_providers: { konnect: {} } } });
});
