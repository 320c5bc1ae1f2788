/** A refusal of the token endpoint, in the shape of RFC 6749. */
export class OAuthError extends Error {
  public constructor(
    public readonly status: number,
    public readonly error: string,
    description: string,
  ) {
    super(description);
    this.name = 'OAuthError';
  }

  public toJSON(): object {
    return { error: this.error, error_description: this.message };
  }
}
