import {
  type PortalTeamConfig,
  PortalTeam as PortalTeamResource,
} from '@kong/konnect-cdktf-bindings/lib/portal-team';
import { type TerraformProvider, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { derivesItsId, formerPathsOf, pathInStack } from '../private/former-paths';
import { construct, named, required, shapeChecks } from '../private/kinds';
import { literal } from '../private/literal';
import { konnectArguments } from '../private/meta-arguments';
import { MovedBlocks } from '../private/moved-blocks';
import { isAgainOnPortal } from '../private/once-on-portal';
import { identity } from '../private/publications';
import { replacedWithParent } from '../private/replacement';
import { PORTAL_TEAM } from '../private/shapes/portal';
import { childId } from '../private/tokens';
import type { ResourceProps } from '../resource-props';
import { Occurrence } from '../rules';
import { teamRules } from '../rules-teams';
import { check, validate } from '../validation';
import type { IDevPortal } from './dev-portal';
import type { KonnectRegion } from './konnect-region';
import type { IPortalApi } from './portal-api';
import { PortalRole, PortalTeamRole } from './portal-team-role';

/** What is said of a team. */
export interface PortalTeamOptions extends ResourceProps {
  /** Name, 1 to 250 characters. */
  readonly name: string;

  /**
   * Who is in the team, 1 to 250 characters.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether the developers of the team can share applications in it.
   *
   * @default false
   */
  readonly canOwnApplications?: boolean;

  /**
   * Region of the APIs that the team gets roles for.
   *
   * @default - the region of the konnect provider's `serverUrl`
   */
  readonly region?: KonnectRegion;
}

/** Properties of `PortalTeam`. */
export interface PortalTeamProps extends PortalTeamOptions {
  /** The portal of the developers. It needs RBAC. */
  readonly portal: IDevPortal;
}

/**
 * A team of developers of a Dev Portal; its roles say which private APIs they see and use.
 *
 * Who is in the team is not in the code: developers sign up later, and are added in Konnect.
 *
 * @throws ValidationError when the portal has no RBAC or another team of that name, or Konnect would refuse the team
 */
export class PortalTeam extends Construct {
  /** The resource, for whatever this construct does not offer. */
  public readonly resource: PortalTeamResource;

  /** The portal of the developers. */
  public readonly portal: IDevPortal;

  /** Id in Konnect, a UUID. */
  public readonly teamId: string;

  private readonly provider?: TerraformProvider;
  private readonly region?: KonnectRegion;
  private readonly granted = new Set<string>();

  public constructor(scope: Construct, id: string, props: PortalTeamProps) {
    super(scope, id);
    validate(this, shapeChecks(props, PORTAL_TEAM));
    this.portal = props.portal;
    this.provider = props.provider;
    this.region = props.region;
    // Nobody knows whether two names that are known at apply are the same.
    const again = !Token.isUnresolved(props.name) && isAgainOnPortal(props.portal, 'team', props.name);
    validate(this, [
      check('portal', { rbacEnabled: props.portal.rbacEnabled }, teamRules.teamNeedsRbac),
      check('name', props.name, teamRules.name250),
      check('name', new Occurrence(props.name, again), teamRules.teamAddedOnce),
      check('description', props.description, teamRules.text250),
      check('region', props.region?.name, teamRules.regionName),
    ]);
    const { portalId } = props.portal;
    const config = literal<PortalTeamConfig>({
      portalId,
      name: props.name,
      description: props.description,
      canOwnApplications: props.canOwnApplications ?? false,
      ...konnectArguments(this, props, {
        replaceTriggeredBy: replacedWithParent(this, props.portal, portalId),
      }),
    });
    this.resource = new PortalTeamResource(this, 'Resource', config);
    this.teamId = this.resource.id;
  }

  /**
   * Lets the team see the API and its documentation.
   *
   * @throws ValidationError when the team has the role already
   */
  public grantViewer(api: IPortalApi): PortalTeamRole {
    return this.grant(api, PortalRole.API_VIEWER);
  }

  /**
   * Lets the team register applications for the API, and call it.
   *
   * @throws ValidationError when the team has the role already
   */
  public grantConsumer(api: IPortalApi): PortalTeamRole {
    return this.grant(api, PortalRole.API_CONSUMER);
  }

  /**
   * Gives the team a role for the API.
   *
   * @throws ValidationError when the team has the role already
   */
  public grant(api: IPortalApi, role: PortalRole): PortalTeamRole {
    validate(this, [...required(construct('apiId'))('api', api), ...required(named)('role', role)]);
    const key = `${role.name}\n${identity(api.apiId, api)}`;
    const what = `${role.name} for ${api.node.path}`;
    validate(this, [
      check('role, api', new Occurrence(what, this.granted.has(key)), teamRules.roleGrantedOnce),
    ]);
    const { provider, region } = this;
    const prefix = Token.isUnresolved(role.name) ? 'Role' : role.name;
    const ordinal = this.granted.size;
    const idFor = (path: string) => childId(prefix, path, ordinal);
    const id = idFor(this.pathFromHere(api, pathInStack(api)));
    const granted = new PortalTeamRole(this, id, { team: this, role, api, provider, region });
    this.granted.add(key);
    derivesItsId(granted, () => formerPathsOf(api).map((path) => idFor(this.pathFromHere(api, path))));
    if (TerraformStack.of(api) !== TerraformStack.of(this)) {
      // Where the API moves, only its own stack is told to write the blocks.
      MovedBlocks.ensure(TerraformStack.of(this));
    }
    return granted;
  }

  /** Path of an API, without the stack where both are in one: a stack may be renamed. */
  private pathFromHere(api: IPortalApi, path: string): string {
    const whole = `${TerraformStack.of(api).node.path}/${path}`;
    const prefix = `${TerraformStack.of(this).node.path}/`;
    return whole.startsWith(prefix) ? whole.slice(prefix.length) : whole;
  }
}
