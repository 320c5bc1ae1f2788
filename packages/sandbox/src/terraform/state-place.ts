/** The location of a state, from a backend block or a `terraform_remote_state`. */
export interface StatePlace {
  /** Type of the backend, for example `s3`. */
  readonly backend: string;
  readonly config: { readonly [setting: string]: unknown };
}

/**
 * Settings by type of backend: those that name a state in it, and those that locate the backend. The latter may be
 * missing on one side, because they often come from the environment or from `-backend-config`.
 */
const SETTINGS: { readonly [backend: string]: readonly [names: string, places: string] } = {
  azurerm: ['key', 'storage_account_name container_name'],
  consul: ['path', 'address'],
  cos: ['prefix key', 'bucket'],
  gcs: ['prefix', 'bucket'],
  http: ['address', ''],
  kubernetes: ['secret_suffix', 'namespace'],
  local: ['path', ''],
  oss: ['prefix key', 'bucket'],
  pg: ['schema_name', 'conn_str'],
  remote: ['workspaces', 'organization hostname'],
  s3: ['key', 'bucket'],
};

/** Whether both are one state. A backend of an unknown type needs equal settings. */
export function isSamePlace(left: StatePlace, right: StatePlace): boolean {
  const [a, b] = [left, right].map(normalize);
  if (a.backend !== b.backend) {
    return false;
  }
  const { names, places } = settingsOf(a, b);
  const isSame = (name: string) => a.config[name] === b.config[name];
  return (
    [...names, ...places].some((name) => a.config[name] !== undefined && isSame(name)) &&
    names.every(isSame) &&
    places.every((name) => [a, b].some(({ config }) => config[name] === undefined) || isSame(name))
  );
}

/** For messages, without credentials: `s3, key platform.tfstate, bucket states`. */
export function describePlace(place: StatePlace): string {
  const { backend, config } = normalize(place);
  const { names, places } = settingsOf({ backend, config });
  const said = [...names, ...places].filter((name) => config[name] !== undefined);
  return [backend, ...said.map((name) => `${name} ${config[name]}`)].join(', ');
}

interface NormalizedPlace {
  readonly backend: string;
  readonly config: { readonly [setting: string]: string | undefined };
}

function settingsOf(
  { backend, config }: NormalizedPlace,
  other?: NormalizedPlace,
): { names: string[]; places: string[] } {
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  const known = Object.hasOwn(SETTINGS, backend) ? SETTINGS[backend] : undefined;
  return known
    ? { names: words(known[0]), places: words(known[1]) }
    : { names: Object.keys({ ...config, ...other?.config }).sort(), places: [] };
}

/** The settings as texts, without empty ones. HCP Terraform is `cloud` in a block and `remote` in a data source. */
function normalize({ backend, config }: StatePlace): NormalizedPlace {
  const texts = Object.entries(config)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => [name, withoutCredentials(textOf(value))]);
  return { backend: backend === 'cloud' ? 'remote' : backend, config: Object.fromEntries(texts) };
}

/** A block is an object or a list with one; a workspace is identified by its name. */
function textOf(value: unknown): string {
  const [only = value] = Array.isArray(value) && value.length === 1 ? value : [];
  if (typeof only !== 'object' || only === null) {
    return String(only);
  }
  const { name } = only as { readonly name?: unknown };
  return typeof name === 'string' ? name : JSON.stringify(only);
}

/** Removes credentials: reader and writer of a state may be different users. */
function withoutCredentials(text: string): string {
  return text
    .replace(/\/\/[^/@]*@/, '//')
    .replace(/\b(user|password)=('[^']*'|[^\s&]*)[\s&]*/g, '')
    .trim();
}
