package io.github.resilientchat.bedrock;

/**
 * The quota of Bedrock that a call draws on: that of an account, in the Region that is called, for
 * a model, in one of three families. Places with equal keys share requests and tokens a minute,
 * however their ids are written, and are throttled together.
 *
 * <p>An application inference profile and provisioned throughput have quotas of their own
 * (scaling-throughput-best-practices), so that their ARN stands for them.
 *
 * @param account what AWS knows it by, or its name where that is not known
 * @param model foundation model, or an ARN that has quotas of its own
 */
public record QuotaKey(String account, String region, String model, Family family) {

  /** Each has limits of its own in the source Region. */
  public enum Family {
    /** By the model's own id. */
    ON_DEMAND,
    /** Through a profile of a geography. */
    CROSS_REGION,
    /** Through the global profile. */
    GLOBAL
  }

  /**
   * The key of a place.
   *
   * @param id model id, inference profile id, or ARN
   */
  public static QuotaKey of(String id, String region, String account) {
    return new QuotaKey(account, region, FoundationModels.of(id), familyOf(id));
  }

  private static Family familyOf(String id) {
    String geography = FoundationModels.geography(id);
    if (geography.isEmpty()) {
      return Family.ON_DEMAND;
    }
    return geography.equals("global") ? Family.GLOBAL : Family.CROSS_REGION;
  }

  /** One line, such as {@code CROSS_REGION anthropic.claude-sonnet-4-6@us-east-1/prod}. */
  @Override
  public String toString() {
    return family + " " + model + "@" + region + "/" + account;
  }
}
