package io.github.resilientchat.autoconfigure.keys;

import java.util.regex.Pattern;

/**
 * Environment variables that Kubernetes gives every pod for each Service: a Service that is called
 * {@code resilient}, or begins so, spells keys of ours.
 *
 * @see <a
 *     href="https://kubernetes.io/docs/concepts/services-networking/service/#discovering-services">
 *     Discovering services</a>
 */
final class KubernetesVariables {

  private static final Pattern OF_SERVICE =
      Pattern.compile(
          "(.+[.])?service[.](host|port([.].+)?)"
              + "|(.+[.])?port[.]\\d+[.](tcp|udp|sctp)([.](proto|port|addr))?"
              + "|port([.].+)?");
  private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.+");

  private KubernetesVariables() {}

  /**
   * Whether it is one of them, and so no key of ours.
   *
   * @param path below {@code resilient}, in dots and without dashes
   */
  static boolean contains(String path, String value) {
    return OF_SERVICE.matcher(path).matches() || isAddress(path, value);
  }

  /** Whether it says where a Service is, even if its name spells a key. */
  static boolean isAddress(String path, String value) {
    return path.endsWith("port") && ADDRESS.matcher(value).matches();
  }
}
