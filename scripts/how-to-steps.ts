/** Results of playing the how-to, by name. */
export type Proofs = { readonly [name: string]: string };

/** A resource or data source that a step needs. */
export interface Part {
  /** Name for messages. */
  readonly what: string;
  /** Accepted types. Those of data sources start with `data.`. */
  readonly types: readonly string[];
  /** Attributes that the step sets. A dot leads into a block. */
  readonly attributes: readonly string[];
}

/** One step of the how-to. */
export interface Step {
  readonly title: string;
  /** What Terraform creates. Empty for steps of the developer. */
  readonly parts: readonly Part[];
  /** What the developer does. */
  readonly developer?: string;
  /** One line that proves the step. */
  readonly proof: (proofs: Proofs) => string;
}

const CONFIG = 'openid_connect.configs.openid_connect';

/** Prerequisites of the how-to. */
export const PREREQUISITES: readonly Step[] = [
  {
    title: 'Gateway service and route',
    parts: [
      {
        what: 'gateway service',
        types: ['konnect_gateway_service'],
        attributes: ['name', 'host', 'control_plane_id', 'id'],
      },
      { what: 'route', types: ['konnect_gateway_route'], attributes: ['name', 'paths', 'service.id'] },
    ],
    proof: ({ implementation }) => implementation,
  },
  {
    title: 'Configure a Dev Portal',
    parts: [
      {
        what: 'portal',
        types: ['konnect_portal'],
        attributes: [
          'name',
          'authentication_enabled',
          'auto_approve_developers',
          'auto_approve_applications',
          'default_api_visibility',
        ],
      },
      { what: 'page', types: ['konnect_portal_page'], attributes: ['slug', 'content', 'visibility'] },
    ],
    proof: ({ deploy, plan }) => `${deploy}; the next plan has ${plan}`,
  },
  {
    title: 'Register a Dev Portal developer account',
    parts: [],
    developer: 'opens the portal and clicks Sign up',
    proof: ({ developer }) => `the developer is ${developer}`,
  },
  {
    title: 'Create an API with a gateway implementation',
    parts: [
      { what: 'API', types: ['konnect_api'], attributes: ['name'] },
      {
        what: 'implementation',
        types: ['konnect_api_implementation'],
        attributes: ['api_id', 'service_reference.service.id'],
      },
    ],
    proof: ({ implementation }) => implementation,
  },
];

/** Steps of the how-to itself. */
export const HOW_TO: readonly Step[] = [
  {
    title: 'Copy the Okta issuer URL',
    parts: [
      {
        what: 'authorization server',
        types: ['data.okta_auth_server', 'okta_auth_server'],
        attributes: ['name'],
      },
    ],
    proof: ({ discovery }) => discovery,
  },
  {
    title: 'Add a claim in Okta',
    parts: [
      {
        what: 'claim',
        types: ['okta_auth_server_claim'],
        attributes: ['name', 'value', 'value_type', 'claim_type'],
      },
    ],
    proof: ({ claim }) => claim,
  },
  {
    title: 'Create an application in Okta',
    parts: [{ what: 'application', types: ['okta_app_oauth'], attributes: ['label', 'type', 'grant_types'] }],
    proof: ({ token }) => token,
  },
  {
    title: 'Add scopes and access policies in Okta',
    parts: [
      { what: 'scope', types: ['okta_auth_server_scope'], attributes: ['name'] },
      { what: 'access policy', types: ['okta_auth_server_policy'], attributes: ['name', 'client_whitelist'] },
      {
        what: 'rule',
        types: ['okta_auth_server_policy_rule'],
        attributes: ['grant_type_whitelist', 'scope_whitelist', 'policy_id'],
      },
    ],
    proof: ({ signature }) => `the token is ${signature}`,
  },
  {
    title: 'Configure Okta OIDC application authentication in Dev Portal',
    parts: [
      {
        what: 'auth strategy',
        types: ['konnect_application_auth_strategy'],
        attributes: [
          'openid_connect.name',
          `${CONFIG}.issuer`,
          `${CONFIG}.credential_claim`,
          `${CONFIG}.auth_methods`,
          `${CONFIG}.scopes`,
        ],
      },
    ],
    proof: ({ strategy }) => strategy,
  },
  {
    title: 'Apply the Okta OIDC auth strategy to an API',
    parts: [
      {
        what: 'publication',
        types: ['konnect_api_publication'],
        attributes: ['api_id', 'portal_id', 'auth_strategy_ids', 'visibility'],
      },
    ],
    proof: (proofs) => `${proofs.publication}; ${proofs['without-credentials']} without credentials`,
  },
  {
    title: 'Create an app in Dev Portal',
    parts: [],
    developer: 'opens the API in the portal, clicks Use this API, and enters a name and the Okta client id',
    proof: ({ registration }) => registration,
  },
  {
    title: 'Validate with Basic credentials',
    parts: [],
    developer: 'sends the Okta client id and secret to the route, and gets 200',
    proof: (proofs) =>
      `${proofs['with-credentials']}; ${proofs['wrong-secret']} with a wrong secret; ${proofs['unregistered-client']} for an unregistered client`,
  },
];

/** Name of an attribute without the blocks that every strategy has. */
export function shortName(attribute: string): string {
  return attribute.replace(`${CONFIG}.`, '');
}
