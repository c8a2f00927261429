package io.github.resilientchat.bedrock;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps signed prompts from being sent to a host that a configuration mistake or an attacker set.
 * Passes are HTTPS to Bedrock's own hosts (runtime and control plane, and STS; FIPS, dual-stack,
 * VPC endpoints, in every partition), HTTP or HTTPS to this machine, and hosts that were allowed by
 * name. Other hosts under AWS's domains are anybody's to rent.
 *
 * @param allowedHosts names without scheme or port, for private DNS or a Bedrock of one's own; may
 *     be reached over plain HTTP, too
 */
public record EndpointGuard(Set<String> allowedHosts) {

  /** Allows no hosts by name. */
  public static final EndpointGuard STRICT = new EndpointGuard(Set.of());

  private static final String REGION = "(?<region>[a-z]{2,}(?:-[a-z]+)+-\\d{1,2})";
  private static final String SERVICE = "(?:bedrock-runtime|bedrock|sts)(?:-fips)?";
  private static final String DOMAIN = "(?:amazonaws\\.com|amazonaws\\.com\\.cn|amazonaws\\.eu)";

  private static final Pattern REGIONAL =
      Pattern.compile(
          SERVICE
              + "\\."
              + REGION
              + "\\.(?:"
              + DOMAIN
              + "|api\\.aws|api\\.amazonwebservices\\.com\\.cn)");
  private static final Pattern VPC =
      Pattern.compile("vpce-[a-z0-9-]+\\." + SERVICE + "\\." + REGION + "\\.vpce\\." + DOMAIN);
  private static final String GLOBAL_STS = "sts.amazonaws.com";

  // Literal addresses and localhost only: a name that resolves to 127.0.0.1 today may not tomorrow.
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(0*:)*:?0*1]");

  public EndpointGuard {
    allowedHosts =
        allowedHosts.stream().map(EndpointGuard::lower).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Why nothing may be sent there, a clause that follows the endpoint and does not show it; empty
   * when all is well.
   */
  public Optional<String> objection(URI endpoint) {
    String scheme = lower(endpoint.getScheme());
    String host = lower(endpoint.getHost());
    String path = endpoint.getRawPath();
    if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
      return Optional.of("is no URI of the form https://host");
    }
    if (endpoint.getRawUserInfo() != null
        || endpoint.getRawQuery() != null
        || endpoint.getRawFragment() != null
        || !(path == null || path.isEmpty() || path.equals("/"))) {
      return Optional.of("must be a scheme, a host and a port only");
    }
    if (LOOPBACK.matcher(host).matches() || allowedHosts.contains(host)) {
      return Optional.empty();
    }
    if (!isBedrocks(host)) {
      return Optional.of("is neither a host of Bedrock nor this machine");
    }
    return scheme.equals("https") ? Optional.empty() : Optional.of("must be https");
  }

  /** Whether it passes only because its host was allowed by name. */
  public boolean allowsByName(URI endpoint) {
    return objection(endpoint).isEmpty() && STRICT.objection(endpoint).isPresent();
  }

  static boolean isThisMachine(URI endpoint) {
    return LOOPBACK.matcher(lower(endpoint.getHost())).matches();
  }

  /** The Region in the name of one of Bedrock's hosts; others have none. */
  static Optional<String> regionOf(URI endpoint) {
    return host(lower(endpoint.getHost())).map(found -> found.group("region"));
  }

  private static boolean isBedrocks(String host) {
    return host.equals(GLOBAL_STS) || host(host).isPresent();
  }

  private static Optional<Matcher> host(String host) {
    return Optional.of(REGIONAL.matcher(host))
        .filter(Matcher::matches)
        .or(() -> Optional.of(VPC.matcher(host)).filter(Matcher::matches));
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
