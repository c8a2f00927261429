package io.github.resilientchat.bedrock;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.Region;

/**
 * In which Regions a model id can be called, as far as the id itself tells: an ARN names its
 * Region, and an inference profile the geography of the Regions that it is called from.
 */
public final class ModelRegions {

  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:[a-z-]+:(?<region>[a-z0-9-]*):[^:]*:(?<resource>.+)");
  private static final String PROFILE = "inference-profile/";

  // Regions of a geography are added; those of another one never are.
  private static final Map<String, Pattern> GEOGRAPHIES =
      Map.of(
          "us", Pattern.compile("us-(?!gov-).+|(ca|mx|sa)-.+"),
          "us-gov", Pattern.compile("us-gov-.+"),
          "ca", Pattern.compile("ca-.+"),
          "eu", Pattern.compile("(eu|il|me|af)-.+"),
          "apac", Pattern.compile("(ap|me)-.+"),
          "jp", Pattern.compile("ap-northeast-[13]"),
          "au", Pattern.compile("ap-southeast-[246]"),
          "in", Pattern.compile("ap-south-.+"));

  private ModelRegions() {}

  /** The ids of all Regions that the SDK knows. */
  public static Set<String> known() {
    return Region.regions().stream().map(Region::id).collect(Collectors.toSet());
  }

  /**
   * Why this model cannot be called in this Region, a clause; empty where nothing speaks for it.
   */
  public static Optional<String> objection(String model, String region) {
    Matcher arn = ARN.matcher(model);
    if (!arn.matches()) {
      return geography(model, region);
    }
    String own = arn.group("region");
    if (!own.isEmpty() && !own.equals(region)) {
      return Optional.of("its ARN is of " + own + ", and a call in " + region + " is refused");
    }
    String resource = arn.group("resource");
    return resource.startsWith(PROFILE)
        ? geography(resource.substring(PROFILE.length()), region)
        : Optional.empty();
  }

  private static Optional<String> geography(String id, String region) {
    String prefix = id.substring(0, Math.max(0, id.indexOf('.')));
    Pattern regions = GEOGRAPHIES.get(prefix);
    return regions == null || regions.matcher(region).matches()
        ? Optional.empty()
        : Optional.of("a profile that begins with " + prefix + ". cannot be called in " + region);
  }
}
