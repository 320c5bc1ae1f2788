import { expect } from '@jest/globals';
import { type KitMatchers, matchers } from './matchers';

declare module 'expect' {
  // As Jest declares it: all declarations must have the same parameters.
  interface Matchers<R extends void | Promise<void>, T = unknown> extends KitMatchers<R> {}
}

expect.extend(matchers);
