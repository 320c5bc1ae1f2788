import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** A web server of the files in a folder, on loopback. */
export class FolderServer {
  /** Paths that were requested and do not exist. */
  public readonly missing: string[] = [];

  private constructor(private readonly server: Server) {}

  public static async start(folder: string): Promise<FolderServer> {
    const server = createServer();
    const result = new FolderServer(server);
    server.on('request', ({ url = '/' }, response) => {
      const path = join(folder, decodeURI(new URL(url, 'http://site').pathname));
      const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, 'index.html') : path;
      if (existsSync(file)) {
        response.setHeader('content-type', TYPES[extname(file)] ?? 'text/plain');
        response.end(readFileSync(file));
      } else {
        result.missing.push(url);
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return result;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
