import type { DocumentPath } from './catalog-file';
import type { Keyed } from './model';
import type { Problems } from './problems';

/** The keys that a catalog may refer to. */
export interface KnownKeys {
  readonly portals: readonly string[];
  readonly controlPlanes: readonly string[];
  /** Of code and file. */
  readonly strategies: readonly string[];
  /** Of the code. */
  readonly strategiesOfCode: readonly string[];
}

/** What stands beside the id of a gateway service that exists. */
const BESIDE_ID = ['id', 'controlPlane', 'routes'];

/**
 * Reports what no schema can say: keys that nobody gave, keys that are needed because there are several,
 * and what does not go together. Looks at whatever has the right shape, wherever else the schema found faults.
 */
export function checkReferences(problems: Problems, data: unknown, known: KnownKeys): void {
  const { strategies, apis, clients } = mapping<unknown>(data);
  for (const key of Object.keys(mapping(strategies))) {
    if (known.strategiesOfCode.includes(key)) {
      problems.addOfKey(['strategies', key], {
        rule: 'must not be the key of a strategy that the code gives',
        remedy: 'Rename it, or remove one of the two',
      });
    }
  }
  for (const [key, api] of Object.entries(mapping<unknown>(apis))) {
    checkApi(problems, ['apis', key], mapping(api), known);
  }
  for (const [key, client] of Object.entries(mapping<unknown>(clients))) {
    checkClient(problems, ['clients', key], mapping(client), known);
  }
}

/** The value if it is a mapping; what is none is the schema's to report. */
export function mapping<T>(value: unknown): Keyed<T> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Keyed<T>) : {};
}

function checkApi(problems: Problems, path: DocumentPath, api: Keyed<unknown>, known: KnownKeys): void {
  if (api.service !== undefined) {
    checkService(problems, [...path, 'service'], api.service, known);
  }
  const portals = Object.keys(mapping(api.portals));
  for (const portal of portals) {
    problems.expectKey([...path, 'portals', portal], portal, known.portals, true);
  }
  if (portals.length > 0 || api.strategy !== undefined) {
    problems.expectOneOf([...path, 'strategy'], api.strategy, known.strategies);
  }
}

function checkService(problems: Problems, path: DocumentPath, value: unknown, known: KnownKeys): void {
  const service = mapping<unknown>(value);
  if (service !== value) {
    return;
  }
  const exists = service.id !== undefined;
  if (exists === (service.host !== undefined)) {
    problems.add(path, {
      rule: 'must have either id, of a gateway service that exists, or host, of one to create',
      remedy: 'Give one of the two',
    });
  } else if (exists) {
    for (const key of Object.keys(service).filter((each) => !BESIDE_ID.includes(each))) {
      problems.addOfKey([...path, key], {
        rule: 'must not stand beside id: the gateway service exists, with its own settings',
        remedy: 'Remove it, or give host instead of id',
      });
    }
  }
  problems.expectOneOf([...path, 'controlPlane'], service.controlPlane, known.controlPlanes);
}

function checkClient(problems: Problems, path: DocumentPath, client: Keyed<unknown>, known: KnownKeys): void {
  const place = [...path, 'strategies'];
  if (!Array.isArray(client.strategies)) {
    problems.expectOneOf(place, client.strategies, known.strategies);
    return;
  }
  for (const [index, key] of client.strategies.entries()) {
    problems.expectKey([...place, index], key, known.strategies);
  }
}
