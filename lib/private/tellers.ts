import type { IConstruct } from 'constructs';
import { ValidationError, type ValidationFailure } from '../errors';

/** Makes an error of what is wrong with a construct. */
type Teller = (failures: ValidationFailure[]) => ValidationError;

const tellers = new WeakMap<IConstruct, Teller>();

/** Says how to tell what synthesis finds wrong with a construct whose props were not written in code. */
export function toldBy(construct: IConstruct, teller: Teller): void {
  tellers.set(construct, teller);
}

/** The error of what synthesis finds wrong with a construct, in the words of whoever wrote its props. */
export function errorOf(construct: IConstruct, failures: ValidationFailure[]): ValidationError {
  return tellers.get(construct)?.(failures) ?? new ValidationError(construct, failures);
}
