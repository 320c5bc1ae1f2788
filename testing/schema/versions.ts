import { TestKitError } from '../test-kit-error';

/** The pinned versions, the oldest first. */
const PINNED = { okta: ['4.20.0', '6.12.0'], konnect: ['3.19.0', '3.20', '3.21', '3.24'] } as const;

/** Versions of the provider schemas. */
export interface SchemaOptions {
  /**
   * Version of okta/okta.
   *
   * @default - the newest pinned version that the stack's range starts at or after, otherwise 4.20.0
   */
  readonly okta?: '4.20.0' | '6.12.0';

  /**
   * Version of kong/konnect. 3.20 has one more resource than 3.19.0, 3.21 three more, 3.24 one more.
   *
   * @default - the newest pinned version that the stack's range starts at or after, otherwise 3.19.0
   */
  readonly konnect?: '3.19.0' | '3.20' | '3.21' | '3.24';
}

type Requirements = { readonly [provider: string]: { readonly version?: unknown } | undefined };

/**
 * The versions of the options, otherwise the oldest that the configuration accepts.
 *
 * @throws TestKitError if there is no schema of a version
 */
export function schemaVersions(configuration: object, options: SchemaOptions): Required<SchemaOptions> {
  for (const [provider, version] of Object.entries(options) as [keyof SchemaOptions, string | undefined][]) {
    const pinned: readonly string[] | undefined = PINNED[provider];
    if (!pinned || (version !== undefined && !pinned.includes(version))) {
      throw new TestKitError(
        `There is no pinned schema of ${provider} ${version}: ${Object.entries(PINNED)
          .map(([name, versions]) => `${name} is ${versions.join(', ')}`)
          .join('; ')}`,
      );
    }
  }
  const { terraform } = configuration as { terraform?: { required_providers?: Requirements } };
  const { okta, konnect } = terraform?.required_providers ?? {};
  return {
    okta: options.okta ?? newest(okta?.version, PINNED.okta),
    konnect: options.konnect ?? newest(konnect?.version, PINNED.konnect),
  };
}

/** The newest of the sorted versions that the range starts at or after. */
function newest<T extends string>(range: unknown, versions: readonly T[]): T {
  const bounds = [...String(range).matchAll(/(?:^|,)\s*(?:~>|>=|=|>)?\s*(\d[\d.]*)/g)].map(
    ([, bound]) => bound,
  );
  const found = [...versions].reverse().find((each) => bounds.some((bound) => compare(bound, each) >= 0));
  return found ?? versions[0];
}

function compare(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  const place = b.findIndex((part, index) => part !== (a[index] ?? 0));
  return place < 0 ? 0 : (a[place] ?? 0) - b[place];
}
