/** Joins texts, some of an API that ends its own with a period, into one sentence. Leaves out empty ones. */
export function joinTexts(texts: readonly (string | undefined)[], separator: ': ' | '; ' | '. '): string {
  const present = texts.map((each) => each ?? '').filter((each) => each !== '');
  return present
    .map((each, index) => (index < present.length - 1 ? each.replace(/\.\s*$/, '') : each))
    .join(separator);
}
