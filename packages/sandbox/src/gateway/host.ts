/** The name in a host, without its port. */
export function nameOfHost(host: string): string {
  return host.replace(/:\d+$/, '').toLowerCase();
}

/**
 * Whether the host of a request is that of a route. `*.example.com` and `example.*` match every name with this end or
 * start. A route's host without a port matches every port.
 */
export function matchesHost(pattern: string, host: string): boolean {
  const [, port] = /:(\d+)$/.exec(pattern) ?? [];
  if (port !== undefined && !host.endsWith(`:${port}`)) {
    return false;
  }
  const [wanted, name] = [nameOfHost(pattern), nameOfHost(host)];
  if (wanted.startsWith('*.')) {
    return name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1;
  }
  return wanted.endsWith('.*') ? name.startsWith(wanted.slice(0, -1)) : name === wanted;
}
