import type { PortalApplicationOptions, PortalApplicationProps } from '../../konnect/portal-application';
import {
  DeveloperStatus,
  type PortalDeveloperOptions,
  type PortalDeveloperProps,
} from '../../konnect/portal-developer';
import type { PortalRegistrationOptions, PortalRegistrationProps } from '../../konnect/portal-registration';
import type { PortalTeamOptions, PortalTeamProps } from '../../konnect/portal-team';
import type { PortalTeamRoleProps } from '../../konnect/portal-team-role';
import type { ClientRegistrationOptions } from '../../okta-dev-portal-oidc-ref';
import { construct, flag, known, mapOf, member, named, required, type Shape, text } from '../kinds';
import { RESOURCE_PROPS } from './resource';

/** What kind each prop of what belongs to the developers of a portal is of. */
export const PORTAL_DEVELOPER_OPTIONS: Shape<PortalDeveloperOptions> = {
  ...RESOURCE_PROPS,
  email: required(text),
  fullName: required(text),
  status: member(() => DeveloperStatus),
  sendInvitationEmail: flag,
};

export const PORTAL_DEVELOPER: Shape<PortalDeveloperProps> = {
  ...PORTAL_DEVELOPER_OPTIONS,
  portal: required(construct('portalId')),
};

export const PORTAL_APPLICATION_OPTIONS: Shape<PortalApplicationOptions> = {
  ...RESOURCE_PROPS,
  client: required(construct('clientId')),
  developer: required(construct('developerId')),
  name: text,
  description: text,
  labels: mapOf(text),
};

export const CLIENT_REGISTRATION_OPTIONS: Shape<ClientRegistrationOptions> = {
  ...PORTAL_APPLICATION_OPTIONS,
  approved: known(flag),
};

export const PORTAL_APPLICATION: Shape<PortalApplicationProps> = {
  ...PORTAL_APPLICATION_OPTIONS,
  strategy: required(construct('strategyId')),
};

export const PORTAL_REGISTRATION_OPTIONS: Shape<PortalRegistrationOptions> = {
  ...RESOURCE_PROPS,
  api: required(construct('apiId')),
  approved: known(flag),
};

export const PORTAL_REGISTRATION: Shape<PortalRegistrationProps> = {
  ...PORTAL_REGISTRATION_OPTIONS,
  application: required(construct('applicationId')),
};

export const PORTAL_TEAM_OPTIONS: Shape<PortalTeamOptions> = {
  ...RESOURCE_PROPS,
  name: required(text),
  description: text,
  canOwnApplications: flag,
  region: named,
};

export const PORTAL_TEAM: Shape<PortalTeamProps> = {
  ...PORTAL_TEAM_OPTIONS,
  portal: required(construct('portalId')),
};

export const PORTAL_TEAM_ROLE: Shape<PortalTeamRoleProps> = {
  ...RESOURCE_PROPS,
  team: required(construct('teamId')),
  role: required(named),
  api: required(construct('apiId')),
  region: named,
};
