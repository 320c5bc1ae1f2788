import { enumOf } from '../core/specs';

/** Who sees a page or an API on a Dev Portal. */
export enum Visibility {
  /** Everyone, signed in or not. */
  PUBLIC = 'public',
  /** Signed-in developers. With RBAC only those whose team has a role. */
  PRIVATE = 'private',
}

export const VISIBILITY = enumOf(Visibility);
