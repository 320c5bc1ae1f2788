import { Findings } from '../../../cli/adopt/findings';
import { findServer } from '../../../cli/adopt/how-to/authorization-server';

const server = (id: string, name: string, host = 'dev-1.okta.com', issuerMode = 'DYNAMIC') => ({
  id,
  name,
  issuer: `https://${host}/oauth2/${name === 'default' ? 'default' : id}`,
  issuerMode,
});
const SERVERS = [
  server('aus0', 'default'),
  server('aus1', 'Mine'),
  server('aus2', 'Other', 'login.example.test'),
];

async function find(issuer: string, hosts = ['dev-1.okta.com', 'login.example.test']) {
  const findings = new Findings();
  const okta = { servers: async () => SERVERS, hosts: async () => hosts };
  const found = await findServer(okta, issuer, findings);
  return { id: found?.id, lines: findings.lines.join('\n') };
}

test.each([
  ['the issuer', 'https://dev-1.okta.com/oauth2/aus1', 'aus1'],
  ['the issuer of the default server', 'https://dev-1.okta.com/oauth2/default', 'aus0'],
])('a server is found by %s', async (_, issuer, id) => {
  expect(await find(issuer)).toEqual({ id, lines: expect.stringMatching(/^✓ [^\n]*$/) as string });
});

test.each([
  ['a custom domain', 'https://login.example.test/oauth2/aus1', 'aus1'],
  ['the domain of the org', 'https://dev-1.okta.com/oauth2/aus2', 'aus2'],
  ['a custom domain of the default server', 'https://login.example.test/oauth2/default', 'aus0'],
  ['the id of the default server', 'https://login.example.test/oauth2/aus0', 'aus0'],
])('a server is found with %s in the issuer, and a finding says so', async (_, issuer, id) => {
  const { id: found, lines } = await find(issuer);
  expect(found).toBe(id);
  expect(lines).toContain(
    `(issuer mode DYNAMIC), and the auth strategy has ${issuer}: the app keeps the latter`,
  );
});

test('the default server of another org is not taken for that of this one', async () => {
  const { id, lines } = await find('https://dev-2.okta.com/oauth2/default');
  expect(id).toBeUndefined();
  expect(lines).toContain(
    'the issuer of the auth strategy is https://dev-2.okta.com/oauth2/default, and the hosts of this org are dev-1.okta.com, login.example.test',
  );
});

test('no server is found for an unknown id, or an issuer without one', async () => {
  for (const issuer of ['https://dev-1.okta.com/oauth2/aus9', 'https://dev-1.okta.com']) {
    const { id, lines } = await find(issuer);
    expect(id).toBeUndefined();
    expect(lines).toContain(`✗ Authorization server: no server of this Okta org has the issuer ${issuer}`);
  }
});
