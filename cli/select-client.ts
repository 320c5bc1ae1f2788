import type { Client } from './deployment';
import { CommandError } from './exit';

/** Options that name a client. */
export interface ClientOptions {
  /** Label or client id of the Okta application. Default: the only one. */
  readonly client?: string;

  /** Client id of a client that no stack needs to own, for example at another issuer. */
  readonly clientId?: string;
}

/** The client that the options name. @throws CommandError unless exactly one matches */
export function selectClient(clients: readonly Client[], { client, clientId }: ClientOptions): Client {
  if (clientId !== undefined) {
    return clients.find((each) => each.clientId === clientId) ?? { label: clientId, clientId };
  }
  return selectOktaClient(clients, client, 'by its client id: --client-id.');
}

/**
 * The Okta client with a label or client id.
 *
 * @param wanted undefined for the only client of the stacks
 * @param byId how to name a client that the stacks do not have
 * @throws CommandError unless exactly one matches
 */
export function selectOktaClient(
  clients: readonly Client[],
  wanted: string | undefined,
  byId = 'with --client and its Okta client id.',
): Client {
  const found = clients.filter(
    ({ label, clientId }) => wanted === undefined || [label, clientId].includes(wanted),
  );
  if (found.length === 1) {
    return found[0];
  }
  if (found.length === 0 && isOktaClientId(wanted)) {
    return { label: wanted, clientId: wanted };
  }
  if (found.length > 1) {
    throw CommandError.usage(
      `The stacks have ${found.length} clients${wanted ? ` called ${wanted}` : ''}`,
      `Name one with --client: ${describeClients(found)}.`,
    );
  }
  throw CommandError.usage(
    wanted ? `The stacks have no client ${wanted}` : 'The stacks have no client',
    clients.length > 0
      ? `Their clients are ${describeClients(clients)}. Name another one ${byId}`
      : `Name one ${byId}`,
  );
}

/** Whether a text is the client id of an Okta application. A custom client id is not recognized. */
function isOktaClientId(text?: string): text is string {
  return text !== undefined && /^0oa\w+$/.test(text);
}

/** Labels and client ids, with the stack of each if the clients come from several. */
function describeClients(clients: readonly Client[]): string {
  const hasSeveralSources = new Set(clients.map(({ source }) => source)).size > 1;
  return clients
    .map(({ label, clientId, source }) =>
      hasSeveralSources && source ? `${label} (${clientId}, in ${source})` : `${label} (${clientId})`,
    )
    .join(', ');
}
