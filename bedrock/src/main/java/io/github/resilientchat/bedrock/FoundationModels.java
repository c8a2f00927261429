package io.github.resilientchat.bedrock;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The foundation models behind the ids that Bedrock takes. {@code us.anthropic.claude-sonnet-4-6}
 * and {@code global.anthropic.claude-sonnet-4-6} are inference profiles of one model; what it
 * signed through one of them it can read through the other.
 */
public final class FoundationModels {

  /**
   * A geography, and after it what has a dot of its own: provider and model. Geographies are
   * countries ({@code us}, {@code jp}), parts of one ({@code us-gov}) and two words; AWS adds to
   * them, and no provider's name is that short. {@code deepseek.v3.2} begins with none.
   */
  private static final Pattern PROFILE =
      Pattern.compile("([a-z]{2}(?:-[a-z]+)?|apac|global)\\.([a-z0-9-]+\\..+)");

  /** The ARNs that end in the id of a model or of a profile that AWS defines. */
  private static final Pattern ARN =
      Pattern.compile(
          "arn:[a-z-]+:bedrock:[^:]*:[^:]*:(?:inference-profile|foundation-model)/(.+)");

  private FoundationModels() {}

  /** Whether an id or ARN is that of an inference profile, AWS's or an application's own. */
  public static boolean isProfile(String id) {
    return PROFILE.matcher(idOf(id)).matches() || id.contains(":application-inference-profile/");
  }

  /** The id that an ARN of a model or of AWS's profiles ends in; others stay as they are. */
  public static String idOf(String id) {
    var arn = ARN.matcher(id);
    return arn.matches() ? arn.group(1) : id;
  }

  /**
   * The id of the foundation model that this id or ARN stands for: without its geography if it is
   * that of a cross-Region inference profile, else as it is. Other ARNs stand for themselves: that
   * of an application inference profile or of provisioned throughput does not tell its model.
   */
  public static String of(String id) {
    String plain = idOf(id);
    var profile = PROFILE.matcher(plain);
    return profile.matches() ? profile.group(2) : plain;
  }

  /**
   * The id by which the same model is called in another way; empty where this one does not tell it,
   * since the geographies of a model are AWS's to say.
   */
  public static Optional<String> through(String id, QuotaKey.Family family) {
    String model = of(id);
    String geography = geography(id);
    if (!model.contains(".") || model.startsWith("arn:")) {
      return Optional.empty();
    }
    return switch (family) {
      case ON_DEMAND -> Optional.of(model);
      case GLOBAL -> Optional.of("global." + model);
      case CROSS_REGION ->
          geography.isEmpty() || geography.equals("global")
              ? Optional.empty()
              : Optional.of(geography + "." + model);
    };
  }

  /**
   * The geography of a cross-Region inference profile's id or ARN, such as {@code us} or {@code
   * global}; empty for a model that is called in its own Region, and where an ARN does not tell.
   */
  public static String geography(String id) {
    var profile = PROFILE.matcher(idOf(id));
    return profile.matches() ? profile.group(1) : "";
  }
}
