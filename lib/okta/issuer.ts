import { text } from '../core/specs';
import type { Rule } from '../core/validation';

/** Domains of Okta orgs. An org may also have a custom domain. */
const OKTA_DOMAIN = /\.(okta|oktapreview|okta-emea|okta-gov)\.com$|\.okta\.mil$/;

/** Issuer URI of any OpenID Connect provider. */
export const ISSUER_URL = text({ maxLength: 256, source: 'Konnect' }).check({
  rule: 'must be an https URL without query, fragment and white space, http only on a loopback host (Konnect)',
  remedy: 'Copy the issuer URI from the metadata of the authorization server',
  isValid: isIssuerUrl,
});

/** The rule for issuers of Okta: a path of a custom authorization server. */
export const CUSTOM_SERVER: Rule<string> = {
  rule: 'must end in /oauth2/<id>, as the issuer of a custom authorization server: the org authorization server has no custom claims (Okta)',
  remedy: 'Use the default server (AuthorizationServer.fromDefault) or a custom one',
  isValid: (issuer) => !URL.canParse(issuer) || /^\/oauth2\/[^/]+$/.test(new URL(issuer).pathname),
};

/** Issuer URI of a custom authorization server of Okta. */
export const OKTA_ISSUER = ISSUER_URL.check(CUSTOM_SERVER);

/** Whether an issuer is on a domain of Okta. */
export function isOktaDomain(issuer: string): boolean {
  return URL.canParse(issuer) && OKTA_DOMAIN.test(new URL(issuer).hostname);
}

function isIssuerUrl(issuer: string): boolean {
  if (!URL.canParse(issuer) || /[\s?#]/.test(issuer)) {
    return false;
  }
  const { protocol, hostname } = new URL(issuer);
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback);
}
