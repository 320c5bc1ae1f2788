import type { Occurrence } from './rules';
import type { Rule } from './validation';

/** Longest name, e-mail address or description that Konnect takes for developers and applications. */
const MAX_LENGTH = 255;

/** Which versions of a provider a stack accepts. */
export class VersionsOfStack {
  public constructor(
    /** What the stack asks for, undefined where it asks for nothing. */
    private readonly asked: string | undefined,
    /** What the bindings of the provider pin then, undefined where there is no provider. */
    private readonly pinned: string | undefined,
  ) {}

  /** Whether all of them are `minimum` or later. */
  public beginAt(minimum: Version): boolean {
    return beginsAt(this.asked ?? this.pinned ?? '', minimum);
  }

  /** What messages show of it. */
  public toJSON(): string {
    const none = this.pinned === undefined ? '' : `, so exactly ${this.pinned}, the version of the bindings`;
    return this.asked ?? `no range${none}`;
  }
}

/** The rules for developers, applications and registrations of a portal. */
export const registrationRules = {
  konnect321: {
    rule: 'must be a range that begins at 3.21.0 or later: before it the provider knows no developers, applications and registrations of a portal (kong/konnect)',
    remedy:
      "Call ProviderVersions.require(stack, { konnect: '>= 3.21.0, < 4.0.0' }), or register in the portal with an older provider",
    holds: (versions: VersionsOfStack) => versions.beginAt([3, 21, 0]),
  },
  email: {
    rule: `must be an e-mail address of at most ${MAX_LENGTH} characters (Konnect)`,
    remedy: 'Give the address that the developer signs in with',
    holds: (email: string) => /^[^@\s]+@[^@\s]+$/.test(email) && [...email].length <= MAX_LENGTH,
  },
  emailOnce: {
    rule: 'must be the address of one developer only on a portal (Konnect)',
    remedy: 'Use the PortalDeveloper that has it, or give the other one an address of his own',
    holds: (email: Occurrence) => !email.known,
  },
  text255: {
    rule: `must have at most ${MAX_LENGTH} characters (Konnect)`,
    remedy: 'Shorten it',
    holds: (text: string) => [...text].length <= MAX_LENGTH,
  },
  apiRegisteredOnce: {
    rule: 'must not be registered twice by one application (Konnect)',
    remedy: 'Use the registration that register returned the first time',
    holds: (api: Occurrence) => !api.known,
  },
  publishedWithStrategy: {
    rule: 'must be published with the auth strategy of the application (Konnect)',
    remedy: 'Register with an application whose strategy is that of the publication',
    holds: (api: Occurrence) => !api.known,
  },
  publishedBefore: {
    rule: 'must be published before it is registered for, where the publication is in another stack that needs this one: neither of the two could be deployed first (Terraform)',
    remedy:
      'Publish it first, and call register of the application then: it puts the registration beside the publication',
    holds: (api: Occurrence) => !api.known,
  },
  partsOfStack: {
    rule: 'must not be of a stack that needs what this one creates: neither of the two could be deployed first (Terraform)',
    remedy:
      'Register the client in that stack: take this authentication there with OktaDevPortalOidc.fromOidc, call its registerClient, and register of the application for each API',
    holds: (part: Occurrence) => !part.known,
  },
  clientRegisteredOnce: {
    rule: 'must not be registered twice on one portal with the same auth strategy (Konnect)',
    remedy: 'Register the other APIs with the application that exists, or take another client',
    holds: (client: Occurrence) => !client.known,
  },
} satisfies { [name: string]: Rule<never> };

type Version = readonly [major: number, minor: number, patch: number];

/** Whether every version within the constraint is `minimum` or later. One of its parts has to say so. */
function beginsAt(constraint: string, minimum: Version): boolean {
  return constraint.split(',').some((part) => {
    const [, lower, major, minor = '0', patch = '0', prerelease] =
      /^\s*(=|>=|>|~>|)\s*(\d+)(?:\.(\d+))?(?:\.(\d+))?(-.+)?\s*$/.exec(part) ?? [];
    if (lower === undefined) {
      return false;
    }
    const difference = compare([Number(major), Number(minor), Number(patch)], minimum);
    // 3.21.0-beta comes before 3.21.0.
    return difference > 0 || (difference === 0 && prerelease === undefined);
  });
}

function compare(left: Version, right: Version): number {
  const place = left.findIndex((number, index) => number !== right[index]);
  return place < 0 ? 0 : left[place] - right[place];
}
