/** Quotes a word of a shell command if it needs quotes. */
export function quote(word: string): string {
  return /^[\w@./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
