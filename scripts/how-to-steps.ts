/** A block of Terraform JSON: attributes by name. */
interface Block {
  readonly [attribute: string]: unknown;
}

/** Blocks by type and logical name. */
interface Blocks {
  readonly [type: string]: { readonly [name: string]: Block };
}

/** What is read of a synthesized stack. */
export interface StackJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: { readonly [name: string]: Block };
}

/** What a step needs in the stack. */
interface Part {
  /** What it is called when it is missing. */
  readonly what: string;
  /** Types that will do, `data.` in front of data sources. */
  readonly types: readonly string[];
  /** Attributes that decide whether the step is done; a dot leads into a block. */
  readonly shows: readonly string[];
}

/** One step of the how-to. */
interface Step {
  readonly title: string;
  /** Names of what is seen when it is played. */
  readonly proofs: readonly string[];
  /** What Terraform makes. */
  readonly parts?: readonly Part[];
  /** What is left to the developer. */
  readonly developer?: (stack: StackJson) => readonly string[];
}

/** The lines to print, and what the stack lacks. */
export interface HowToReport {
  readonly lines: readonly string[];
  readonly missing: readonly string[];
}

const CONFIGS = 'openid_connect.configs.openid_connect';

const prerequisites: readonly Step[] = [
  {
    title: 'Gateway service and route',
    proofs: ['implementation'],
    parts: [
      {
        what: 'gateway service',
        types: ['konnect_gateway_service'],
        shows: ['name', 'host', 'control_plane_id', 'id'],
      },
      { what: 'route', types: ['konnect_gateway_route'], shows: ['name', 'paths', 'service.id'] },
    ],
  },
  {
    title: 'Configure a Dev Portal',
    proofs: ['deploy', 'plan'],
    parts: [
      {
        what: 'portal',
        types: ['konnect_portal'],
        shows: [
          'name',
          'authentication_enabled',
          'auto_approve_developers',
          'auto_approve_applications',
          'default_api_visibility',
        ],
      },
      { what: 'page', types: ['konnect_portal_page'], shows: ['slug', 'content', 'visibility'] },
    ],
  },
  {
    title: 'Register a Dev Portal developer account',
    proofs: ['developer'],
    developer: () => ['opens the portal and clicks Sign up'],
  },
  {
    title: 'Create an API with a gateway implementation',
    proofs: ['implementation'],
    parts: [
      { what: 'API', types: ['konnect_api'], shows: ['name'] },
      {
        what: 'implementation',
        types: ['konnect_api_implementation'],
        shows: ['api_id', 'service_reference.service.id'],
      },
    ],
  },
];

const howTo: readonly Step[] = [
  {
    title: 'Copy the Okta issuer URL',
    proofs: ['discovery'],
    parts: [
      {
        what: 'authorization server',
        types: ['data.okta_auth_server', 'okta_auth_server'],
        shows: ['name'],
      },
    ],
  },
  {
    title: 'Add a claim in Okta',
    proofs: ['claim'],
    parts: [
      {
        what: 'claim',
        types: ['okta_auth_server_claim'],
        shows: ['name', 'value', 'value_type', 'claim_type'],
      },
    ],
  },
  {
    title: 'Create an application in Okta',
    proofs: ['token'],
    parts: [{ what: 'application', types: ['okta_app_oauth'], shows: ['label', 'type', 'grant_types'] }],
  },
  {
    title: 'Add scopes and access policies in Okta',
    proofs: ['token', 'signature'],
    parts: [
      { what: 'scope', types: ['okta_auth_server_scope'], shows: ['name'] },
      { what: 'access policy', types: ['okta_auth_server_policy'], shows: ['name', 'client_whitelist'] },
      {
        what: 'rule',
        types: ['okta_auth_server_policy_rule'],
        shows: ['grant_type_whitelist', 'scope_whitelist', 'policy_id'],
      },
    ],
  },
  {
    title: 'Configure Okta OIDC application authentication in Dev Portal',
    proofs: ['strategy'],
    parts: [
      {
        what: 'auth strategy',
        types: ['konnect_application_auth_strategy'],
        shows: [
          'openid_connect.name',
          `${CONFIGS}.issuer`,
          `${CONFIGS}.credential_claim`,
          `${CONFIGS}.auth_methods`,
          `${CONFIGS}.scopes`,
        ],
      },
    ],
  },
  {
    title: 'Apply the Okta OIDC auth strategy to an API',
    proofs: ['publication', 'without-credentials'],
    parts: [
      {
        what: 'publication',
        types: ['konnect_api_publication'],
        shows: ['api_id', 'portal_id', 'auth_strategy_ids', 'visibility'],
      },
    ],
  },
  {
    title: 'Create an app in Dev Portal',
    proofs: ['registration'],
    developer: () => [
      'opens the API in the portal, clicks Use this API, and enters a name and the Okta client id',
    ],
  },
  {
    title: 'Validate with Basic credentials',
    proofs: ['with-credentials', 'wrong-secret', 'unregistered-client'],
    developer: (stack) => [
      'sends the Okta client id and secret to the route, and gets 200:',
      `curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" "$GATEWAY_URL${pathOfRoute(stack)}"`,
    ],
  },
];

