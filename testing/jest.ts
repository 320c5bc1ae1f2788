import { type KitMatchers, matchers } from './matchers';

export { type KitMatchers, matchers } from './matchers';

declare global {
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: @types/jest has this default, and all declarations must have the same
    interface Matchers<R, T = {}> extends KitMatchers<R> {}
  }
}

const { expect } = globalThis as { expect?: { extend(matchers: object): void } };
expect?.extend(matchers);
