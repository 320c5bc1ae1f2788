import type { Console } from '../console';
import type { Client } from '../deployment';
import { CommandError } from '../exit';
import type { OktaAdminClient } from '../okta-admin-client';
import { text } from '../values';

/** A secret of an Okta application. */
export interface ClientSecret {
  readonly id: string;
  readonly value: string;
  readonly isActive: boolean;
  /** Time of creation, ISO 8601. */
  readonly created: string;
}

/** The secrets of an Okta application: at most two. Every value is redacted from output as soon as it is read. */
export class ClientSecrets {
  private readonly path: string;

  public constructor(
    private readonly okta: OktaAdminClient,
    private readonly client: Client,
    private readonly console: Console,
  ) {
    this.path = `/apps/${client.applicationId ?? client.clientId}/credentials/secrets`;
  }

  /** All secrets, the oldest first. */
  public async list(): Promise<ClientSecret[]> {
    const secrets = (await this.okta.list(this.path)).map((each) => ({
      id: each.id,
      value: text(each.client_secret),
      isActive: each.status === 'ACTIVE',
      created: text(each.created),
    }));
    for (const { value } of secrets) {
      this.console.redactor.addCredentials(this.client.clientId, value);
    }
    return secrets.sort((one, other) => one.created.localeCompare(other.created));
  }

  /** Creates an active secret. Looks again when the creation fails, because it may have succeeded. */
  public async create(): Promise<ClientSecret> {
    const before = new Set((await this.list()).map(({ id }) => id));
    const find = async () => (await this.list()).find(({ id }) => !before.has(id));
    let failure: unknown;
    try {
      await this.okta.create(this.path, {});
    } catch (error) {
      failure = error;
    }
    const created = await find();
    if (!created) {
      throw failure ?? CommandError.failed('Okta does not list the new secret', 'Run the command again.');
    }
    return created;
  }

  public async deactivate({ id }: ClientSecret): Promise<void> {
    await this.okta.operate(`${this.path}/${id}/lifecycle/deactivate`);
  }

  /** Deletes an inactive secret. */
  public async delete({ id }: ClientSecret): Promise<void> {
    await this.okta.delete(`${this.path}/${id}`);
  }
}
