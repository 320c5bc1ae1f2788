/** The parts of a request that an answer can repeat. */
interface Sent {
  readonly authorization?: string;
  readonly path: string;
  readonly body: string;
}

/** An answer that repeats a request. */
export interface EchoedAnswer {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
}

/** Fields of error messages of Konnect, Okta and the token endpoint. */
const FIELDS = ['detail', 'message', 'title', 'error', 'error_description', 'errorSummary', 'errorCode'];

/** An error that repeats the request with its credentials: as plain text, URL-encoded and as JSON. */
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
