import { adviceFor } from '../../cli/chain/advice-for-issuer';

test.each([
  ['https://my-org.okta.com/oauth2/aus1a2b3c', 'Okta'],
  ['https://my-org.okta.com', 'Okta'],
  ['https://login.example.com/oauth2/default', 'Okta'],
  ['https://login.example.com/oauth2/aus1a2b3c', 'Okta'],
  ['https://wso2.example.com/oauth2/token', 'the issuer'],
  ['https://keycloak.example.com/realms/apis', 'the issuer'],
  ['https://my-org.okta.com.example.org/', 'the issuer'],
  ['no URL', 'the issuer'],
])('advice for %s names %s', (issuer, name) => {
  expect(adviceFor(issuer).name).toBe(name);
});
