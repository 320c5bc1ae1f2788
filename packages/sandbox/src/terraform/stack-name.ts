import { TerraformError } from './terraform';

/** What leads to another folder, or no file system takes. */
const FORBIDDEN = /[\\/\p{Cc}]|^\.{1,2}$/u;
/** Bytes; file systems take 255. */
const LONGEST = 200;
/** Characters of a name that an error shows. */
const SHOWN = 100;

/**
 * Makes sure that the name of a stack is that of one folder, so that nothing is written outside of the one that it
 * lies in.
 *
 * @throws TerraformError when it is not
 */
export function checkStackName(name: string): void {
  if (name === '' || FORBIDDEN.test(name) || Buffer.byteLength(name) > LONGEST) {
    const shown = JSON.stringify(name.length > SHOWN ? `${name.slice(0, SHOWN)}…` : name);
    throw new TerraformError(
      `The sandbox takes no stack called ${shown}: its name becomes that of a folder, so it must have 1 to ${LONGEST} bytes, no slash, backslash or control character, and not be . or .. Give the stack another id.`,
      null,
    );
  }
}
