/**
 * The data with every text written so that Terraform takes it for what it is. In a data file `${…}` is no
 * expression: it would be evaluated with the rights of whoever deploys.
 */
export function literal(data: unknown): unknown {
  if (typeof data === 'string') {
    return data.replace(/[$%](?=\{)/g, '$&$&');
  }
  if (Array.isArray(data)) {
    return data.map(literal);
  }
  return typeof data === 'object' && data !== null
    ? Object.fromEntries(Object.entries(data).map(([key, value]) => [literal(key), literal(value)]))
    : data;
}
