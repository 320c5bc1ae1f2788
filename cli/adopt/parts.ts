import { InvalidArgumentError } from 'commander';

/** A part of a setup that an app can take over without the others. */
export enum Part {
  /** The portal with its pages. */
  PORTAL = 'portal',

  /** APIs with their versions, documents and links. */
  APIS = 'apis',

  /** Publications of APIs on the portal. */
  PUBLICATIONS = 'publications',

  /** Control planes with the plugin `ace`, and the services that the APIs lead to, with their routes. */
  GATEWAY = 'gateway',

  /** Okta applications. */
  CLIENTS = 'clients',
}

/** Parts that need the APIs on the portal. */
export const PARTS_WITH_APIS = [Part.APIS, Part.PUBLICATIONS, Part.GATEWAY];

/** Parts in Konnect. */
export const KONNECT_PARTS = [Part.PORTAL, ...PARTS_WITH_APIS];

/** The parts that an app takes over. It references the others by their ids. */
export type Parts = ReadonlySet<Part>;

/** Parses names of parts with commas between them. @throws InvalidArgumentError for an unknown name */
export function parseParts(value: string): Parts {
  const known = Object.values(Part);
  return new Set(
    value.split(',').map((name) => {
      const part = known.find((each) => each === name.trim());
      if (part === undefined) {
        throw new InvalidArgumentError(`"${name}" is not one of ${known.join(', ')}.`);
      }
      return part;
    }),
  );
}
