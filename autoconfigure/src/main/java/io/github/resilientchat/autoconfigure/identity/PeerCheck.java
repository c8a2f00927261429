package io.github.resilientchat.autoconfigure.identity;

import io.github.resilientchat.autoconfigure.keys.ConfigurationCheck;
import io.github.resilientchat.autoconfigure.keys.Problems;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.core.env.Environment;

/**
 * Whether the edge can see who is at the other end of a connection. Whoever puts the address that a
 * header names in its place lets the header say who is trusted.
 *
 * @param header of the user, or null
 * @param hiddenByFramework whether Spring's own strategy hides the peer for good
 */
record PeerCheck(@Nullable String header, Environment environment, boolean hiddenByFramework)
    implements ConfigurationCheck {

  private static final String KEY = "server.forward-headers-strategy";

  @Override
  public void check(Problems problems) {
    if (header == null) {
      return;
    }
    @Nullable String set = environment.getProperty(KEY);
    boolean cloud = set == null && isOnCloud();
    String strategy = set == null ? cloud ? "native" : "none" : set.toLowerCase(Locale.ROOT);
    if (strategy.equals("native") || strategy.equals("framework") && hiddenByFramework) {
      problems.add(
          KEY,
          set,
          (cloud ? "is native on this cloud platform, which" : "")
              + (cloud ? " " : "")
              + "puts the address that X-Forwarded-For names in the place of the proxy's, so that a"
              + " client could name one that is trusted with the header "
              + header,
          hiddenByFramework
              ? "set " + KEY + "=none, or have Spring Security verify callers instead"
              : "set " + KEY + "=framework, which leaves the proxy's to be seen, or none");
    }
  }

  /** None is a platform too, for who says so. */
  private boolean isOnCloud() {
    @Nullable CloudPlatform platform = CloudPlatform.getActive(environment);
    return platform != null && platform != CloudPlatform.NONE;
  }
}
