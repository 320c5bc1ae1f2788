import { joinTexts } from './join-texts';

/** Body of Okta's error answers: OAuth errors of token endpoints, errorSummary and causes of the Management API. */
export interface OktaErrorBody {
  readonly error?: string;
  readonly error_description?: string;
  readonly errorSummary?: string;
  readonly errorCauses?: readonly { readonly errorSummary?: string }[];
}

/** The reason that Okta gives, or an empty string. */
export function describeOktaError(body: OktaErrorBody): string {
  const causes = (body.errorCauses ?? []).map(({ errorSummary }) => errorSummary);
  const summary = joinTexts([body.errorSummary, joinTexts(causes, '; ')], ': ');
  return joinTexts([body.error, body.error_description ?? summary], ': ');
}
