/** Who sees a page or an API on a Dev Portal. */
export enum Visibility {
  /** Everybody, signed in or not. */
  PUBLIC = 'public',
  /** Developers who signed in and whose team may see it: needs RBAC on the portal. */
  PRIVATE = 'private',
}
