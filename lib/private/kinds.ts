import { Token, Tokenization } from 'cdktf';
import { kinds, memberOf } from '../rules-kinds';
import { type Check, demand, type Rule } from '../validation';
import { isRecord, isToken } from './values';

/**
 * The checks of a value for a prop of one kind, those that fail. A prop that is left out and a token pass, unless the
 * kind says otherwise.
 */
export type Kind = (prop: string, value: unknown) => readonly Check[];

/** The kind of each prop of an interface; the compiler finds the one that is missing. */
export type Shape<T> = { readonly [K in keyof Required<T>]: Kind };

/** Shared by everything that is right: a stack with many APIs has a great many props. */
const NONE: readonly Check[] = [];

/** The checks of the props that somebody passed. They come before every rule: rules ask values of the right kind only. */
export function shapeChecks<T>(props: T, shape: Shape<T>): readonly Check[] {
  return shapeCheck(shape, 'props', props);
}

/** Props inside of props. */
export function of<T>(shape: Shape<T>): Kind {
  return (prop, value) => shapeCheck(shape, prop, value);
}

function shapeCheck<T>(shape: Shape<T>, prop: string, value: unknown): readonly Check[] {
  if (!kinds.props.holds(value)) {
    return [demand(prop, value, kinds.props)];
  }
  const props = Object(value);
  const found: Check[] = [];
  for (const name in shape) {
    const kind: Kind = shape[name];
    const place = prop === 'props' ? name : `${prop}.${name}`;
    found.push(...kind(place, props[name]));
  }
  return found;
}

/** A prop that has to be there. */
export function required(kind: Kind): Kind {
  return (prop, value) => (value === undefined ? [demand(prop, value, kinds.given)] : kind(prop, value));
}

/** A prop that decides what is synthesized, so that no token will do. */
export function known(kind: Kind): Kind {
  return (prop, value) => (isToken(value) ? [demand(prop, value, kinds.knownNow)] : kind(prop, value));
}

export const text: Kind = (prop, value) =>
  typeof value === 'string' && kinds.tokensKnown.holds(value)
    ? NONE
    : failing(prop, value, typeof value === 'string' ? kinds.tokensKnown : kinds.text);
export const number = simple(kinds.number);
export const flag = simple(kinds.flag);
/** A member of a class that stands for an enum. */
export const named: Kind = (prop, value) => {
  const failures = known(simple(kinds.named))(prop, value);
  return failures.length > 0 || value === undefined
    ? failures
    : text(prop, Reflect.get(Object(value), 'name'));
};
export const adoption = known(simple(kinds.adoption));
export const provider = known(simple(kinds.provider));
export const dependable = known(simple(kinds.dependable));
/** A value that is written as JSON; tokens may stand anywhere in it. */
export const json = simple(kinds.json);

/** A member of an enum, which is asked for late: it may be defined in a file that needs this one. */
export function member(values: () => object): Kind {
  return (prop, value) => failing(prop, value, memberOf(Object.values(values())));
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
      : failing(prop, value, kinds.list);
}

export function mapOf(each: Kind): Kind {
  return (prop, value) =>
    isRecord(value) && !Token.isUnresolved(value)
      ? Object.entries(value).flatMap(([key, element]) => [
          demand(`${prop}.${key}`, key, kinds.tokensKnown),
          ...required(each)(`${prop}.${key}`, element),
        ])
      : failing(prop, value, kinds.map);
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
  return (prop, value) => failing(prop, value, rule);
}

function failing(prop: string, value: unknown, rule: Rule<unknown>): readonly Check[] {
  if (value === undefined) {
    return NONE;
  }
  const asked = isTokenFor(rule, value) ? kinds.tokensKnown : rule;
  return asked.holds(value) ? NONE : [demand(prop, value, asked)];
}

/** A token has the form of what it stands for, or is an object or a text of its own. */
function isTokenFor(rule: Rule<unknown>, value: unknown): boolean {
  if (typeof value === 'string') {
    return Token.isUnresolved(value) && /^\$\{[^}]*\}$/.test(value);
  }
  return isToken(value) && (Tokenization.isResolvable(value) || rule.holds(value));
}
