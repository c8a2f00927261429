package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an account's Bedrock is reached instead of the public endpoint of each Region. Every one of
 * them has passed the guard.
 *
 * @param template for all Regions that have none of their own, or null for the public ones; {@code
 *     {region}} in it is the Region
 * @param byRegion of single Regions, written without dashes or with them
 * @param guard says what may be an endpoint
 */
public record RegionalEndpoints(
    @Nullable String template, Map<String, URI> byRegion, EndpointGuard guard) {

  /** The public endpoint of each Region. */
  public static final RegionalEndpoints PUBLIC =
      new RegionalEndpoints(null, Map.of(), EndpointGuard.STRICT);

  private static final String REGION = "{region}";

  public RegionalEndpoints {
    Map<String, URI> plain = new LinkedHashMap<>();
    byRegion.forEach((region, endpoint) -> plain.put(plain(region), required(endpoint, guard)));
    byRegion = Map.copyOf(plain);
    if (template != null) {
      required(uri(template.replace(REGION, "us-east-1")), guard);
    }
  }

  /** One endpoint, or one for each Region by {@code {region}}. */
  public static RegionalEndpoints of(String template) {
    return new RegionalEndpoints(template, Map.of(), EndpointGuard.STRICT);
  }

  /**
   * The endpoint for a Region, or empty for the public one.
   *
   * @throws IllegalArgumentException if it is one of Bedrock's hosts of another Region
   */
  public Optional<URI> in(String region) {
    URI own = byRegion.get(plain(region));
    Optional<URI> endpoint =
        own != null
            ? Optional.of(own)
            : Optional.ofNullable(template).map(form -> uri(form.replace(REGION, region)));
    endpoint
        .flatMap(EndpointGuard::regionOf)
        .filter(other -> !other.equals(region))
        .ifPresent(
            other -> {
              throw new IllegalArgumentException(
                  "the endpoint is of " + other + ", and calls for " + region + " would go there");
            });
    return endpoint;
  }

  /** Whether they are a Bedrock on this machine, which serves its control plane, too. */
  public boolean isLocal() {
    return template != null
        && byRegion.isEmpty()
        && !template.contains(REGION)
        && EndpointGuard.isThisMachine(uri(template));
  }

  /** Whether calls for this Region may go there. */
  boolean serve(String region) {
    try {
      in(region);
      return true;
    } catch (IllegalArgumentException another) {
      return false;
    }
  }

  private static URI required(URI endpoint, EndpointGuard guard) {
    guard
        .objection(endpoint)
        .ifPresent(
            objection -> {
              // Not shown with more than a scheme, a host and a port: user info may hold a secret.
              boolean secret = endpoint.getRawUserInfo() != null || endpoint.getRawQuery() != null;
              throw new IllegalArgumentException(
                  "the endpoint " + (secret ? "" : endpoint + " ") + objection);
            });
    return endpoint;
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the endpoint is no URI", e);
    }
  }

  private static String plain(String region) {
    return region.replace("-", "");
  }

  @Override
  public String toString() {
    String general = template == null ? "public endpoints" : template;
    return byRegion.isEmpty() ? general : general + " " + byRegion;
  }
}
