import type { Entity } from '../../konnect-client';
import type { SynthesizedResource } from './synthesized-app';

/** An existing thing that a resource of the stack adopts. */
export interface ImportCandidate {
  readonly resource: SynthesizedResource;
  readonly entity: Entity;
  readonly importId: string;
}
