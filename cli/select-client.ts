import { type Client, type Deployment, isOktaClientId } from './deployment';
import { CommandError } from './exit';

/** Options that name a client. */
export interface ClientOptions {
  /** Label or client id of the Okta application. Default: the only one. */
  readonly client?: string;

  /** Client id of a client that no stack needs to own, for example at another issuer. */
  readonly clientId?: string;
}

/** The client that the options name. @throws CommandError unless exactly one matches */
export function selectClient(deployment: Deployment, { client, clientId }: ClientOptions): Client {
  const { clients } = deployment;
  if (clientId !== undefined) {
    return clients.find((each) => each.clientId === clientId) ?? { label: clientId, clientId };
  }
  if (clients.length === 0 && !isOktaClientId(client)) {
    throw CommandError.usage(
      client === undefined ? 'The stacks have no client' : `The stacks have no client ${client}`,
      'Name one by its client id: --client-id.',
    );
  }
  return deployment.selectClient(client);
}
