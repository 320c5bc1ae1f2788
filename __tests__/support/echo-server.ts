/** A request, as far as an answer can repeat it. */
export interface Sent {
  readonly authorization?: string;
  readonly path: string;
  readonly body: string;
}

/** An answer with everything that was sent. */
export interface EchoedAnswer {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** Fields in which Konnect, Okta and the token endpoint say what is wrong. */
const FIELDS = ['detail', 'message', 'title', 'error', 'error_description', 'errorSummary', 'errorCode'];

/** What an API without manners answers: whatever it was sent, credentials in plain text too, as URLs and JSON write it. */
export function echoAnswer({ authorization = '', path, body }: Sent): EchoedAnswer {
  const [scheme, credentials = ''] = authorization.split(' ');
  const plain = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString() : '';
  const sent = [authorization, plain, path, body];
  const text = [...sent, ...sent.map(encodeURIComponent), JSON.stringify(sent)].join(' | ');
  return {
    headers: {
      'content-type': 'application/json',
      'retry-after': '0',
      location: `http://127.0.0.1/?${encodeURIComponent(sent.join())}`,
      'www-authenticate': `${authorization} realm=${encodeURIComponent(sent.join())}`,
    },
    body: JSON.stringify(Object.fromEntries(FIELDS.map((name) => [name, text]))),
  };
}
