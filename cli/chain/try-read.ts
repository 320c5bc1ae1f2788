import { CommandError } from '../exit';

/** What the Management API answers, or undefined where it cannot be asked: then the general advice applies. */
export async function tryRead<T>(answer: Promise<T> | undefined): Promise<{ readonly found: T } | undefined> {
  try {
    return answer && { found: await answer };
  } catch (error) {
    if (error instanceof CommandError) {
      return undefined;
    }
    throw error;
  }
}
