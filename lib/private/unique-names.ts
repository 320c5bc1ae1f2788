import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { Occurrence } from '../rules';
import { check, type Rule } from '../validation';
import { errorOf } from './tellers';

/** A name, and what it has to be the only one in. */
export interface UniqueName {
  /** The prop that sets the name. */
  readonly prop: string;
  readonly name: string;
  /** What takes each name once; asked for at synthesis, because a provider may be created after the construct. */
  readonly within: () => IConstruct | string;
}

interface Named extends UniqueName {
  readonly construct: IConstruct;
  readonly rule: Rule<Occurrence>;
}

/** Names of each app, in the order in which they were given. */
const given = new WeakMap<IConstruct, Named[]>();

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
  construct.node.addValidation({
    validate: () => {
      const earlier = names
        .slice(0, names.indexOf(self))
        .find((each) => each.rule === rule && each.name === self.name && each.within() === self.within());
      const what = new Occurrence(
        earlier ? `${self.name}, the name of ${earlier.construct.node.path}` : self.name,
        earlier !== undefined,
      );
      const failure = check(self.prop, what, rule).failure();
      return failure ? [errorOf(construct, [failure]).message] : [];
    },
  });
}
