package io.github.resilientchat.autoconfigure.keys;

import java.util.Set;
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
   * Whether it is one of them.
   *
   * @param groups of ours
   * @param path below {@code resilient}, in dots and without dashes; of one of those it never is
   *     one, because the binder reads it all the same
   */
  static boolean contains(Set<String> groups, String path, String value) {
    return !groups.contains(path.split("[.]", 2)[0])
        && (OF_SERVICE.matcher(path).matches()
            || path.endsWith(".port") && ADDRESS.matcher(value).matches());
  }
}
