import { TerraformError } from './terraform';

/** Characters that lead to another folder or that a file system rejects. */
const FORBIDDEN = /[\\/\p{Cc}]|^\.{1,2}$/u;
/** Bytes. File systems allow 255. */
const LONGEST = 200;
/** Maximum length of a name in errors. */
const SHOWN = 100;

/**
 * Requires that the name of a stack is a valid folder name, so that no file is written elsewhere.
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
