import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Occurrence } from '../rules';
import { check, type Rule } from '../validation';
import { checkAtSynthesis } from './synthesis-checks';

/** A name, and what it has to be the only one in. */
export interface UniqueName {
  /** The prop that sets the name. */
  readonly prop: string;
  readonly name: string;
  /**
   * What takes each name once, by everything that it is known by; asked for at synthesis, because a provider may be
   * created after the construct.
   */
  readonly within: () => readonly (IConstruct | string)[];
}

interface Named extends UniqueName {
  readonly construct: IConstruct;
  readonly rule: Rule<Occurrence>;
}

/** Names of each app, in the order in which they were given. */
const given = new WeakMap<IConstruct, Named[]>();

/** For each name that came a second time the first one; found once for so many names. */
const repeated = new WeakMap<readonly Named[], { readonly of: number; readonly first: Map<Named, Named> }>();

/** Refuses, when the app is synthesized, a name that another construct of the app has in the same place. */
export function requiresUniqueName(construct: IConstruct, rule: Rule<Occurrence>, name: UniqueName): void {
  if (Token.isUnresolved(name.name)) {
    return;
  }
  const { root } = construct.node;
  const names = given.get(root) ?? [];
  const self: Named = { ...name, construct, rule };
  given.set(root, names);
  names.push(self);
  checkAtSynthesis(construct, () => {
    const earlier = repetitions(names).get(self);
    const what = new Occurrence(
      earlier ? `${self.name}, the name of ${earlier.construct.node.path}` : self.name,
      earlier !== undefined,
    );
    return [check(self.prop, what, rule)];
  });
}

function repetitions(names: readonly Named[]): Map<Named, Named> {
  const known = repeated.get(names);
  if (known?.of === names.length) {
    return known.first;
  }
  const first = new Map<Named, Named>();
  const places = new Map<IConstruct | string, Map<Rule<Occurrence>, Map<string, Named>>>();
  for (const each of names) {
    for (const place of each.within()) {
      const rulesThere = places.get(place) ?? new Map<Rule<Occurrence>, Map<string, Named>>();
      const namesThere = rulesThere.get(each.rule) ?? new Map<string, Named>();
      places.set(place, rulesThere.set(each.rule, namesThere));
      const earlier = namesThere.get(each.name);
      if (earlier) {
        first.set(each, first.get(each) ?? earlier);
      } else {
        namesThere.set(each.name, each);
      }
    }
  }
  repeated.set(names, { of: names.length, first });
  return first;
}
