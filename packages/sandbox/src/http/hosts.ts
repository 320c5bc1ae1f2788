/** The address of every socket of a sandbox. */
export const LOOPBACK = '127.0.0.1';

/** What a request target begins with that holds a whole URL, as requests to an HTTP proxy do. */
const ORIGIN = /^https?:\/\/[^/?#]*/i;

/** Host names, without port, that a service is asked under. */
export class Hosts {
  private readonly names: ReadonlySet<string>;

  /**
   * @param others names beside those of the loopback interface
   * @param isOwn whether another name is one too
   */
  public constructor(
    others: readonly string[] = [],
    private readonly isOwn: (name: string) => boolean = () => false,
  ) {
    this.names = new Set([LOOPBACK, 'localhost', ...others]);
  }

  /** The first host in a request that is none of these: that of the header Host, or that of a whole URL. */
  public foreignIn(host: string | undefined, target: string): string | undefined {
    const [origin] = ORIGIN.exec(target) ?? [];
    const named = [`http://${host ?? ''}`, ...(origin === undefined ? [] : [origin])];
    return named.map(nameOf).find((name) => !this.names.has(name) && !this.isOwn(name));
  }

  /** Whether an authority, a name with or without a port, is one of these. */
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
