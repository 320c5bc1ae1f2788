import type { Occurrence } from './rules';

/** The rules for moves of constructs, in the form of `rules`. */
export const moveRules = {
  movedInStack: {
    rule: 'must lie in a stack: resources keep their place in the state of one (Terraform)',
    remedy: 'Name the constructs of the stack that were renamed or moved',
    holds: (construct: Occurrence) => construct.known,
  },
  movedOnce: {
    rule: 'must not be declared twice for one construct',
    remedy: 'Name all former paths in one call, oldest first',
    holds: (construct: Occurrence) => !construct.known,
  },
  formerPathKnown: {
    rule: 'must be known when the app is synthesized',
    remedy: 'Write the path into the code',
    holds: (path: Occurrence) => path.known,
  },
  formerPath: {
    rule: 'must be the ids from the stack down to the construct, joined by /, without the name of the stack',
    remedy: 'Write it like platform/oidc',
    holds: (path: string) => path.split('/').every((id) => id.trim() !== ''),
  },
  formerPathWithoutStack: {
    rule: 'must not begin with the name of the stack: no address in the state does (Terraform)',
    remedy: 'Leave the name of the stack out',
    holds: (path: Occurrence) => !path.known,
  },
  formerPathDiffers: {
    rule: 'must not be the path that the construct has now',
    remedy: 'Name the path that it had before, or remove the call if it has not moved',
    holds: (path: Occurrence) => !path.known,
  },
  formerPathOnce: {
    rule: 'must not be named twice',
    remedy: 'Remove the repetition',
    holds: (path: Occurrence) => !path.known,
  },
  formerAddressFree: {
    rule: 'must not be the address of a resource that the stack still has (Terraform)',
    remedy: 'Give the construct that took over the place another id, or remove the call if nothing moved',
    holds: (address: Occurrence) => !address.known,
  },
  formerAddressOfOne: {
    rule: 'must be where one resource was, and not two of them (Terraform)',
    remedy: 'Name a former path for one construct only',
    holds: (address: Occurrence) => !address.known,
  },
};
