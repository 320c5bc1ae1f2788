/** A page as the server sent it. */
interface SentPage {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

/** Fields of a form; as a list to send one twice. */
type Fields = Record<string, string> | [name: string, value: string][];

/** A visitor of the pages of a sandbox, with cookies and without JavaScript. */
export class PageVisitor {
  private readonly cookies = new Map<string, string>();

  public constructor(
    /** URL of the portal, without a slash at the end. */
    private readonly url: string,
  ) {}

  /** Opens a page. Follows no redirect. */
  public get(path: string): Promise<SentPage> {
    return this.send(path);
  }

  /** Submits a form. Follows no redirect. */
  public submit(path: string, fields: Fields, headers: Record<string, string> = {}): Promise<SentPage> {
    return this.send(path, new URLSearchParams(fields), headers);
  }

  /** Signs up, confirms the address with the token of the mail, and chooses a password. */
  public async signUp(
    email: string,
    password: string,
    mails: () => readonly { readonly token: string }[],
    name = 'Dev',
  ): Promise<void> {
    await this.submit('/sign-up', { full_name: name, email });
    const { headers } = await this.submit('/verify-email', { token: mails()[0].token });
    const token = new URLSearchParams(headers.get('location')?.split('?')[1]).get('token') ?? '';
    await this.submit('/reset-password', { token, password });
  }

  private async send(
    path: string,
    body?: URLSearchParams,
    headers: Record<string, string> = {},
  ): Promise<SentPage> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${this.url}${path}`, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: { cookie, ...headers },
      ...(body && { body }),
    });
    for (const each of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
      this.cookies.set(name, value);
    }
    return { status: response.status, html: await response.text(), headers: response.headers };
  }
}
