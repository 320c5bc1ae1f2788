import { TerraformDataSource, TerraformElement, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { elementsIn, isDetached, pathInStack } from './elements';
import { addressesOf } from './former-paths';
import { findReferences, type Reference } from './references';
import { Registry } from './registry';
import { type ConstructCheck, requireValid } from './validation';

/** The first version of Terraform with `removed` blocks. */
const REQUIRED_VERSION = '>= 1.7.0';

/** Terraform types by the method that references an existing resource of the type. */
const REFERENCES: { readonly [type: string]: string } = {
  konnect_api: 'Api.fromApiId',
  konnect_application_auth_strategy: 'OidcAuthStrategy.fromStrategyId',
  konnect_gateway_control_plane: 'ControlPlane.fromControlPlaneId',
  konnect_gateway_service: 'GatewayService.fromAttributes',
  konnect_portal: 'DevPortal.fromPortalId',
  konnect_portal_team: 'PortalTeam.fromAttributes',
  okta_app_oauth: 'OidcClient.fromClientId',
  okta_auth_server: 'AuthorizationServer.fromAttributes',
  okta_auth_server_policy: 'AccessPolicy.fromAttributes',
  okta_auth_server_scope: 'AuthorizationServerScope.fromScopeName',
};

/** What constructs share that reference one authorization server. The first of them may have created the server. */
const OF_SERVER = ['okta_auth_server_claim', 'okta_auth_server_scope'];

/**
 * Takes a construct out of the tree, so that it is not synthesized, and makes Terraform forget its resources.
 *
 * Its id is free again, for example for a reference to the existing resource.
 */
export function releaseConstruct(construct: Construct): void {
  if (isDetached(construct)) {
    return;
  }
  requireValid(construct, {
    prop: 'release',
    value: construct,
    isValid: elementsIn(construct).length > 0,
    rule: 'must be called on a construct with resources: a reference to an existing resource has none',
    remedy: 'Remove the call',
  });
  const { id, scope } = construct.node;
  RemovedBlocks.of(TerraformStack.of(construct)).add(construct);
  scope?.node.tryRemoveChild(id);
}

/** Addresses that the stack releases, former ones too. */
export function releasedAddresses(stack: TerraformStack): Iterable<string> {
  return (stack.node.tryFindChild(ID) as RemovedBlocks | undefined)?.addresses().keys() ?? [];
}

/** Id of the construct. The prefix avoids clashes with ids of apps. No address contains it. */
const ID = 'okta-dev-portal-oidc.RemovedBlocks';

/**
 * Terraform's `removed` blocks of a stack. Rendered at synthesis, so that they cover children that are added after the
 * release.
 */
class RemovedBlocks extends TerraformElement {
  /** The blocks of a stack. */
  public static of(stack: TerraformStack): RemovedBlocks {
    return (stack.node.tryFindChild(ID) as RemovedBlocks | undefined) ?? new RemovedBlocks(stack, ID);
  }

  private readonly released: Construct[] = [];

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.node.addValidation({ validate: () => this.failures() });
  }

  public add(construct: Construct): void {
    this.released.push(construct);
  }

  public override toTerraform(): object {
    const removed = [...this.addresses().keys()].map((from) => ({ from, lifecycle: { destroy: false } }));
    return { terraform: { required_version: REQUIRED_VERSION }, removed };
  }

  /** cdktf writes no `removed` blocks in HCL. Without them Terraform would destroy the resources. */
  public override toHclTerraform(): object {
    const [construct] = this.released;
    requireValid(construct, {
      prop: 'release',
      value: construct,
      isValid: this.released.length === 0,
      rule: 'must be deployed without --hcl: cdktf writes no removed blocks in HCL',
      remedy: 'Deploy with JSON, delete the construct from the code, and run cdktf synth --hcl then',
    });
    return {};
  }

  /** The released construct of each address, former ones too: a state may have skipped a deployment. */
  public addresses(): Map<string, IConstruct> {
    return new Map(
      this.released.flatMap((construct) =>
        elementsIn(construct).flatMap((element) =>
          addressesOf(element, this.cdktfStack).map((address) => [address, construct] as const),
        ),
      ),
    );
  }

  private failures(): string[] {
    return Registry.of(this).formatChecks([...this.addressChecks(), ...this.referenceChecks()]);
  }

  private addressChecks(): ConstructCheck[] {
    const { cdktfStack } = this;
    const existing = new Set(elementsIn(cdktfStack).flatMap((each) => addressesOf(each, cdktfStack)));
    const imports = Registry.of(this).imports.get(cdktfStack);
    return [...this.addresses()].flatMap(([address, construct]) => [
      [
        construct,
        {
          prop: 'release',
          value: address,
          isValid: !existing.has(address),
          rule: 'must not be of a resource that the stack still has (Terraform)',
          remedy: 'Give the construct that took over the path another id, or remove its Moves.from the path',
        },
      ],
      [
        construct,
        {
          prop: 'release',
          value: address,
          isValid: imports?.idOf(address) === undefined,
          rule: 'must not be of a resource that the stack adopts (Terraform)',
          remedy: 'Deploy the adoption, remove the prop adopt or the call of applyTo, and release then',
        },
      ],
    ]);
  }

  private referenceChecks(): ConstructCheck[] {
    return findReferences(this.cdktfStack, this.elements()).map((reference) => [
      reference.from,
      {
        prop: 'reference',
        value: reference.to,
        isValid: false,
        rule: 'must not be to a released construct (Terraform)',
        remedy: `Release or remove ${reference.from.node.path} too, or ${this.alternativeTo(reference)}`,
      },
    ]);
  }

  /** The released resources and data sources. */
  private elements(): TerraformElement[] {
    return this.released.flatMap((construct) => [
      ...elementsIn(construct),
      ...construct.node.findAll().filter(TerraformDataSource.isTerraformDataSource),
    ]);
  }

  /** How a construct can keep what it refers to. */
  private alternativeTo({ from, to, type }: Reference): string {
    const parent = from.node.scope;
    const isAccessPolicy = type === 'okta_app_oauth' && 'addClient' in from;
    if (isAccessPolicy && parent && 'allowClient' in parent) {
      return `call allowClient(…) of ${parent.node.path} with the client id`;
    }
    const owner = this.released.find((each) => to.node.scopes.includes(each));
    const server = to.node.scope;
    if (OF_SERVER.includes(type) && server && owner !== to && owner !== server) {
      return `keep claim and scopes: pass one authorizationServer to both constructs, and call Moves.from(authorizationServer, '${pathInStack(server)}')`;
    }
    const method = REFERENCES[type];
    return method === undefined ? 'use the id as text instead' : `pass ${method}(…) instead`;
  }
}
