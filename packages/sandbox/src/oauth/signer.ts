import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { requireEsm } from '../esm';

const { exportJWK, generateKeyPair, SignJWT } = requireEsm<typeof import('jose')>('jose');

const ALGORITHM = 'RS256';
const KEY_ID = 'k1';

/** Signs the tokens of an org with its key. */
export class Signer {
  public static async create(): Promise<Signer> {
    const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
    const jwk = { ...(await exportJWK(publicKey)), kid: KEY_ID, alg: ALGORITHM, use: 'sig' };
    return new Signer(privateKey, jwk);
  }

  private constructor(
    private readonly key: CryptoKey,
    /** The public key. */
    public readonly jwk: JWK,
  ) {}

  public sign(payload: JWTPayload): Promise<string> {
    return new SignJWT(payload).setProtectedHeader({ alg: ALGORITHM, kid: KEY_ID }).sign(this.key);
  }
}
