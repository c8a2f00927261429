package io.github.resilientchat.bedrock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The Regions in which prompts may be processed. Made of areas ({@code us}, {@code eu}, {@code jp}
 * and so on) and single Regions; an area is a jurisdiction, so that London and Zurich are no part
 * of {@code eu} and have to be named.
 */
public final class Residency {

  private static final Map<String, Pattern> AREAS =
      Map.of(
          "us", Pattern.compile("us-(east|west|central|south|north)-\\d+"),
          "us-gov", Pattern.compile("us-gov-.+"),
          "ca", Pattern.compile("ca-.+"),
          "eu",
              Pattern.compile("eu-central-1|eu-north-1|eu-south-[12]|eu-west-[13]|eusc-[a-z]+-.+"),
          "apac", Pattern.compile("ap-.+"),
          "jp", Pattern.compile("ap-northeast-[13]"),
          "au", Pattern.compile("ap-southeast-[24]"),
          "in", Pattern.compile("ap-south-[12]"));
  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d{1,2}");

  private final String text;
  private final List<Pattern> allowed;

  private Residency(String text, List<Pattern> allowed) {
    this.text = text;
    this.allowed = allowed;
  }

  /**
   * Areas and Regions together.
   *
   * @throws IllegalArgumentException for what is neither; names the areas
   */
  public static Residency of(List<String> parts) {
    List<Pattern> allowed = new ArrayList<>();
    for (String part : parts) {
      Pattern area = AREAS.get(part);
      if (area == null && !REGION.matcher(part).matches()) {
        throw new IllegalArgumentException(
            "'%s' is neither a Region nor one of %s"
                .formatted(part, String.join(", ", new TreeSet<>(AREAS.keySet()))));
      }
      allowed.add(area == null ? Pattern.compile(Pattern.quote(part)) : area);
    }
    return new Residency(String.join(", ", parts), allowed);
  }

  /** Why a call of this model in this Region may leave it, a clause; empty when it cannot. */
  public Optional<String> objection(String model, String region) {
    return Destinations.unlimited(model, region)
        .or(() -> outside(Destinations.of(model, region).regions()));
  }

  /** Why calls of a profile that the control plane told of may leave it, a clause. */
  public Optional<String> objection(InferenceProfiles.Known profile) {
    return profile.anywhere()
        ? Optional.of("a global profile may be served in any Region")
        : outside(profile.regions());
  }

  private Optional<String> outside(List<String> destinations) {
    return destinations.stream()
        .filter(destination -> !holds(destination))
        .findFirst()
        .map(destination -> "it may be served in " + destination);
  }

  /** Whether the id itself does not tell where a call may be served. */
  public static boolean isUnknown(String model, String region) {
    Destinations destinations = Destinations.of(model, region);
    return !destinations.limits() && FoundationModels.of(model).equals(model);
  }

  private boolean holds(String region) {
    return allowed.stream().anyMatch(area -> area.matcher(region).matches());
  }

  @Override
  public String toString() {
    return text;
  }
}
