/** The provider versions whose schemas a configuration is held against. */
export interface SchemaOptions {
  /** @default - the newest pinned one that the stack's range begins at or after; 4.20.0 for everything older */
  readonly okta?: '4.20.0' | '6.12.0';

  /** @default - the same; 3.20 has one resource more than 3.19.0, 3.21 three more */
  readonly konnect?: '3.19.0' | '3.20' | '3.21';
}

type Requirements = { readonly [provider: string]: { readonly version?: unknown } | undefined };

/** What a configuration is held against: what was asked for, or else the oldest version that it may get. */
export function schemaVersions(configuration: object, options: SchemaOptions): Required<SchemaOptions> {
  const { terraform } = configuration as { terraform?: { required_providers?: Requirements } };
  const { okta, konnect } = terraform?.required_providers ?? {};
  return {
    okta: options.okta ?? newest(okta?.version, ['6.12.0', '4.20.0']),
    konnect: options.konnect ?? newest(konnect?.version, ['3.21', '3.20', '3.19.0']),
  };
}

/** The first of the versions, newest first, that the range begins at or after. */
function newest<T extends string>(range: unknown, versions: readonly T[]): T {
  const bounds = [...String(range).matchAll(/(?:^|,)\s*(?:~>|>=|=|>)?\s*(\d[\d.]*)/g)].map(
    ([, bound]) => bound,
  );
  const found = versions.find((version) => bounds.some((bound) => compare(bound, version) >= 0));
  return found ?? (versions[versions.length - 1] as T);
}

function compare(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  const place = b.findIndex((part, index) => part !== (a[index] ?? 0));
  return place < 0 ? 0 : (a[place] ?? 0) - b[place];
}
