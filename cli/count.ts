/** A number with its noun, for example `1 link` or `2 links`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
