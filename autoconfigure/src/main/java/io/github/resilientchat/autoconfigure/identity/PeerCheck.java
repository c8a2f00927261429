package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Whether the edge can see who is at the other end of a connection. Whoever puts the address that a
 * header names in its place lets the header say who is trusted.
 *
 * @param header of the user, or null
 * @param hiddenByFramework whether Spring's own strategy hides the peer for good
 * @param hiddenByBean whether a bean of the application's does so
 */
record PeerCheck(
    @Nullable String header,
    Environment environment,
    boolean hiddenByFramework,
    boolean hiddenByBean)
    implements ConfigurationCheck {

  private static final String KEY = "server.forward-headers-strategy";

  /** Either brings Tomcat's valve, whatever the strategy. */
  private static final List<String> VALVE =
      List.of("server.tomcat.remoteip.remote-ip-header", "server.tomcat.remoteip.protocol-header");

  private static final String INSTEAD = ", or have Spring Security verify callers instead";

  @Override
  public void check(Problems problems) {
    if (header != null) {
      checkValve(problems);
      checkStrategy(problems);
    }
  }

  private void checkValve(Problems problems) {
    for (String key : VALVE) {
      @Nullable String set = environment.getProperty(key);
      if (StringUtils.hasText(set)) {
        problems.add(
            key,
            set,
            "has Tomcat put" + spoofed("a header"),
            hiddenByFramework
                ? "take it out" + INSTEAD
                : "take it out, and set "
                    + KEY
                    + "=framework, which leaves the proxy's to be seen");
      }
    }
  }

  private void checkStrategy(Problems problems) {
    @Nullable String set = environment.getProperty(KEY);
    boolean cloud = set == null && isOnCloud();
    String strategy = set == null ? cloud ? "native" : "none" : set.toLowerCase(Locale.ROOT);
    if (strategy.equals("native") || strategy.equals("framework") && hiddenByFramework) {
      problems.add(
          KEY,
          set,
          (cloud ? "is native on this cloud platform, which puts" : "puts")
              + spoofed("X-Forwarded-For"),
          hiddenByFramework
              ? "set " + KEY + "=none" + INSTEAD
              : "set " + KEY + "=framework, which leaves the proxy's to be seen, or none");
    } else if (hiddenByBean) {
      problems.add(
          "resilient.identity.header.user",
          header,
          "counts for nothing beside the application's ForwardedHeaderTransformer, which puts"
              + spoofed("X-Forwarded-For"),
          "take the bean out" + INSTEAD);
    }
  }

  private String spoofed(String by) {
    return " the address that "
        + by
        + " names in the place of the proxy's, so that a client could name one that is trusted with"
        + " the header "
        + header;
  }

  /** None is a platform too, for who says so. */
  private boolean isOnCloud() {
    @Nullable CloudPlatform platform = CloudPlatform.getActive(environment);
    return platform != null && platform != CloudPlatform.NONE;
  }
}
