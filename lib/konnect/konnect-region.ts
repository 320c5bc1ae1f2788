/** A geographic region of Konnect. Portals, APIs, strategies and control planes are in one. */
export class KonnectRegion {
  public static readonly AU = new KonnectRegion('au');
  public static readonly EU = new KonnectRegion('eu');
  public static readonly IN = new KonnectRegion('in');
  public static readonly ME = new KonnectRegion('me');
  public static readonly SG = new KonnectRegion('sg');
  public static readonly US = new KonnectRegion('us');

  /** A region that has no member yet. */
  public static custom(name: string): KonnectRegion {
    return new KonnectRegion(name);
  }

  private constructor(
    /** Name of the region in Konnect's URLs. */
    public readonly name: string,
  ) {}
}
