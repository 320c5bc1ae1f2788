import { ownerName, ownerOf } from '../application-owner';
import { findOutdated, strategyIdOf } from '../application-strategy';
import type { Client } from '../deployment';
import { type Entity, nameOf } from '../entity';
import { CommandError } from '../exit';
import type { KonnectClient } from '../konnect-client';
import { quote } from '../shell';
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

/** Names for a new application. */
interface ApplicationNames {
  readonly name: string;

  /** Instead of `name`, if the client has another application with that name. */
  readonly nameWithStrategy: string;
}

/** The application of a client, and whether it replaces others. */
interface EnsuredApplication extends Ensured {
  /** Name that it has, or would have after a run without `--dry-run`. */
  readonly name: string;
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
  public async ensure(
    strategyId: string,
    names: ApplicationNames,
    developer?: Entity,
  ): Promise<EnsuredApplication> {
    const all = await this.list();
    const ofClient = all.filter((each) => this.isOfClient(each));
    const current = ofClient.find((each) => strategyIdOf(each) === strategyId);
    return current ? this.keep(current, ofClient, developer) : this.add(strategyId, names, all, developer);
  }

  /** Keeps the application with the strategy. With `--replace` deletes outdated ones of the client. */
  private async keep(
    current: Entity,
    ofClient: readonly Entity[],
    developer?: Entity,
  ): Promise<EnsuredApplication> {
    await this.requireSameDeveloper(current, developer);
    const outdated = this.props.replace ? await this.outdated(ofClient) : [];
    const own = outdated.filter((each) => isOwn(each, developer));
    await this.remove(own);
    const replaced = own.length > 0;
    return { entity: current, name: nameOf(current), created: replaced, replaced };
  }

  private async add(
    strategyId: string,
    names: ApplicationNames,
    all: readonly Entity[],
    developer?: Entity,
  ): Promise<EnsuredApplication> {
    const ofClient = all.filter((each) => this.isOfClient(each));
    const ofDeveloper = all.filter((each) => isOwn(each, developer));
    // A client that was created anew has another id, and its old application has the name.
    const namesakes = ofDeveloper.filter((each) => !this.isOfClient(each) && each.name === names.name);
    const outdated = await this.outdated([...ofClient, ...namesakes]);
    const own = outdated.filter((each) => isOwn(each, developer));
    await this.requireReplaceable(outdated, own);
    const name = this.chooseName(
      names,
      ofDeveloper.filter((each) => !outdated.includes(each)),
    );
    // Konnect does not document whether an application may share its name or client id with the one that it replaces. The
    // outdated one goes first. Its requests are answered with 403 anyway.
    await this.remove(own);
    const { entity } = await this.create(strategyId, name, own, developer);
    return { entity, name, created: true, replaced: own.length > 0 };
  }

  /**
   * Konnect refuses a second application of a developer with the same name.
   *
   * @param kept applications of the developer that stay
   */
  private chooseName({ name, nameWithStrategy }: ApplicationNames, kept: readonly Entity[]): string {
    const isTaken = kept.some((each) => this.isOfClient(each) && each.name === name);
    const chosen = isTaken ? nameWithStrategy : name;
    const namesake = kept.find((each) => each.name === chosen);
    if (namesake) {
      throw CommandError.failed(
        `application ${chosen} exists, with ${this.isOfClient(namesake) ? 'another auth strategy' : `the client id ${String(namesake.client_id)}`}`,
        'Name the new application with --application.',
      );
    }
    return chosen;
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

  /** Deletes applications, unless it is a dry run. */
  private async remove(applications: readonly Entity[]): Promise<void> {
    for (const { id } of this.props.dryRun ? [] : applications) {
      await this.props.konnect.delete(`${this.portal}/applications/${id}`);
    }
  }

  private list(): Promise<Entity[]> {
    return this.props.konnect.list(`${this.portal}/applications`);
  }

  private isOfClient(application: Entity): boolean {
    return application.client_id === this.props.client.clientId;
  }

  private outdated(applications: readonly Entity[]): Promise<Entity[]> {
    return findOutdated(applications, this.props.portalId, this.props.konnect);
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
          ? `Register as its owner, --developer ${quote(name)} --replace, or use a client of your own.`
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

/** Whether the developer may delete the application. Includes applications without an owner. */
function isOwn(application: Entity, developer?: Entity): boolean {
  const owner = ownerOf(application);
  return owner === undefined || (owner.type === 'developer' && owner.id === developer?.id);
}
