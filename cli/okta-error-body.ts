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
  const summary = [body.errorSummary, causes.join('; ')].filter(Boolean).join(': ');
  return [body.error, body.error_description ?? summary].filter(Boolean).join(': ');
}
