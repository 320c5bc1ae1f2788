import { DEFAULT_NAME } from '../private/client-credentials-policy';
import { type DocumentPath, pathText } from './catalog-file';
import type { Keyed } from './model';
import type { Problems } from './problems';
import { mapping } from './references';

/** What a strategy is called unless the file says otherwise. */
export function strategyName(key: string): string {
  return `${DEFAULT_NAME} ${key}`;
}

/**
 * Reports every name that comes a second time where there may be one only: Konnect and Okta would refuse it in the
 * middle of a deployment. What is no text is the schema's to report.
 */
export function checkNames(problems: Problems, data: unknown, controlPlaneIds: Keyed<string>): void {
  const { strategies, apis } = mapping<unknown>(data);
  const ofStrategies = new Names(problems, 'strategy', 'Okta: its access policy has it too');
  const ofApis = new Names(problems, 'API in the same version', 'Konnect', 'name or version');
  const ofServices = new Names(problems, 'gateway service in the control plane', 'Konnect');
  const ofRoutes = new Names(problems, 'route in the control plane', 'Konnect');

  for (const [key, strategy] of Object.entries(mapping<unknown>(strategies))) {
    const path = ['strategies', key];
    ofStrategies.add({ path, props: mapping(strategy), otherwise: strategyName(key) });
  }
  for (const [key, api] of Object.entries(mapping<unknown>(apis))) {
    const path = ['apis', key];
    const { service, version, ...props } = mapping<unknown>(api);
    ofApis.add({ path, props, within: version });
    const { id, routes, controlPlane, ...options } = mapping<unknown>(service);
    const within = controlPlaneId(controlPlane, controlPlaneIds);
    if (within === undefined) {
      continue;
    }
    const at = [...path, 'service'];
    if (service !== undefined && id === undefined) {
      ofServices.add({ path: at, props: options, otherwise: key, namedAt: path, within });
    }
    for (const [route, criteria] of Object.entries(mapping<unknown>(routes))) {
      ofRoutes.add({ path: [...at, 'routes', route], props: mapping(criteria), otherwise: route, within });
    }
  }
}

/** The id that two keys may stand for; undefined for a key that is missing or not known, which is reported already. */
function controlPlaneId(key: unknown, ids: Keyed<string>): string | undefined {
  const [only, ...others] = Object.keys(ids);
  const meant = key === undefined && others.length === 0 ? only : key;
  return typeof meant === 'string' && Object.hasOwn(ids, meant) ? ids[meant] : undefined;
}

/** Something with a name, or one that its key gives it. */
interface Named {
  readonly path: DocumentPath;
  readonly props: Keyed<unknown>;
  /** What it is called without a name. */
  readonly otherwise?: string;
  /** The key that says so, if it is not its own. */
  readonly namedAt?: DocumentPath;
  /** What has each name once, if not the whole file. */
  readonly within?: unknown;
}

/** Names of one kind of thing, each with what has it. */
class Names {
  private readonly taken = new Map<string, string>();

  public constructor(
    private readonly problems: Problems,
    private readonly what: string,
    private readonly who: string,
    private readonly change = 'name',
  ) {}

  /** Takes a name, or reports that it is taken. */
  public add({ path, props, otherwise, namedAt = path, within = null }: Named): void {
    const { name = otherwise } = props;
    if (typeof name !== 'string') {
      return;
    }
    const id = JSON.stringify([name, within]);
    const first = this.taken.get(id);
    if (first === undefined) {
      this.taken.set(id, pathText(path));
      return;
    }
    const remedy = `Give one of the two another ${this.change}`;
    if (props.name === undefined) {
      const rule = `must not go by the name of another ${this.what}: ${first} is called ${name} too (${this.who})`;
      this.problems.addOfKey(namedAt, { rule, remedy });
    } else {
      const rule = `must not be the name of another ${this.what}: ${first} has it (${this.who})`;
      this.problems.add([...path, 'name'], { rule, remedy });
    }
  }
}
