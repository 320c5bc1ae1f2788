import { MailPurpose, Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { ManualSetup } from '../support/manual-setup';
import { describeWithDescriptions } from './describe';
import { type Operation, readOperations } from './descriptions';
import { Judge } from './judge';

const EMAIL = 'dev@example.test';
const PASSWORD = 'correct horse';
/** What a portal of the sandbox cannot have. */
const ABSENT = ['/custom-domain', '/email-config'];

/*
 * Answers of every operation that reads something, in a sandbox that has one of everything.
 */
describeWithDescriptions('answers of the sandbox keep to the published descriptions', () => {
  let sandbox: Sandbox;
  let ids: { readonly [parameter: string]: string };
  let cookie: string;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
    const made = await ManualSetup.create(sandbox);
    ids = await addOneOfEverything(made);
    cookie = await signIn(sandbox, made.portalId);
    sandbox.requests.clear();
  });

  afterAll(() => sandbox.stop());

  const reads = readOperations().filter(({ method }) => method === 'GET');

  test.each(reads.map((operation) => [operation.name, operation] as const))(
    '%s',
    async (_name, operation) => {
      sandbox.requests.clear();
      const { status } = await fetch(urlOf(sandbox, operation, ids), {
        headers: { authorization: authorizationOf(sandbox, operation), cookie },
      });
      expect(status).toBe(ABSENT.some((path) => operation.path.endsWith(path)) ? 404 : 200);
      const judge = new Judge();
      const requests = sandbox.requests.all();
      expect(requests).toHaveLength(1);
      expect(requests.flatMap((request) => judge.faults(request))).toEqual([]);
    },
  );
});

type Ids = { readonly [parameter: string]: string };

/** Adds what the how-to has not. Returns ids by the names that the descriptions give them. */
async function addOneOfEverything(made: ManualSetup): Promise<Ids> {
  const { admin, portalId, apiId, strategyId, clientId } = made;
  const portal = `/v3/portals/${portalId}`;
  await admin.konnect('PATCH', portal, { rbac_enabled: true, auto_approve_developers: true });
  const developer = { email: EMAIL, full_name: 'Dev', send_invitation_email: true };
  const { id: developerId } = await admin.konnect('POST', `${portal}/developers`, developer);
  const owner = { type: 'developer', id: developerId };
  const application = { name: 'app', client_id: clientId, auth_strategy_id: strategyId, owner };
  const { id: applicationId } = await admin.konnect('POST', `${portal}/applications`, application);
  const registrations = `${portal}/applications/${applicationId}/registrations`;
  const { id: registrationId } = await admin.konnect('POST', registrations, { api_id: apiId });
  const team = { name: 'team', description: 'A team' };
  const { id: teamId } = await admin.konnect('POST', `${portal}/teams`, team);
  await admin.konnect('POST', `${portal}/teams/${teamId}/developers`, { id: developerId });
  const role = {
    role_name: 'API Consumer',
    entity_id: apiId,
    entity_type_name: 'Services',
    entity_region: 'us',
  };
  await admin.konnect('POST', `${portal}/teams/${teamId}/assigned-roles`, role);
  const page = { slug: 'below', content: '# Below', parent_page_id: made.pageId };
  await admin.konnect('POST', `${portal}/pages`, page);
  const documents = `/v3/apis/${apiId}/documents`;
  const { id: parent } = await admin.konnect('POST', documents, { slug: 'guides', content: '# Guides' });
  await admin.konnect('POST', documents, { title: 'First', content: '', parent_document_id: parent });
  const version = { version: '1.0', spec: { content: '{}' } };
  const { id: versionId } = await admin.konnect('POST', `/v3/apis/${apiId}/versions`, version);
  const [{ id: secretId }] = (await admin.okta(
    'GET',
    `/apps/${clientId}/credentials/secrets`,
  )) as unknown as [{ id: string }];
  return {
    ...{ portalId, apiId, apiIdOrSlug: apiId, developerId, applicationId, registrationId, teamId, versionId },
    ...{ pageId: made.pageId, implementationId: made.implementationId, authStrategyId: strategyId },
    ...{ controlPlaneId: made.controlPlaneId, ServiceId: made.serviceId, RouteId: made.routeId },
    ...{ appId: clientId, secretId, authServerId: 'default', authorizationServerId: 'default', id: 'me' },
    ...{ claimId: made.claimId, scopeId: made.scopeId, policyId: made.policyId, ruleId: made.ruleId },
  };
}

/** Sets a password by the mail of the invitation. Returns the cookie of the session. */
async function signIn(sandbox: Sandbox, portalId: string): Promise<string> {
  const post = (path: string, body: object) =>
    fetch(`${sandbox.portal.url}/${portalId}/api/v3/developer/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const mail = sandbox.portal.mailsTo(EMAIL).find(({ purpose }) => purpose === MailPurpose.SET_PASSWORD);
  await post('reset-password', { token: mail?.token, password: PASSWORD });
  const { headers } = await post('authenticate', { username: EMAIL, password: PASSWORD });
  return headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');
}

function urlOf(sandbox: Sandbox, { service, path, method }: Operation, ids: Ids): string {
  const base = {
    okta: sandbox.okta.url,
    konnect: sandbox.konnect.url,
    portal: `${sandbox.portal.url}/${ids.portalId}`,
  };
  const filled = path.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (id === undefined) {
      throw new Error(`${method} ${path}: the test has nothing for ${name}`);
    }
    return id;
  });
  const query = path === '/api/v1/policies' ? '?type=ACCESS_POLICY' : '';
  return `${base[service]}${filled}${query}`;
}

function authorizationOf({ okta, konnect }: Sandbox, { service }: Operation): string {
  return service === 'okta' ? `SSWS ${okta.apiToken}` : `Bearer ${konnect.token}`;
}
