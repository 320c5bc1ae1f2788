import { Failures } from '../../lib/core/validation';
import type { ValueSpec } from '../../lib/core/value-spec';
import { describeUnless } from '../support/describe-unless';
import { Fixture } from '../support/fixture';
import { INPUTS } from '../unit/fuzz/inputs';
import { boundaryValues } from './boundary-values';
import { missingDescriptions, type Operation, type Part, readOperations } from './descriptions';
import { STRICTER } from './stricter-specs';
import { Validator } from './validator';

/** A construct, the operation that creates it, and the field of each prop in the body. */
const CREATED: readonly (readonly [
  name: string,
  operation: string,
  fields: { readonly [prop: string]: string },
])[] = [
  [
    'DevPortal',
    'create-portal',
    {
      name: 'name',
      displayName: 'display_name',
      description: 'description',
      labels: 'labels',
      defaultApiVisibility: 'default_api_visibility',
      defaultPageVisibility: 'default_page_visibility',
      rbacEnabled: 'rbac_enabled',
      autoApproveDevelopers: 'auto_approve_developers',
      autoApproveApplications: 'auto_approve_applications',
    },
  ],
  [
    'PortalPage',
    'create-portal-page',
    {
      slug: 'slug',
      title: 'title',
      description: 'description',
      content: 'content',
      visibility: 'visibility',
    },
  ],
  [
    'PortalTeam',
    'create-portal-team',
    { name: 'name', description: 'description', canOwnApplications: 'can_own_applications' },
  ],
  [
    'PortalDeveloper',
    'create-developer',
    { email: 'email', fullName: 'full_name', status: 'status', sendInvitationEmail: 'send_invitation_email' },
  ],
  [
    'PortalApplication',
    'konnect-portal-management.json create-application',
    { name: 'name', description: 'description', labels: 'labels' },
  ],
  [
    'Api',
    'create-api',
    {
      name: 'name',
      version: 'version',
      description: 'description',
      slug: 'slug',
      labels: 'labels',
      attributes: 'attributes',
    },
  ],
  [
    'ApiPublication',
    'publish-api-to-portal',
    { visibility: 'visibility', autoApproveRegistrations: 'auto_approve_registrations' },
  ],
  ['ControlPlane', 'create-control-plane', { name: 'name', description: 'description', labels: 'labels' }],
  [
    'OidcAuthStrategy',
    'create-app-auth-strategy',
    {
      name: 'name',
      displayName: 'display_name',
      labels: 'labels',
      issuer: 'configs.openid-connect.issuer',
      credentialClaim: 'configs.openid-connect.credential_claim',
      scopes: 'configs.openid-connect.scopes',
      authMethods: 'configs.openid-connect.auth_methods',
    },
  ],
  [
    'GatewayService',
    'create-service',
    {
      host: 'host',
      name: 'name',
      protocol: 'protocol',
      port: 'port',
      path: 'path',
      retries: 'retries',
      connectTimeoutMs: 'connect_timeout',
      readTimeoutMs: 'read_timeout',
      writeTimeoutMs: 'write_timeout',
      tags: 'tags',
      serviceId: 'id',
    },
  ],
  [
    'GatewayRoute',
    'create-route',
    {
      name: 'name',
      paths: 'paths',
      hosts: 'hosts',
      methods: 'methods',
      headers: 'headers',
      snis: 'snis',
      sources: 'sources',
      destinations: 'destinations',
      protocols: 'protocols',
      stripPath: 'strip_path',
      tags: 'tags',
    },
  ],
  [
    'AuthorizationServer',
    'createAuthorizationServer',
    {
      name: 'name',
      description: 'description',
      audiences: 'audiences',
      issuerMode: 'issuerMode',
      keyRotationMode: 'credentials.signing.rotationMode',
    },
  ],
  [
    'AuthorizationServerScope',
    'createOAuth2Scope',
    { scopeName: 'name', displayName: 'displayName', description: 'description', defaultScope: 'default' },
  ],
  ['ClientIdClaim', 'createOAuth2Claim', { claimName: 'name' }],
  [
    'AccessPolicy',
    'createAuthorizationServerPolicy',
    { name: 'name', description: 'description', priority: 'priority' },
  ],
  [
    'AccessPolicyRule',
    'createAuthorizationServerPolicyRule',
    {
      name: 'name',
      priority: 'priority',
      scopes: 'conditions.scopes.include',
      grantTypes: 'conditions.grantTypes.include',
      groups: 'conditions.people.groups.include',
      accessTokenLifetimeMinutes: 'actions.token.accessTokenLifetimeMinutes',
    },
  ],
];

/*
 * What a description refuses fails at synthesis, and what it accepts does not, at the limits that both sides know.
 */
describeUnless(missingDescriptions(), 'the specs of props and the published descriptions', () => {
  const validator = new Validator('request');
  const operations = readOperations();
  const { stack } = new Fixture();
  const used = new Set<string>();

  const rows = CREATED.flatMap(([name, operation, fields]) =>
    Object.entries(fields).map(([prop, field]) => [`${name}.${prop}`, name, operation, prop, field] as const),
  );

  test.each(rows)('%s', (place, name, operation, prop, field) => {
    const spec = INPUTS.find((each) => each.name === name)?.spec.fields[prop] as ValueSpec;
    const schema = fieldOf(bodyOf(operations, operation), field.split('.'));
    const differences = boundaryValues(schema, spec.schema).filter((value) => {
      const failures = new Failures(stack);
      spec.validate(value, prop, failures);
      const isRefusedHere = failures.all().length > 0;
      const isRefusedThere = validator.faults(schema, value).length > 0;
      if (isRefusedHere && !isRefusedThere && STRICTER[place] !== undefined) {
        used.add(place);
        return false;
      }
      return isRefusedHere !== isRefusedThere;
    });
    expect(differences.map((value) => shown(value))).toEqual([]);
  });

  test('every reason is needed', () => {
    expect(Object.keys(STRICTER).filter((place) => !used.has(place))).toEqual([]);
  });
});

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}… (${text.length})` : text;
}

function bodyOf(operations: readonly Operation[], name: string): Part {
  const found = operations.filter(
    (each) => each.name.endsWith(name) && !each.name.includes('dev-portal.json'),
  );
  expect(found).toHaveLength(1);
  return found[0].bodies['application/json'];
}

/** The schema of a field, found through compositions. */
function fieldOf(schema: Part, [name, ...rest]: readonly string[]): Part {
  if (name === undefined) {
    return schema;
  }
  const own = (schema.properties as { readonly [name: string]: Part } | undefined)?.[name];
  if (own) {
    return fieldOf(own, rest);
  }
  const parts = [schema.allOf, schema.oneOf, schema.anyOf].flatMap((each) => (each ?? []) as Part[]);
  const found = parts.flatMap((part) => {
    try {
      return [fieldOf(part, [name, ...rest])];
    } catch {
      return [];
    }
  });
  if (found.length === 0) {
    throw new Error(`no field ${name}`);
  }
  return found[0];
}
