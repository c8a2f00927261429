package io.github.resilientchat.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A limit that replaces the default of the simulator wherever it matches. A {@code null} component
 * matches everything; of several matching quotas the one set last counts. Buckets stay separate per
 * account, source Region, model and {@link Family} however wide the match is.
 *
 * @param limit requests or tokens; 0 refuses every call
 * @param model a base model id, or an inference profile id, which also fixes the family
 */
public record Quota(
    Kind kind,
    long limit,
    @Nullable String account,
    @Nullable String region,
    @Nullable String model,
    @Nullable Family family) {

  /** What a quota counts. */
  public enum Kind {
    REQUESTS_PER_MINUTE,
    TOKENS_PER_MINUTE,
    /** Counted over all models of one account and Region; a calendar day in UTC. */
    TOKENS_PER_DAY
  }

  public Quota {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative: " + limit);
    }
    if (account != null) {
      Accounts.requireName(account);
    }
    if (kind == Kind.TOKENS_PER_DAY && (model != null || family != null)) {
      throw new IllegalArgumentException(
          "TOKENS_PER_DAY counts all models of an account and Region: leave out model and family");
    }
  }

  /** So many calls a minute, and as many at once. */
  public static Quota requestsPerMinute(long limit) {
    return new Quota(Kind.REQUESTS_PER_MINUTE, limit, null, null, null, null);
  }

  /** So many tokens a minute, reserved at the start of a call and settled at its end. */
  public static Quota tokensPerMinute(long limit) {
    return new Quota(Kind.TOKENS_PER_MINUTE, limit, null, null, null, null);
  }

  /** So many tokens a day in UTC, over all models of an account and Region. */
  public static Quota tokensPerDay(long limit) {
    return new Quota(Kind.TOKENS_PER_DAY, limit, null, null, null, null);
  }

  /** This quota for one account only. */
  public Quota account(String name) {
    return new Quota(kind, limit, name, region, model, family);
  }

  /** This quota for calls to one source Region only. */
  public Quota region(String name) {
    return new Quota(kind, limit, account, name, model, family);
  }

  /** This quota for one base model or inference profile only. */
  public Quota model(String id) {
    return new Quota(kind, limit, account, region, id, family);
  }

  /** This quota for one family only. */
  public Quota family(Family only) {
    return new Quota(kind, limit, account, region, model, only);
  }

  boolean covers(BucketKey key) {
    return kind == key.kind()
        && (account == null || account.equals(key.account()))
        && (region == null || region.equals(key.region()))
        && (family == null || family == key.family())
        && (model == null || coversModel(model, key));
  }

  private static boolean coversModel(String model, BucketKey key) {
    return model.equals(key.model())
        || (model.endsWith("." + key.model()) && Profile.familyOf(model) == key.family());
  }
}
