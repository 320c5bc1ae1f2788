import { shellQuote } from './shell';

const EMAIL = 'dev@example.test';

/** What the lines for another terminal need. */
interface UsageOptions {
  /** Environment variables of the sandbox. */
  readonly environment: { readonly [name: string]: string };
  /** Base URL of all portals. */
  readonly portalUrl: string;
  /** Path of requests to the gateway. */
  readonly path: string;
}

/** How to use an empty sandbox from a terminal. Indented lines can be pasted into a shell. */
export function banner(portalUrl: string): string {
  return `The sandbox runs until Ctrl-C. In another terminal, export its variables and deploy in the folder of your app, if
the stack has no backend:
  npx cdktf deploy --skip-provider-lock
After Ctrl-C delete the state: terraform.<stack>.tfstate in that folder.

Register a client and call the API with the credentials of the first client. Replace /anything with the path of your
route. ${portalUrl}/clients has the credentials of the others:
  npx okta-dev-portal-oidc register --developer ${EMAIL}
${indented(requestLines('/anything'))}

${portalLines(portalUrl)}`;
}

/** How to use a sandbox with deployed stacks from a terminal. Indented lines can be pasted into a shell. */
export function usage({ environment, portalUrl, path }: UsageOptions): string {
  return `Paste into another terminal. The credentials are those of the first client. ${portalUrl}/clients has the others:
${indented([exportLines(environment), ...requestLines(path)])}

${portalLines(portalUrl)}`;
}

/** Lines that export variables. */
export function exportLines(environment: { readonly [name: string]: string }): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}`)
    .join('\n');
}

/** Lines that read the credentials of the first client from Okta, which has no console here, and call an API. */
function requestLines(path: string): string[] {
  const get = (apps: string, expression: string) =>
    `$(curl -s -H "Authorization: SSWS $OKTA_API_TOKEN" "$OKTA_HTTP_PROXY/api/v1/apps${apps}" | ${parse(expression)})`;
  return [
    `export OKTA_CLIENT_ID=${get('', '[0].id')}`,
    `export OKTA_CLIENT_SECRET=${get('/$OKTA_CLIENT_ID/credentials/secrets', '.at(-1).client_secret')}`,
    `curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" "$KONNECT_PROXY_URL${path}"`,
  ];
}

/** The pages, and how to be a developer of a portal without them. */
function portalLines(portalUrl: string): string {
  return `In a browser:
  ${portalUrl}            Dev Portals
  ${portalUrl}/clients    clients in Okta with their secrets, and requests to paste
  ${portalUrl}/approvals  pending developers and registrations
  ${portalUrl}/chain      each link from the credentials of a client to the API

Or be a developer of the first portal. No mail is sent, ${portalUrl}/mails has them all:
${indented(developerLines(portalUrl))}`;
}

/** Lines that sign up, verify the address, set a password, sign in and list the APIs. */
function developerLines(portalUrl: string): string[] {
  const post = (path: string, body: string, options = '') =>
    `curl -s ${options}-H 'content-type: application/json' -d '${body}' "$PORTAL/developer${path}"`;
  const tokenOf = (command: string, expression: string) =>
    `TOKEN=$(${command} | ${parse(`${expression}.token`)})`;
  return [
    `PORTAL=${portalUrl}/$(curl -s -H "Authorization: Bearer $KONNECT_TOKEN" "$KONNECT_SERVER_URL/v3/portals" | ${parse('.data[0].id')})/api/v3`,
    post('', `{"email":"${EMAIL}","full_name":"Dev"}`),
    tokenOf(`curl -s "${portalUrl}/mails?to=${EMAIL}"`, '.at(-1)'),
    tokenOf(post('/verify-email', `{"token":"'$TOKEN'"}`), ''),
    post('/reset-password', `{"token":"'$TOKEN'","password":"correct horse"}`),
    post('/authenticate', `{"username":"${EMAIL}","password":"correct horse"}`, '-c cookies.txt '),
    'curl -s -b cookies.txt "$PORTAL/apis"',
  ];
}

/** A command that prints a part of the JSON of its standard input. */
function parse(expression: string): string {
  return `node -pe 'JSON.parse(fs.readFileSync(0))${expression}'`;
}

function indented(lines: readonly string[]): string {
  return lines.join('\n').replace(/^/gm, '  ');
}
