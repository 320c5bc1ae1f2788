/** The address of every socket of a sandbox. */
export const LOOPBACK = '127.0.0.1';

/** Start of an absolute URL as request target, as in requests to an HTTP proxy. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/** Host names of a service, without port. */
export class Hosts {
  private readonly names: ReadonlySet<string>;

  /**
   * @param others names in addition to those of the loopback interface
   * @param isOwn whether to accept another name
   */
  public constructor(
    others: readonly string[] = [],
    private readonly isOwn: (name: string) => boolean = () => false,
  ) {
    this.names = new Set([LOOPBACK, 'localhost', ...others]);
  }

  /** The first unknown host in a request: in the header Host or in an absolute URL. */
  public foreignIn(host: string | undefined, target: string): string | undefined {
    const [origin] = ORIGIN.exec(target) ?? [];
    const named = [`http://${host ?? ''}`, ...(origin === undefined ? [] : [origin])];
    return named.map(nameOf).find((name) => !this.names.has(name) && !this.isOwn(name));
  }

  /** Whether an authority (host and optional port) is one of these. */
  public includes(authority: string): boolean {
    return this.names.has(nameOf(`http://${authority}`));
  }
}

/** Path and query of a request target. */
export function pathOf(target: string): string {
  return target.replace(ORIGIN, '') || '/';
}

function nameOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : '';
}
