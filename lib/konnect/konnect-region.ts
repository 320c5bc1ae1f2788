/** A geographic region of Konnect, which portals and APIs live in. */
export class KonnectRegion {
  public static readonly AU = new KonnectRegion('au');
  public static readonly EU = new KonnectRegion('eu');
  public static readonly IN = new KonnectRegion('in');
  public static readonly ME = new KonnectRegion('me');
  public static readonly SG = new KonnectRegion('sg');
  public static readonly US = new KonnectRegion('us');

  /** A region that Konnect has and this library does not know. */
  public static custom(name: string): KonnectRegion {
    return new KonnectRegion(name);
  }

  private constructor(
    /** How Konnect calls the region. */
    public readonly name: string,
  ) {}
}
