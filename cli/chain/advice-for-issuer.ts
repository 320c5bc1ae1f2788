import type { IssuerAdvice } from './issuer-advice';
import { OKTA_ADVICE } from './okta-advice';
import { OTHER_ISSUER_ADVICE } from './other-issuer-advice';

/** Domains of Okta orgs. An org may also have a custom domain. */
const OKTA_DOMAIN = /\.(okta|oktapreview|okta-emea|okta-gov)\.com$|\.okta\.mil$/;

/** Paths of Okta's authorization servers, also on a custom domain. The issuer of WSO2 ends in `/oauth2/token`. */
const OKTA_PATH = /^\/oauth2\/(default|aus\w+)\/?$/;

/** Advice for an authorization server of Okta, which its path or domain shows, or for any other issuer. */
export function adviceFor(issuer: string): IssuerAdvice {
  if (!URL.canParse(issuer)) {
    return OTHER_ISSUER_ADVICE;
  }
  const { hostname, pathname } = new URL(issuer);
  return OKTA_DOMAIN.test(hostname) || OKTA_PATH.test(pathname) ? OKTA_ADVICE : OTHER_ISSUER_ADVICE;
}
