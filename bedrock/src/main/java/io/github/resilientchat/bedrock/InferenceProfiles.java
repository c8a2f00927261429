package io.github.resilientchat.bedrock;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The inference profiles that can be called in one Region of an account, those that AWS defines and
 * the application's own, as the control plane tells. Immutable.
 */
public final class InferenceProfiles {

  /**
   * A profile and where its calls may be served.
   *
   * @param id as targets write it
   * @param arn as targets write it, too
   * @param foundationModel id of the model behind it
   * @param regions that may serve it
   * @param anywhere whether others may, too, as of a global profile
   */
  public record Known(
      String id, String arn, String foundationModel, List<String> regions, boolean anywhere) {

    public Known {
      regions = List.copyOf(regions);
    }

    /** What the control plane tells: the ARNs of the model in each destination. */
    static Known of(String id, String arn, Collection<String> modelArns) {
      TreeSet<String> regions = new TreeSet<>();
      boolean anywhere = false;
      String model = "";
      for (String each : modelArns) {
        String[] parts = each.split(":", 6);
        String region = parts.length == 6 ? parts[3] : "";
        anywhere |= region.isEmpty();
        if (!region.isEmpty()) {
          regions.add(region);
        }
        model = FoundationModels.of(each);
      }
      return new Known(id, arn, model, List.copyOf(regions), anywhere);
    }
  }

  private final Map<String, Known> byName = new LinkedHashMap<>();

  InferenceProfiles(Collection<Known> all) {
    for (Known profile : all) {
      byName.put(profile.id(), profile);
      byName.put(profile.arn(), profile);
    }
  }

  /** The profile of this id or ARN. */
  public Optional<Known> find(String idOrArn) {
    return Optional.ofNullable(byName.get(idOrArn));
  }

  /** Every profile, once. */
  public List<Known> all() {
    return byName.values().stream().distinct().toList();
  }

  /** Those of this foundation model: its geographic, global and application profiles. */
  public List<Known> of(String foundationModel) {
    Stream<Known> all = all().stream();
    return all.filter(profile -> profile.foundationModel().equals(foundationModel)).toList();
  }
}
