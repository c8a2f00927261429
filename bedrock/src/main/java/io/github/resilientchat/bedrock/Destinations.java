package io.github.resilientchat.bedrock;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a call may be served, as far as the model's id tells: in its own Region, or, of an
 * inference profile, in each Region of its geography besides.
 *
 * @param regions every Region that may serve it; empty where the id does not tell
 * @param limits whether there are no others
 */
record Destinations(List<String> regions, boolean limits) {

  private static final Pattern ARN =
      Pattern.compile("arn:[a-z-]+:[a-z-]+:[a-z0-9-]*:[^:]*:(?<kind>[a-z-]+)/(?<id>.+)");
  private static final Pattern PROFILE =
      Pattern.compile("(?<geography>[a-z]{2}(?:-[a-z]+)?|apac|global)\\.[a-z0-9-]+\\..+");
  private static final String GLOBAL = "global";

  // Bedrock User Guide, "Supported Regions and models for inference profiles", of late 2025; the
  // lists of a geography never change for a profile that exists, and those of Asia differ by
  // source, so that here is every Region that one of them has.
  private static final Map<String, List<String>> GEOGRAPHIES =
      Map.of(
          "us", List.of("us-east-1", "us-east-2", "us-west-2"),
          "us-gov", List.of("us-gov-east-1", "us-gov-west-1"),
          "ca", List.of("ca-central-1", "ca-west-1"),
          "eu",
              List.of(
                  "eu-central-1",
                  "eu-north-1",
                  "eu-south-1",
                  "eu-south-2",
                  "eu-west-1",
                  "eu-west-3"),
          "apac",
              List.of(
                  "ap-northeast-1",
                  "ap-northeast-2",
                  "ap-northeast-3",
                  "ap-south-1",
                  "ap-south-2",
                  "ap-southeast-1",
                  "ap-southeast-2",
                  "ap-southeast-3",
                  "ap-southeast-4"),
          "jp", List.of("ap-northeast-1", "ap-northeast-3"),
          "au", List.of("ap-southeast-2", "ap-southeast-4"),
          "in", List.of("ap-south-1", "ap-south-2"));

  private static final Destinations UNKNOWN = new Destinations(List.of(), false);

  /** Of a model id, a profile's id or an ARN that is called in this Region. */
  static Destinations of(String model, String region) {
    Matcher arn = ARN.matcher(model);
    if (!arn.matches()) {
      return ofId(model, region);
    }
    return switch (arn.group("kind")) {
      case "inference-profile" -> ofId(arn.group("id"), region);
      case "foundation-model", "provisioned-model", "custom-model-deployment", "imported-model" ->
          new Destinations(List.of(region), true);
      default -> UNKNOWN;
    };
  }

  private static Destinations ofId(String id, String region) {
    Matcher profile = PROFILE.matcher(id);
    if (!profile.matches()) {
      return new Destinations(List.of(region), true);
    }
    List<String> geography = GEOGRAPHIES.get(profile.group("geography"));
    if (geography == null) {
      return UNKNOWN;
    }
    TreeSet<String> all = new TreeSet<>(geography);
    all.add(region);
    return new Destinations(List.copyOf(all), true);
  }

  /** Why nothing limits them, a clause. */
  static Optional<String> unlimited(String model, String region) {
    if (of(model, region).limits()) {
      return Optional.empty();
    }
    return Optional.of(
        model.startsWith(GLOBAL + ".") || model.contains("inference-profile/" + GLOBAL + ".")
            ? "a global profile may be served in any Region"
            : "its id does not tell where it may be served");
  }
}
