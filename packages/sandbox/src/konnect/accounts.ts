import { createHash, randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import { KonnectError } from './errors';

/** Purpose of the token in a mail. */
export enum MailPurpose {
  /** Sent after sign-up. Pass the token to `verify-email`. */
  VERIFY_EMAIL = 'verify-email',
  /** Sent for an invitation or a forgotten password. Pass the token to `reset-password`. */
  SET_PASSWORD = 'set-password',
}

/** A mail that Konnect would have sent to a developer; the sandbox sends none. */
export interface Mail {
  /** Id of the portal. */
  readonly portalId: string;
  /** E-mail address of the developer. */
  readonly to: string;
  /** Purpose of the token. */
  readonly purpose: MailPurpose;
  /** Valid once, for a day. */
  readonly token: string;
}

/** The two cookies of a developer who is signed in. */
interface Session {
  readonly accessToken: string;
  readonly refreshToken: string;
}

interface Ticket {
  readonly developerId: string;
  readonly use: MailPurpose | 'access' | 'refresh';
  /** Seconds. */
  readonly expires: number;
  readonly spent: boolean;
}

/** Kong does not publish these lifetimes. The values are the sandbox's choice. */
export const ACCESS_SECONDS = 60 * 60;
export const REFRESH_SECONDS = 24 * 60 * 60;

/** Passwords, sessions and mails of developers. Snapshots contain none of them. */
export class Accounts {
  /** Every mail, oldest first. */
  public readonly mails: Mail[] = [];
  private readonly passwords = new Map<string, string>();
  private readonly tickets = new Map<string, Ticket>();

  /**
   * @param issueSecret creates a secret and records it
   * @param remember records a secret that a developer chose
   */
  public constructor(
    private readonly clock: Clock,
    private readonly issueSecret: (prefix: string) => string,
    private readonly remember: (secret: string) => void,
  ) {}

  public sendMail(portalId: string, developerId: string, to: string, purpose: MailPurpose): void {
    this.mails.push({ portalId, to, purpose, token: this.ticket(developerId, purpose) });
  }

  /** Issues a token that sets the password, after the address was verified. */
  public passwordToken(developerId: string): string {
    return this.ticket(developerId, MailPurpose.SET_PASSWORD);
  }

  /**
   * The developer whom the token of a mail was sent to.
   *
   * @throws KonnectError with status 404 for an unknown token, and 410 for a used or expired one
   */
  public recipientOf(token: string, purpose: MailPurpose): string {
    const found = this.tickets.get(token);
    if (found?.use !== purpose) {
      throw new KonnectError(404, 'The token is not known');
    }
    if (found.spent || found.expires <= this.clock.epochSeconds()) {
      throw new KonnectError(410, 'The token was used or has expired');
    }
    return found.developerId;
  }

  /** Invalidates the token of a mail. */
  public spend(token: string): void {
    const found = this.tickets.get(token);
    if (found) {
      this.tickets.set(token, { ...found, spent: true });
    }
  }

  /** Sets the password and ends every session. */
  public setPassword(developerId: string, password: string): void {
    this.remember(password);
    this.passwords.set(developerId, hash(password));
    this.close(developerId);
  }

  public hasPassword(developerId: string, password: string): boolean {
    return this.passwords.get(developerId) === hash(password);
  }

  public open(developerId: string): Session {
    return {
      accessToken: this.secret(developerId, 'access', ACCESS_SECONDS),
      refreshToken: this.secret(developerId, 'refresh', REFRESH_SECONDS),
    };
  }

  /** The developer of an open session. */
  public developerOf(token: string, use: 'access' | 'refresh'): string | undefined {
    const found = this.tickets.get(token);
    const open = found?.use === use && found.expires > this.clock.epochSeconds();
    return open ? found.developerId : undefined;
  }

  /** Ends every session of a developer. */
  public close(developerId: string): void {
    for (const [token, ticket] of this.tickets) {
      if (ticket.developerId === developerId && (ticket.use === 'access' || ticket.use === 'refresh')) {
        this.tickets.delete(token);
      }
    }
  }

  private ticket(developerId: string, use: MailPurpose): string {
    const token = randomUUID();
    this.remember(token);
    this.tickets.set(token, { developerId, use, expires: this.expiry(REFRESH_SECONDS), spent: false });
    return token;
  }

  private secret(developerId: string, use: 'access' | 'refresh', seconds: number): string {
    const token = this.issueSecret('');
    this.tickets.set(token, { developerId, use, expires: this.expiry(seconds), spent: false });
    return token;
  }

  private expiry(seconds: number): number {
    return this.clock.epochSeconds() + seconds;
  }
}

function hash(password: string): string {
  return createHash('sha256').update(password).digest('hex');
}
