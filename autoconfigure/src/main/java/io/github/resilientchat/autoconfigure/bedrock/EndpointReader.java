package io.github.resilientchat.autoconfigure.bedrock;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Nearest;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.EndpointGuard;
import io.github.resilientchat.bedrock.ModelRegions;
import io.github.resilientchat.bedrock.RegionalEndpoints;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the endpoints of accounts, and finds out whether each serves the Regions that use it. */
final class EndpointReader {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointReader.class);

  private final EndpointGuard guard;

  EndpointReader(EndpointGuard guard) {
    this.guard = guard;
  }

  /** Adds every endpoint that nothing may be sent to. */
  void check(String account, AccountProperties properties, Problems problems) {
    endpoints(account, properties).forEach((key, text) -> problems.collect(() -> uri(key, text)));
  }

  /** The endpoints as written, by their keys. */
  private static Map<String, String> endpoints(String account, AccountProperties properties) {
    Map<String, String> endpoints = new TreeMap<>();
    if (properties.endpoint() != null) {
      endpoints.put(account + ".endpoint", properties.endpoint());
    }
    properties
        .endpoints()
        .forEach((region, text) -> endpoints.put(account + ".endpoints." + region, text));
    if (properties.stsEndpoint() != null) {
      endpoints.put(account + ".sts-endpoint", properties.stsEndpoint());
    }
    if (properties.controlEndpoint() != null) {
      endpoints.put(account + ".control-endpoint", properties.controlEndpoint());
    }
    return endpoints;
  }

  /** The endpoints of the security token service, as an account's role is asked of it. */
  RegionalEndpoints sts(String account, AccountProperties properties) {
    return single(account + ".sts-endpoint", properties.stsEndpoint());
  }

  /** The endpoints of the control plane; a Bedrock on this machine serves that, too. */
  RegionalEndpoints control(BedrockAccount account, AccountProperties properties) {
    return properties.controlEndpoint() == null && account.endpoints().isLocal()
        ? account.endpoints()
        : single(
            "resilient.accounts." + account.name() + ".control-endpoint",
            properties.controlEndpoint());
  }

  /**
   * Adds the endpoint of the control plane if it does not serve each Region.
   *
   * @param account its key
   * @param regions of the targets that it is asked about
   */
  void checkControl(
      String account, AccountProperties properties, Set<String> regions, Problems problems) {
    String key = account + ".control-endpoint";
    RegionalEndpoints endpoints = single(key, properties.controlEndpoint());
    for (String region : regions) {
      try {
        endpoints.in(region);
      } catch (IllegalArgumentException e) {
        problems.add(
            key,
            properties.controlEndpoint(),
            String.valueOf(e.getMessage()),
            "write {region} in place of the Region, leave it out for the public endpoints, or set"
                + " resilient.discovery.profiles=off");
      }
    }
  }

  private RegionalEndpoints single(String key, @Nullable String text) {
    if (text == null) {
      return RegionalEndpoints.PUBLIC;
    }
    uri(key, text);
    return new RegionalEndpoints(text, Map.of(), guard);
  }

  /**
   * The endpoints of an account.
   *
   * @param account its key
   * @param regions of the targets that use it
   */
  RegionalEndpoints read(String account, AccountProperties properties, Set<String> regions) {
    Map<String, URI> own = new TreeMap<>();
    properties
        .endpoints()
        .forEach(
            (region, text) -> {
              String key = account + ".endpoints." + region;
              requireRegion(key, text, region, regions);
              own.put(region, uri(key, text));
            });
    endpoints(account, properties)
        .forEach(
            (key, text) -> {
              if (guard.allowsByName(uri(key, text))) {
                LOG.warn(
                    "{}={} is no host of Bedrock; prompts and signatures go there because"
                        + " resilient.http.allowed-hosts names it",
                    key,
                    text);
              }
            });
    RegionalEndpoints endpoints = new RegionalEndpoints(properties.endpoint(), own, guard);
    regions.forEach(region -> requireServes(account, properties, endpoints, region));
    return endpoints;
  }

  private static void requireServes(
      String account, AccountProperties properties, RegionalEndpoints endpoints, String region) {
    try {
      endpoints.in(region);
    } catch (IllegalArgumentException e) {
      String plain = plain(region);
      String text = properties.endpoints().get(plain);
      throw new InvalidConfigurationException(
          text == null ? account + ".endpoint" : account + ".endpoints." + plain,
          text == null ? properties.endpoint() : text,
          String.valueOf(e.getMessage()),
          "write {region} in place of the Region, or set "
              + account
              + ".endpoints."
              + plain
              + " to the endpoint of "
              + region);
    }
  }

  /** A key that means no Region would be passed over in silence. */
  private static void requireRegion(String key, String text, String name, Set<String> used) {
    Set<String> known = new TreeSet<>();
    ModelRegions.known().forEach(region -> known.add(plain(region)));
    used.forEach(region -> known.add(plain(region)));
    if (!known.contains(name)) {
      throw new InvalidConfigurationException(
          key, text, "'" + name + "' is no Region without dashes", Nearest.hint(name, known));
    }
  }

  private URI uri(String key, String text) {
    URI endpoint;
    try {
      endpoint = new URI(text.replace("{region}", "us-east-1"));
    } catch (URISyntaxException e) {
      throw new InvalidConfigurationException(
          key, text, "is no URI", "write a URI such as https://host");
    }
    guard
        .objection(endpoint)
        .ifPresent(
            objection -> {
              throw new InvalidConfigurationException(
                  key,
                  text,
                  objection + ", and prompts and signatures would be sent there",
                  "use https with a host of Bedrock under amazonaws.com, amazonaws.com.cn or"
                      + " api.aws and no path, a loopback address for a local Bedrock, or name the"
                      + " host in resilient.http.allowed-hosts");
            });
    return endpoint;
  }

  private static String plain(String region) {
    return region.replace("-", "");
  }
}
