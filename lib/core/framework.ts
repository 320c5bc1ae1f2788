import { App } from 'cdktf';
import type { IConstruct } from 'constructs';

/** The packages that belong together, by framework. */
const PACKAGES = new Map([
  ['cdktf', 'okta-dev-portal-oidc, @kong/konnect-cdktf-bindings and @cdktf/provider-okta'],
  ['cdktn', 'okta-dev-portal-oidc-cdktn, konnect-cdktn-bindings and okta-cdktn-bindings'],
]);

/** The property in which jsii keeps the name of a class, which starts with the name of its package. */
const JSII_TYPE = Symbol.for('jsii.rtti');

/**
 * Requires that the app and this package are on the same framework. The symbols of cdktf and cdktn are the same, so
 * their constructs accept each other until a private method is missing at synthesis.
 */
export function requireSameFramework(root: IConstruct): void {
  requireFramework(frameworkOf(root.constructor), frameworkOf(App), 'the library');
}

/** Requires that the Okta and Konnect bindings in the scope are on the framework of this package. */
export function requireBindingsOfFramework(scope: IConstruct): void {
  for (const construct of scope.node.findAll()) {
    if (/^(okta|konnect)(_|$)/.test(Reflect.get(construct, 'terraformResourceType') ?? '')) {
      requireFramework(frameworkOf(App), frameworkOf(construct.constructor), construct.node.path);
    }
  }
}

function requireFramework(wanted: string | undefined, found: string | undefined, what: string): void {
  if (wanted && found && wanted !== found) {
    throw new Error(
      `The app uses ${wanted}, but ${what} uses ${found}. Uninstall ${PACKAGES.get(found)}. ` +
        `Install ${PACKAGES.get(wanted)}, and import from them. See docs/move-to-cdktn.md.`,
    );
  }
}

/** The framework of a class or of its nearest base class. An npm alias does not change it. */
function frameworkOf(type: object): string | undefined {
  for (let each: object | null = type; each; each = Object.getPrototypeOf(each)) {
    const [framework] = String(Reflect.get(each, JSII_TYPE)?.fqn).split('.');
    if (PACKAGES.has(framework)) {
      return framework;
    }
  }
  return undefined;
}
