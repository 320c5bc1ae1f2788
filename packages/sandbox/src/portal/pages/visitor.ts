import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Body } from '../../entity';
import type { InvalidParameter } from '../../konnect/invalid-parameters';
import { paramsOf } from '../../konnect/model';
import { ACCESS_COOKIE, cookieOf } from '../visit';

/** The portal API refused a request of a page. */
export class PortalRefusal extends Error {
  public constructor(
    /** HTTP status. */
    public readonly status: number,
    detail: string,
    public readonly invalidParameters: readonly InvalidParameter[],
  ) {
    super(detail);
    this.name = 'PortalRefusal';
  }
}

/** A list of the portal API. */
interface List<T> {
  readonly data: readonly T[];
}

/**
 * A visitor of the pages of one portal. Everything that they see and do goes through the portal API with their cookies,
 * so that its rules apply.
 */
export class Visitor {
  /** Path of the portal's first page, without a slash at the end. */
  public readonly home: string;

  public constructor(
    private readonly server: FastifyInstance,
    private readonly request: FastifyRequest,
  ) {
    this.home = `/${encodeURIComponent(paramsOf(request).portal)}`;
  }

  /** Whether the visitor has a session. It may have ended. */
  public get hasSession(): boolean {
    return cookieOf(this.request, ACCESS_COOKIE) !== undefined;
  }

  /** @throws PortalRefusal if the portal API refuses the request */
  public async get<T>(path: string): Promise<T> {
    return (await this.send('GET', path)).json() as Promise<T>;
  }

  /** The first 1000 entities of a list. */
  public async list<T>(path: string): Promise<readonly T[]> {
    return (await this.get<List<T>>(`${path}?page[size]=1000`)).data;
  }

  /**
   * Sends a JSON body.
   *
   * @throws PortalRefusal if the portal API refuses the request
   */
  public async post<T>(path: string, body: Body): Promise<T> {
    const text = await (await this.send('POST', path, body)).text();
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  /** @throws PortalRefusal if the portal API refuses the request */
  public async delete(path: string): Promise<void> {
    await this.send('DELETE', path);
  }

  /** Sends a request that opens or ends a session, and passes its cookies on. */
  public async changeSession(reply: FastifyReply, path: string, body?: Body): Promise<void> {
    const { headers } = await this.send('POST', path, body);
    reply.header('set-cookie', headers.getSetCookie());
  }

  private async send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: Body): Promise<Response> {
    const { cookie } = this.request.headers;
    const answer = await fetch(`${this.server.listeningOrigin}${this.home}/api/v3${path}`, {
      method,
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      const { detail, invalid_parameters: invalid = [] } = (await answer.json()) as {
        detail: string;
        invalid_parameters?: InvalidParameter[];
      };
      throw new PortalRefusal(answer.status, detail, invalid);
    }
    return answer;
  }
}
