/** What the descriptions leave out, or what the real providers do against them. */
interface Exception {
  /** Method and path of operations, as published or, where nothing is published, as sent. */
  readonly operation: RegExp;
  /** Fields of the request and of the answer that are not judged; `*` is every item. */
  readonly fields?: readonly string[];
  /** Fields that may be null. Without these and `fields` the whole operation is not judged. */
  readonly nulls?: readonly string[];
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    operation: /^(GET|POST) \/api\/v1\/internal\/apps\//,
    reason: 'An internal API of Okta, which okta/okta uses (recorded).',
  },
  {
    operation: /^(GET|POST|PUT) \/api\/v1\/apps/,
    fields: ['settings/app', '*/settings/app'],
    reason:
      'okta/okta sends an empty object for every application (recorded), the description of OIDC has none.',
  },
  {
    operation: /^(GET|POST|PUT) \/api\/v1\/apps/,
    nulls: [
      'settings/notes/admin',
      'settings/notes/enduser',
      '*/settings/notes/admin',
      '*/settings/notes/enduser',
    ],
    reason: 'okta/okta sends null for notes that are left out (recorded).',
  },
  {
    operation: /^GET \/api\/v1\/authorizationServers\/.*\/rules/,
    fields: ['people/groups/exclude', 'people/users/exclude'].flatMap((field) => [
      `conditions/${field}`,
      `*/conditions/${field}`,
    ]),
    reason: 'okta/okta reads and writes whom a rule excludes, the description has only whom it includes.',
  },
  {
    operation: /^GET \/oauth2\/.*\/keys$/,
    fields: ['keys/*/e', 'keys/*/n'],
    reason: 'The members of an RSA key (RFC 7518), which the description does not list.',
  },
  {
    operation: /^(POST|PATCH) \/v3\/portals\/[^/]+\/teams/,
    nulls: ['description', 'name', 'can_own_applications'],
    reason: 'kong/konnect sends null for what a configuration leaves out.',
  },
  {
    operation: /^(GET|POST|PUT|DELETE) \/v2\/control-planes\/[^/]+\/core-entities\/plugins/,
    reason: 'Plugins are left out of the cut-down description: each has a different configuration.',
  },
  {
    operation: /^GET \/v3\/apis\/[^/]+\/operations/,
    reason: 'Operations of APIs are left out of the cut-down description.',
  },
];

/** Whether an operation is not judged at all. */
export function isExcepted(operation: string): boolean {
  return EXCEPTIONS.some((each) => !each.fields && !each.nulls && each.operation.test(operation));
}

/** A copy of a body without the fields that are not judged. */
export function withoutExceptions(operation: string, body: unknown): unknown {
  const copy = structuredClone(body);
  const applying = EXCEPTIONS.filter((each) => each.operation.test(operation));
  for (const { fields = [], nulls = [] } of applying) {
    for (const field of fields) {
      remove(copy, field.split('/'), () => true);
    }
    for (const field of nulls) {
      remove(copy, field.split('/'), (value) => value === null);
    }
  }
  return copy;
}

type Condition = (value: unknown) => boolean;

function remove(value: unknown, [name = '', ...rest]: readonly string[], condition: Condition): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const object = value as { [name: string]: unknown };
  if (rest.length === 0) {
    if (condition(object[name])) {
      delete object[name];
    }
  } else if (name !== '*') {
    remove(object[name], rest, condition);
  } else if (Array.isArray(value)) {
    for (const item of value) {
      remove(item, rest, condition);
    }
  }
}
