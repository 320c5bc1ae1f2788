import type { Client } from '../deployment';
import { CommandError } from '../exit';
import type { Entity, KonnectClient } from '../konnect-client';
import { type Ensured, ensure } from './ensure';

/** What is asked for, and where. */
export interface PortalApplicationsProps {
  readonly konnect: KonnectClient;
  readonly portalId: string;
  readonly client: Client;

  /** Whether applications with a strategy that no API has any more are deleted. */
  readonly replace: boolean;

  /** Whether nothing is created or deleted. */
  readonly dryRun: boolean;
}

/** The application of a client, and whether it took the place of others. */
export interface EnsuredApplication extends Ensured {
  readonly replaced: boolean;
}

interface Owner {
  readonly type?: string;
  readonly id?: string;
}

/** The applications of one Okta client on a portal: one for each strategy. */
export class PortalApplications {
  private readonly portal: string;

  public constructor(private readonly props: PortalApplicationsProps) {
    this.portal = `v3/portals/${props.portalId}`;
  }

  /**
   * Makes sure that the client has an application with a strategy.
   *
   * @param developer the owner; undefined where it would be created
   * @throws CommandError when it cannot have one, or what was replaced cannot be deleted
   */
  public async ensure(strategyId: string, name: string, developer?: Entity): Promise<EnsuredApplication> {
    const { konnect, client, replace, dryRun } = this.props;
    const ofClient = await this.list();
    const current = ofClient.find((each) => strategyIdOf(each) === strategyId);
    if (current) {
      await this.requireNoOtherDeveloper(current, developer);
    }
    const outdated = current && !replace ? [] : await this.outdated(ofClient);
    const own = outdated.filter((each) => isOwn(each, developer));
    const replaced = own.length > 0;
    if (!current) {
      await this.requireReplaceable(outdated, own);
    }
    const path = `${this.portal}/applications`;
    const create = () =>
      konnect.create(path, {
        name,
        client_id: client.clientId,
        auth_strategy_id: strategyId,
        owner: { type: 'developer', id: developer?.id },
      });
    const find = async () => (await this.list()).find((each) => strategyIdOf(each) === strategyId);
    const ensured = current
      ? { entity: current, created: false }
      : await ensure(find, () => this.createInsteadOf(own, create), dryRun);
    if (!dryRun) {
      // The new application is there before the old one goes.
      await this.remove(own);
    }
    return { entity: ensured.entity, created: ensured.created || replaced, replaced };
  }

  /** Where Konnect does not take the new application beside the old one, the old one has to go first. */
  private async createInsteadOf(outdated: Entity[], create: () => Promise<Entity>): Promise<Entity> {
    try {
      return await create();
    } catch (error) {
      if (outdated.length === 0 || (error as CommandError).status !== 409) {
        throw error;
      }
    }
    await this.remove(outdated);
    try {
      return await create();
    } catch (error) {
      throw error instanceof CommandError
        ? error.leaving('the old application is deleted, and the next run creates the new one')
        : error;
    }
  }

  /** Deletes applications, once each: they are off the list then. */
  private async remove(applications: Entity[]): Promise<void> {
    for (const { id } of applications.splice(0)) {
      await this.props.konnect.delete(`${this.portal}/applications/${id}`);
    }
  }

  private async list(): Promise<Entity[]> {
    const all = await this.props.konnect.list(`${this.portal}/applications`);
    return all.filter((each) => each.client_id === this.props.client.clientId);
  }

  /** Applications whose strategy no API on the portal has any more. */
  private async outdated(applications: readonly Entity[]): Promise<Entity[]> {
    if (applications.length === 0) {
      return [];
    }
    const { konnect, portalId } = this.props;
    const published = await konnect.list(`v3/api-publications?filter[portal_id][eq]=${portalId}`);
    const used = new Set(published.flatMap(({ auth_strategy_ids: ids }) => (ids ?? []) as string[]));
    return applications.filter((each) => !used.has(strategyIdOf(each)));
  }

  private async requireNoOtherDeveloper(application: Entity, developer?: Entity): Promise<void> {
    const owner = ownerOf(application);
    if (owner?.type === 'developer' && owner.id !== developer?.id) {
      throw CommandError.failed(
        `the client ${this.props.client.clientId} is registered by another developer (${await this.nameOf(owner)}) as ${String(application.name)}`,
        'Use a client of your own, or let its owner register it for the API.',
      );
    }
  }

  private async requireReplaceable(outdated: readonly Entity[], own: readonly Entity[]): Promise<void> {
    const foreign = outdated.find((each) => !own.includes(each));
    if (foreign) {
      const owner = ownerOf(foreign);
      const name = await this.nameOf(owner);
      throw CommandError.failed(
        `application ${String(foreign.name)} has the strategy ${strategyIdOf(foreign)}, which no API on the portal has any more, and belongs to another ${owner?.type} (${name})`,
        owner?.type === 'developer'
          ? `Register as its owner, --developer ${name} --replace, or use a client of your own.`
          : 'Delete it in the portal, or use a client of your own.',
      );
    }
    if (outdated.length > 0 && !this.props.replace) {
      throw CommandError.failed(
        `application ${String(outdated[0].name)} has the strategy ${strategyIdOf(outdated[0])}, which no API on the portal has any more: its requests get 403`,
        'Konnect cannot move an application to another strategy. Create it anew, and delete the old one, with --replace.',
      );
    }
  }

  /** E-mail address of a developer, or the id. */
  private async nameOf(owner: Owner | undefined): Promise<string> {
    const developer =
      owner?.type === 'developer'
        ? await this.props.konnect.find(`${this.portal}/developers/${owner.id}`)
        : undefined;
    return String(developer?.email ?? owner?.id);
  }
}

function ownerOf({ owner }: Entity): Owner | undefined {
  return (owner ?? undefined) as Owner | undefined;
}

/** Whether the developer may delete it: an application that nobody owns, too. */
function isOwn(application: Entity, developer?: Entity): boolean {
  const owner = ownerOf(application);
  return owner === undefined || (owner.type === 'developer' && owner.id === developer?.id);
}

function strategyIdOf({ auth_strategy: strategy }: Entity): string {
  return (strategy as { id?: string } | undefined)?.id ?? '';
}
