import type { Entity } from './entity';

/** The plugin `ace` of a control plane, which enforces the strategies of the APIs that are linked to it. */
export interface AccessControlPlugin extends Entity {
  readonly enabled?: boolean;
  readonly config?: {
    readonly match_policy?: string;
    readonly anonymous?: string | null;
    readonly rate_limiting?: object | null;
  } | null;
}

/** Finds the plugin for a whole control plane among its plugins. */
export function findAccessControlPlugin(plugins: readonly Entity[]): AccessControlPlugin | undefined {
  const isGlobal = ({ route, service, consumer }: Entity) => !route && !service && !consumer;
  return plugins.find((each) => each.name === 'ace' && isGlobal(each));
}

/** An operation of an API, from its specification. */
export interface ApiOperation extends Entity {
  readonly method: string;
  readonly path: string;
  /** Whether a route of the control plane takes it, and which one. */
  readonly implementation_status?: {
    readonly matched: boolean;
    readonly route: { readonly id: string } | null;
    readonly service: { readonly id: string } | null;
  };
}
