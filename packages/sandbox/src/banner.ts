/** URLs in the banner. */
interface BannerOptions {
  /** Base URL of all portals. */
  readonly portalUrl: string;
  /** Base URL of the gateway. */
  readonly gatewayUrl: string;
}

/** The portal of the how-to. */
const PORTAL = 'MyDevPortal';
/** Its client. */
const CLIENT = 'Dev Portal app';
const EMAIL = 'dev@example.test';

/** How to use a sandbox from a terminal. Indented lines can be pasted into a shell. */
export function banner({ portalUrl, gatewayUrl }: BannerOptions): string {
  return `The sandbox runs until Ctrl-C. In another terminal, export its variables. Then deploy a stack that names no backend:
  npx cdktf deploy --skip-provider-lock

Register a client and call the API:
  npx okta-dev-portal-oidc register <stack> --developer ${EMAIL}
${credentialLines()
  .map((line) => `  ${line}`)
  .join('\n')}
  curl -i -u "$CLIENT_ID:$OKTA_CLIENT_SECRET" ${gatewayUrl}/anything

${portalLines(portalUrl)}
`;
}

/** Lines that read the credentials of the how-to's client from Okta, which has no console here. */
function credentialLines(): string[] {
  const get = (path: string, expression: string) =>
    `$(curl -s -H "Authorization: SSWS $OKTA_API_TOKEN" "$OKTA_HTTP_PROXY/api/v1/apps${path}" | node -pe 'JSON.parse(fs.readFileSync(0))${expression}')`;
  return [
    `CLIENT_ID=${get('', `.find((app) => app.label === "${CLIENT}").id`)}`,
    `export OKTA_CLIENT_SECRET=${get('/$CLIENT_ID/credentials/secrets', '.at(-1).client_secret')}`,
  ];
}

/** How to use the portal of the how-to in a browser and from a terminal. */
export function portalLines(portalUrl: string): string {
  return [
    'In a browser, a Dev Portal to click through, and the chain for the platform team:',
    `  ${portalUrl}/${PORTAL}`,
    `  ${portalUrl}/chain`,
    '',
    `Or be a developer of the portal ${PORTAL}. No mail is sent, ${portalUrl}/mails has them all:`,
    ...developerLines(portalUrl).map((line) => `  ${line}`),
  ].join('\n');
}

/** Lines that sign up, verify the address, set a password, sign in and list the APIs. */
function developerLines(portalUrl: string): string[] {
  const post = (path: string, body: string, options = '') =>
    `curl -s ${options}-H 'content-type: application/json' -d '${body}' "$PORTAL/developer${path}"`;
  const tokenOf = (command: string, expression: string) =>
    `TOKEN=$(${command} | node -pe 'JSON.parse(fs.readFileSync(0))${expression}.token')`;
  return [
    `PORTAL=${portalUrl}/${PORTAL}/api/v3`,
    post('', `{"email":"${EMAIL}","full_name":"Dev"}`),
    tokenOf(`curl -s "${portalUrl}/mails?to=${EMAIL}"`, '.at(-1)'),
    tokenOf(post('/verify-email', `{"token":"'$TOKEN'"}`), ''),
    post('/reset-password', `{"token":"'$TOKEN'","password":"correct horse"}`),
    post('/authenticate', `{"username":"${EMAIL}","password":"correct horse"}`, '-c cookies.txt '),
    'curl -s -b cookies.txt "$PORTAL/apis"',
  ];
}
