import { Token, Tokenization } from 'cdktf';
import { kinds, memberOf } from '../rules-kinds';
import { type Check, demand, type Rule } from '../validation';
import { isRecord } from './values';

/** The checks of a value for a prop of one kind. A prop that is left out and a token pass, unless the kind says otherwise. */
export type Kind = (prop: string, value: unknown) => Check[];

/** The kind of each prop of an interface; the compiler finds the one that is missing. */
export type Shape<T> = { readonly [K in keyof Required<T>]: Kind };

/** The checks of the props that somebody passed. They come before every rule: rules ask values of the right kind only. */
export function shapeChecks<T>(props: T, shape: Shape<T>): Check[] {
  return of(shape)('props', props);
}

/** Props inside of props. */
export function of<T>(shape: Shape<T>): Kind {
  return (prop, value) => {
    if (!kinds.props.holds(value)) {
      return [demand(prop, value, kinds.props)];
    }
    const prefix = prop === 'props' ? '' : `${prop}.`;
    return Object.entries<Kind>(shape).flatMap(([name, kind]) =>
      kind(`${prefix}${name}`, Reflect.get(Object(value), name)),
    );
  };
}

/** A prop that has to be there. */
export function required(kind: Kind): Kind {
  return (prop, value) => (value === undefined ? [demand(prop, value, kinds.given)] : kind(prop, value));
}

/** A prop that decides what is synthesized, so that no token will do. */
export function known(kind: Kind): Kind {
  return (prop, value) =>
    Token.isUnresolved(value) ? [demand(prop, value, kinds.knownNow)] : kind(prop, value);
}

export const text: Kind = (prop, value) =>
  typeof value === 'string' ? [demand(prop, value, kinds.tokensKnown)] : simple(kinds.text)(prop, value);
export const number = simple(kinds.number);
export const flag = simple(kinds.flag);
/** A member of a class that stands for an enum. */
export const named = known(simple(kinds.named));
export const adoption = known(simple(kinds.adoption));
export const provider = known(simple(kinds.provider));
export const dependable = known(simple(kinds.dependable));
/** A value that is written as JSON; tokens may stand anywhere in it. */
export const json = simple(kinds.json);

/** A member of an enum, which is asked for late: it may be defined in a file that needs this one. */
export function member(values: () => object): Kind {
  return (prop, value) => simple(memberOf(Object.values(values())))(prop, value);
}

/** A construct that has a property: the one that its interface is for. */
export function construct(property: string): Kind {
  const rule = {
    ...kinds.construct,
    holds: (value: unknown) => kinds.construct.holds(value) && property in Object(value),
  };
  return known(simple(rule));
}

export function listOf(each: Kind): Kind {
  return (prop, value) =>
    Array.isArray(value) && !Token.isUnresolved(value)
      ? [...value].flatMap((element, index) => required(each)(`${prop}[${index}]`, element))
      : simple(kinds.list)(prop, value);
}

export function mapOf(each: Kind): Kind {
  return (prop, value) =>
    isRecord(value) && !Token.isUnresolved(value)
      ? Object.entries(value).flatMap(([key, element]) => [
          demand(`${prop}.${key}`, key, kinds.tokensKnown),
          ...required(each)(`${prop}.${key}`, element),
        ])
      : simple(kinds.map)(prop, value);
}

/** Things that become constructs, by id. */
export function constructsOf(each: Kind): Kind {
  return (prop, value) => [
    ...known(mapOf(each))(prop, value),
    ...(isRecord(value)
      ? Object.keys(value).map((key) =>
          demand(`${prop}.${key}`, Token.isUnresolved(key) ? '' : key, kinds.constructId),
        )
      : []),
    demand(prop, value, kinds.constructIdsUnique),
  ];
}

function simple(rule: Rule<unknown>): Kind {
  return (prop, value) =>
    value === undefined ? [] : [demand(prop, value, isTokenFor(rule, value) ? kinds.tokensKnown : rule)];
}

/** A token has the form of what it stands for, or is an object or a text of its own. */
function isTokenFor(rule: Rule<unknown>, value: unknown): boolean {
  if (typeof value === 'string') {
    return Token.isUnresolved(value) && /^\$\{[^}]*\}$/.test(value);
  }
  return Token.isUnresolved(value) && (Tokenization.isResolvable(value) || rule.holds(value));
}
