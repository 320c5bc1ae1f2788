import { CommandError } from './exit';
import { joinTexts } from './join-texts';

/** Konnect's description of an error, application/problem+json. */
interface ErrorBody {
  readonly detail?: string;
  readonly message?: string;
  readonly invalid_parameters?: readonly { readonly field?: string; readonly reason?: string }[];
}

/**
 * The error for a request that Konnect refused.
 *
 * @param request method and path
 * @param url Konnect's URL
 */
export async function explainRefusal(
  response: Response,
  request: string,
  url: string,
): Promise<CommandError> {
  const { status } = response;
  if (status === 401) {
    return CommandError.unreachable(
      `Konnect refuses the token (401) at ${url}`,
      'Set KONNECT_TOKEN to a valid access token of this organization. It may have expired or be truncated.',
    );
  }
  if (status === 403) {
    return CommandError.unreachable(
      `KONNECT_TOKEN may not send ${request} (403)`,
      'Give its user or system account a role that allows it: Portal Admin for portals, API Viewer for APIs.',
    );
  }
  if (status === 404) {
    return CommandError.failed(
      `Konnect has nothing at ${request.replace(/^\w+ /, '')} of ${url} (404)`,
      'If it exists, KONNECT_SERVER_URL is the URL of another region. Otherwise deploy the stack.',
    );
  }
  const detail = await detailOf(response);
  if (status >= 500 || status === 429) {
    return CommandError.unreachable(
      `Konnect answers ${request} with ${status} at every attempt${detail}`,
      'Try again later. Finished steps are kept and not repeated.',
    );
  }
  return CommandError.failed(
    `Konnect refuses ${request} with ${status}${detail}`,
    status < 400
      ? 'Set KONNECT_SERVER_URL to the URL of the API, not to that of the console.'
      : 'Fix what the message names, and run the command again.',
    status,
  );
}

async function detailOf(response: Response): Promise<string> {
  // Error pages of proxies are not JSON.
  const body = ((await response.json().catch(() => undefined)) ?? {}) as ErrorBody;
  const reasons = (body.invalid_parameters ?? []).map(({ field, reason }) =>
    [field, reason].filter(Boolean).join(' '),
  );
  const detail = reasons.length > 0 ? joinTexts(reasons, '; ') : (body.detail ?? body.message);
  return detail ? `: ${detail}` : '';
}
