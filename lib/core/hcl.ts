import { Lazy, Token } from 'cdktf';

/*
 * `cdktf synth --hcl`. cdktf puts texts between quotes as they are, so that they have to be escaped before.
 */

/** Whether cdktf writes HCL instead of JSON. */
export function isHcl(): boolean {
  return ['true', '1'].includes(process.env.SYNTH_HCL_OUTPUT ?? '');
}

/**
 * A list of addresses or names of attributes in a meta-argument. In HCL, cdktf would quote each of them, and Terraform
 * rejects quotes there. cdktf leaves a text with the whole list as it is.
 */
export function referenceList(produce: () => readonly string[]): string[] {
  return Token.asList(
    Lazy.anyValue({
      produce: () => {
        const references = produce();
        const written = isHcl() ? `[${references.join(', ')}]` : references;
        return references.length > 0 ? written : undefined;
      },
    }),
  );
}

/** An address as the value of an attribute: without quotes. */
export function hclReference(address: string): object {
  return { value: address, type: 'reference' };
}

/**
 * Escapes a text, or the part of one before a token, for its place between quotes. A text that starts with a bracket has
 * to hide it, because cdktf would take the text for an expression.
 */
export function escapeQuoted(text: string, isBeforeToken: boolean): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\[bf]|\\\\/g, (pair) => UNKNOWN_ESCAPES[pair] ?? pair)
    .replace(isBeforeToken ? /[$%](?=\{|$)/g : /[$%](?=\{)/g, toUnicode)
    .replace(/^[[{]/, toUnicode);
}

/** Escapes of JSON that HCL does not have. */
const UNKNOWN_ESCAPES: { readonly [pair: string]: string } = { '\\b': '\\u0008', '\\f': '\\u000c' };

function toUnicode(character: string): string {
  return `\\u00${character.charCodeAt(0).toString(16)}`;
}
