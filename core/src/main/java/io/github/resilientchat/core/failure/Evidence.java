package io.github.resilientchat.core.failure;

/**
 * What is known when a failure comes, besides the failure itself. A value; reading it changes
 * nothing.
 *
 * @param sameEvent whether the attempt was under way when an event was counted that explains it: a
 *     lost connection ends every stream on it
 * @param confirmed whether something else than this attempt says the same: a second denied model of
 *     the account, a second refusal for want of capacity, here or through another account, another
 *     Region of the account whose daily quota is used up, with no answer in between
 * @param tries attempts of this call at this target that ended so, this one included
 * @param alone whether the route has no other target for this call
 */
public record Evidence(boolean sameEvent, boolean confirmed, int tries, boolean alone) {

  /** A first failure of which nobody else knows anything. */
  public static final Evidence NONE = new Evidence(false, false, 1, false);

  /** The same with so many attempts of the call. */
  public Evidence tries(int many) {
    return new Evidence(sameEvent, confirmed, many, alone);
  }

  /** The same of a target that is alone in its route, or not. */
  public Evidence alone(boolean is) {
    return new Evidence(sameEvent, confirmed, tries, is);
  }
}
