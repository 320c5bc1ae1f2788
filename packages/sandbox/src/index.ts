export { Clock } from './clock';
export { Gateway } from './gateway/gateway';
export { type LoggedRequest, RequestLog } from './http/request-log';
export { KonnectTenant } from './konnect/konnect-tenant';
export { OktaOrg } from './okta/okta-org';
export { type Deployment, Providers, Sandbox, type SandboxOptions } from './sandbox';
export { findTerraform, TerraformError } from './terraform/terraform';
export type { Changes, Outputs, Plan, PlannedChange, Workspace } from './terraform/workspace';