/** The steps of the how-to in order, prerequisites first. */
export const stepTitles: readonly string[] = [...prerequisites, ...howTo].map((step) => step.title);

/**
 * A table of the steps of the how-to and what was seen of each.
 *
 * @param proofs what was seen, by name
 */
export function proofTable(proofs: { readonly [name: string]: string }): string[] {
  const steps = [...prerequisites, ...howTo];
  const width = Math.max(...steps.map(({ title }) => title.length));
  return steps.map(({ title, proofs: names }, index) => {
    const seen = names.map((name) => `${name.replaceAll('-', ' ')}: ${proofs[name]}`).join('; ');
    return `${String(index + 1).padStart(3)}. ${title.padEnd(width)}  ${seen}`;
  });
}

/** What the stack holds for each step of the how-to. */
export function describeHowTo(stack: StackJson): HowToReport {
  const lines: string[] = [];
  const missing: string[] = [];
  const shown = new Set<string>();
  const section = (heading: string, steps: readonly Step[], first: number) => {
    lines.push(heading);
    for (const [index, step] of steps.entries()) {
      lines.push(`${String(first + index).padStart(3)}. ${step.title}`);
      for (const part of step.parts ?? []) {
        describePart(part, step.title);
      }
      for (const line of step.developer?.(stack) ?? []) {
        lines.push(`     developer: ${line}`);
      }
    }
    lines.push('');
  };
  const describePart = (part: Part, title: string) => {
    const found = part.types.flatMap((type) => blocksOf(stack, type));
    if (found.length === 0) {
      missing.push(`${title}: no ${part.what} (${part.types.join(' or ')})`);
      lines.push(`     MISSING ${part.what}`);
    }
    for (const [address, block] of found) {
      shown.add(address);
      lines.push(`     ${address}`);
      for (const attribute of part.shows) {
        const value = valueAt(block, attribute);
        if (value === undefined) {
          missing.push(`${title}: ${address} has no ${attribute}`);
        }
        lines.push(`       ${attribute.replace(`${CONFIGS}.`, '')} = ${text(value)}`);
      }
    }
  };

  section('Prerequisites', prerequisites, 1);
  section('How-to', howTo, prerequisites.length + 1);

  // Whatever no step names is listed too: nothing is deployed that was not shown here.
  const others = addresses(stack).filter((address) => !shown.has(address));
  if (others.length > 0) {
    lines.push('Beside the steps', ...others.map((address) => `     ${address}`), '');
  }
  return { lines, missing };
}

function blocksOf(stack: StackJson, type: string): [address: string, block: Block][] {
  const data = type.startsWith('data.');
  const blocks = data ? stack.data?.[type.slice('data.'.length)] : stack.resource?.[type];
  return Object.entries(blocks ?? {}).map(([name, block]) => [`${type}.${name}`, block]);
}

function addresses(stack: StackJson): string[] {
  const types = [
    ...Object.keys(stack.resource ?? {}),
    ...Object.keys(stack.data ?? {}).map((type) => `data.${type}`),
  ];
  return types.flatMap((type) => blocksOf(stack, type).map(([address]) => address));
}

function valueAt(block: Block, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (isBlock(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      block,
    );
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A reference is shown as the address that it leads to. */
function text(value: unknown): string {
  if (value === undefined) {
    return 'MISSING';
  }
  if (Array.isArray(value)) {
    return `[${value.map(text).join(', ')}]`;
  }
  return typeof value === 'string' ? value.replace(/^\$\{(.*)\}$/, '$1') : JSON.stringify(value);
}

function pathOfRoute(stack: StackJson): string {
  const [, route] = blocksOf(stack, 'konnect_gateway_route')[0] ?? [];
  const paths = route?.paths;
  return Array.isArray(paths) && typeof paths[0] === 'string' ? paths[0] : '/';
}
