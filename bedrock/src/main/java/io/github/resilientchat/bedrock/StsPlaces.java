package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Where sessions of a role are asked for. What the surroundings name for the SDK's clients is not
 * followed.
 *
 * @param regions in this order, the next when one does not answer
 * @param endpoints of the security token service
 * @param fips whether its FIPS endpoints are used, or null for what the SDK finds
 * @param dualStack whether its dual-stack endpoints are used, or null for what the SDK finds
 */
public record StsPlaces(
    List<Region> regions,
    RegionalEndpoints endpoints,
    @Nullable Boolean fips,
    @Nullable Boolean dualStack) {

  public StsPlaces {
    regions = List.copyOf(regions);
    if (regions.isEmpty()) {
      throw new IllegalArgumentException("sessions need a Region to be asked for in");
    }
    regions.forEach(region -> endpoints.in(region.id()));
  }

  /**
   * Those of these Regions that the endpoints serve; an endpoint of one Region alone is asked for
   * all.
   */
  public static StsPlaces of(
      List<Region> regions,
      RegionalEndpoints endpoints,
      @Nullable Boolean fips,
      @Nullable Boolean dualStack) {
    List<Region> served = regions.stream().filter(region -> endpoints.serve(region.id())).toList();
    Optional<Region> only =
        Optional.ofNullable(endpoints.template())
            .filter(template -> !template.contains("{"))
            .map(URI::create)
            .flatMap(EndpointGuard::regionOf)
            .map(Region::of);
    return new StsPlaces(
        served.isEmpty() ? only.map(List::of).orElse(regions) : served, endpoints, fips, dualStack);
  }

  /** The public endpoints of these Regions. */
  public static StsPlaces in(Region... regions) {
    return new StsPlaces(List.of(regions), RegionalEndpoints.PUBLIC, null, null);
  }

  /** The same Regions behind other endpoints. */
  public StsPlaces withEndpoints(RegionalEndpoints value) {
    return new StsPlaces(regions, value, fips, dualStack);
  }
}
