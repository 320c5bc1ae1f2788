import { ownerName, ownerOf } from '../application-owner';
import type { Client } from '../deployment';
import { type Entity, fieldOf } from '../entity';
import { CommandError } from '../exit';
import type { KonnectClient } from '../konnect-client';
import { type Ensured, ensure } from './ensure';

/** Settings of PortalApplications. */
interface PortalApplicationsProps {
  readonly konnect: KonnectClient;
  readonly portalId: string;
  readonly client: Client;

  /** Whether to delete applications whose strategy no API uses any more. */
  readonly replace: boolean;

  /** Whether to change nothing. */
  readonly dryRun: boolean;
}

/** The application of a client, and whether it replaces others. */
interface EnsuredApplication extends Ensured {
  readonly replaced: boolean;
}

/** The applications of one client on a portal: one for each strategy. */
export class PortalApplications {
  private readonly portal: string;

  public constructor(private readonly props: PortalApplicationsProps) {
    this.portal = `v3/portals/${props.portalId}`;
  }

  /**
   * Finds or creates the client's application with a strategy.
   *
   * @param developer owner of a new application; undefined when a dry run would create them
   * @throws CommandError when it cannot be created, or an outdated one cannot be deleted
   */
  public async ensure(strategyId: string, name: string, developer?: Entity): Promise<EnsuredApplication> {
    const { replace, dryRun } = this.props;
    const all = await this.list();
    const ofClient = all.filter((each) => this.isOfClient(each));
    const current = ofClient.find((each) => strategyIdOf(each) === strategyId);
    // A client that was created anew has another id, and its old application has the name.
    const namesakes = current
      ? []
      : all.filter((each) => !this.isOfClient(each) && each.name === name && isOwn(each, developer));
    if (current) {
      await this.requireSameDeveloper(current, developer);
    }
    const outdated = current && !replace ? [] : await this.outdated([...ofClient, ...namesakes]);
    const own = outdated.filter((each) => isOwn(each, developer));
    if (!current) {
      await this.requireReplaceable(outdated, own);
      requireFreeName(namesakes.filter((each) => !outdated.includes(each)));
    }
    // Konnect does not document whether an application may share its name or client id with the one that it replaces. The
    // outdated one goes first. Its requests are answered with 403 anyway.
    if (!dryRun) {
      await this.remove(own);
    }
    const ensured = current
      ? { entity: current, created: false }
      : await this.create(strategyId, name, own, developer);
    const replaced = own.length > 0;
    return { entity: ensured.entity, created: ensured.created || replaced, replaced };
  }

  private async create(
    strategyId: string,
    name: string,
    removed: readonly Entity[],
    developer?: Entity,
  ): Promise<Ensured> {
    const { konnect, client, dryRun } = this.props;
    const find = async () =>
      (await this.list()).find((each) => this.isOfClient(each) && strategyIdOf(each) === strategyId);
    const create = () =>
      konnect.create(`${this.portal}/applications`, {
        name,
        client_id: client.clientId,
        auth_strategy_id: strategyId,
        owner: { type: 'developer', id: developer?.id },
      });
    try {
      return await ensure(find, create, dryRun);
    } catch (error) {
      throw removed.length > 0 && error instanceof CommandError
        ? error.withNote('The old application is deleted, and the next run creates the new one')
        : error;
    }
  }

  private async remove(applications: readonly Entity[]): Promise<void> {
    for (const { id } of applications) {
      await this.props.konnect.delete(`${this.portal}/applications/${id}`);
    }
  }

  private list(): Promise<Entity[]> {
    return this.props.konnect.list(`${this.portal}/applications`);
  }

  private isOfClient(application: Entity): boolean {
    return application.client_id === this.props.client.clientId;
  }

  /** Applications whose strategy no API on the portal uses any more. */
  private async outdated(applications: readonly Entity[]): Promise<Entity[]> {
    if (applications.length === 0) {
      return [];
    }
    const { konnect, portalId } = this.props;
    const published = await konnect.list(`v3/api-publications?filter[portal_id][eq]=${portalId}`);
    const used = new Set(published.flatMap(({ auth_strategy_ids: ids }) => (ids ?? []) as string[]));
    return applications.filter((each) => !used.has(strategyIdOf(each)));
  }

  private async requireSameDeveloper(application: Entity, developer?: Entity): Promise<void> {
    const owner = ownerOf(application);
    if (owner?.type === 'developer' && owner.id !== developer?.id) {
      const name = await ownerName(owner, this.portal, this.props.konnect);
      throw CommandError.failed(
        `another developer (${name}) has registered the client ${this.props.client.clientId} as ${String(application.name)}`,
        'Use a client of your own, or ask its owner to register it for the API.',
      );
    }
  }

  private async requireReplaceable(outdated: readonly Entity[], own: readonly Entity[]): Promise<void> {
    const foreign = outdated.find((each) => !own.includes(each));
    const owner = foreign && ownerOf(foreign);
    if (foreign && owner) {
      const name = await ownerName(owner, this.portal, this.props.konnect);
      throw CommandError.failed(
        `application ${String(foreign.name)} uses a strategy that no API on the portal uses any more, and belongs to another ${owner.type} (${name})`,
        owner.type === 'developer'
          ? `Register as its owner, --developer ${name} --replace, or use a client of your own.`
          : 'Delete it in the portal, or use a client of your own.',
      );
    }
    if (outdated.length > 0 && !this.props.replace) {
      throw CommandError.failed(
        `application ${String(outdated[0].name)} uses a strategy that no API on the portal uses any more: its requests get 403`,
        'Konnect cannot move an application to another strategy. Delete it and create a new one with --replace.',
      );
    }
  }
}

/** Requires that no application of another client has the name. */
function requireFreeName(namesakes: readonly Entity[]): void {
  for (const { name, client_id: clientId } of namesakes) {
    throw CommandError.failed(
      `application ${String(name)} exists, with the client id ${String(clientId)}`,
      'Name the new application with --application.',
    );
  }
}

/** Whether the developer may delete the application. Includes applications without an owner. */
function isOwn(application: Entity, developer?: Entity): boolean {
  const owner = ownerOf(application);
  return owner === undefined || (owner.type === 'developer' && owner.id === developer?.id);
}

function strategyIdOf(application: Entity): string {
  return String(fieldOf(application, 'auth_strategy', 'id'));
}
