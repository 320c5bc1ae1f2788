import { Sandbox } from 'okta-dev-portal-oidc-sandbox';
import { describeWithDescriptions } from './describe';
import { type Operation, readOperations } from './descriptions';
import { withoutExceptions } from './exceptions';
import { invalidBodies } from './invalid-bodies';
import { Judge } from './judge';
import { Validator } from './validator';

/** Any parent: a body is validated before its parents are looked for. */
const ANY_ID = '11111111-1111-4111-8111-111111111111';

/*
 * Every body with one fault that the published descriptions let us derive, for every operation that creates, changes
 * or publishes something.
 */
describeWithDescriptions('bodies that the published descriptions refuse', () => {
  let sandbox: Sandbox;

  beforeAll(async () => {
    sandbox = await Sandbox.start();
  });

  afterAll(() => sandbox.stop());

  const validator = new Validator('request');
  const cases = operationsWithBody().map((operation) => [operation.name, operation] as const);

  test.each(cases)('%s', async (_name, operation) => {
    const { schema, bodies } = bodiesOf(operation);
    const invalid = bodies.filter(({ body }) => validator.faults(schema, judged(operation, body)).length > 0);
    expect(invalid.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const { what, body } of invalid) {
      const answer = await send(sandbox, operation, body);
      if (answer.status !== 400 || !hasReasons(answer.body)) {
        wrong.push(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are refused in the published shape', () => {
    const judge = new Judge();
    const faults = sandbox.requests
      .all()
      .flatMap((request) => judge.faults(request))
      .filter((fault) => fault.includes(': answer '));
    expect([...new Set(faults)]).toEqual([]);
  });
});

function operationsWithBody(): Operation[] {
  return readOperations().filter(
    ({ method, bodies }) => ['POST', 'PUT', 'PATCH'].includes(method) && 'application/json' in bodies,
  );
}

function bodiesOf({ bodies }: Operation) {
  const schema = bodies['application/json'] ?? {};
  return { schema, bodies: invalidBodies(schema) };
}

function judged({ method, path }: Operation, body: unknown): unknown {
  return withoutExceptions(`${method} ${path}`, body);
}

/** Whether an answer says what is wrong, as Konnect or as Okta does. */
function hasReasons(body: { readonly [field: string]: unknown }): boolean {
  const { detail, invalid_parameters: parameters, errorCode, errorCauses } = body;
  return detail === 'Invalid Parameters'
    ? Array.isArray(parameters) && parameters.length > 0
    : errorCode === 'E0000001' && Array.isArray(errorCauses) && errorCauses.length > 0;
}

async function send(sandbox: Sandbox, { service, method, path }: Operation, body: unknown) {
  const url = {
    okta: sandbox.okta.url,
    konnect: sandbox.konnect.url,
    portal: `${sandbox.portal.url}/${ANY_ID}`,
  };
  const authorization =
    service === 'okta' ? `SSWS ${sandbox.okta.apiToken}` : `Bearer ${sandbox.konnect.token}`;
  const response = await fetch(`${url[service]}${path.replaceAll(/\{[^}]+\}/g, ANY_ID)}`, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}
