import { shellQuote } from './shell';

/** Deploys to the sandbox, in the folder of the app. */
export const DEPLOY = 'npx cdktf deploy --skip-provider-lock';

const EMAIL = 'dev@example.test';

/** What the lines for another terminal need. */
interface UsageOptions {
  /** Environment variables of the sandbox. */
  readonly environment: { readonly [name: string]: string };
  /** Base URL of all portals. */
  readonly portalUrl: string;
  /** Path of requests to the gateway. */
  readonly path: string;
  /** Client that sends them, if there is one. */
  readonly client?: { readonly label: string; readonly clientId: string };
}

/** How to use an empty sandbox from a terminal. Indented lines can be pasted into a shell. */
export function banner(portalUrl: string): string {
  return `The sandbox runs until Ctrl-C. In another terminal, export its variables and deploy in the folder of your app, if
the stack has no backend:
  ${DEPLOY}
After Ctrl-C delete the state: terraform.<stack>.tfstate in that folder.

Register a client, and call the API with its credentials. With several clients, these lines take the first one by label:
add --client and its label to register. Replace /anything with the path of your route. ${portalUrl}/clients has the
credentials of the others:
  npx okta-dev-portal-oidc register --developer ${EMAIL}
${indented(requestLines('/anything'))}

${portalLines(portalUrl)}`;
}

/** How to use a sandbox with deployed stacks from a terminal. Indented lines can be pasted into a shell. */
export function usage({ environment, portalUrl, path, client }: UsageOptions): string {
  const whose = client
    ? ` The credentials are those of ${client.label}. ${portalUrl}/clients has the others:`
    : '';
  return `Paste into another terminal.${whose}
${indented([exportLines(environment), ...requestLines(path, client?.clientId)])}

${portalLines(portalUrl)}`;
}

/** Lines that export variables. */
export function exportLines(environment: { readonly [name: string]: string }): string {
  return Object.entries(environment)
    .map(([name, value]) => `export ${name}=${shellQuote(value)}`)
    .join('\n');
}

/** Lines that export the credentials of a client, read from Okta, which has no console here. */
export function credentialLines(clientId: string): string[] {
  return [
    `export OKTA_CLIENT_ID=${clientId}`,
    `export OKTA_CLIENT_SECRET=${fromOkta('/$OKTA_CLIENT_ID/credentials/secrets', '.at(-1).client_secret')}`,
  ];
}

/** Lines that export the credentials of a client, and call an API. */
function requestLines(path: string, clientId = firstClientId()): string[] {
  return [
    ...credentialLines(clientId),
    `curl -i -u "$OKTA_CLIENT_ID:$OKTA_CLIENT_SECRET" "$KONNECT_PROXY_URL${path}"`,
  ];
}

/** Reads the client id of the first client by label. */
function firstClientId(): string {
  return fromOkta('', '.sort((one, other) => one.label.localeCompare(other.label))[0].id');
}

function fromOkta(apps: string, expression: string): string {
  return `$(curl -s -H "Authorization: SSWS $OKTA_API_TOKEN" "$OKTA_HTTP_PROXY/api/v1/apps${apps}" | ${parse(expression)})`;
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
