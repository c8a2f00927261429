package io.github.resilientchat.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

/** A proxy's header counts only where the proxy itself is seen. */
class PeerCheckTest {

  private static final String KEY = "server.forward-headers-strategy";

  private static void check(MockEnvironment environment, boolean reactive) {
    Problems problems = new Problems();
    new PeerCheck("X-User", environment, reactive).check(problems);
    problems.report();
  }

  @Test
  void aServerThatBelievesForwardedAddressesIsRefused() {
    assertThatThrownBy(() -> check(new MockEnvironment().withProperty(KEY, "NATIVE"), false))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining(KEY + "=NATIVE")
        .hasMessageContaining("X-User")
        .hasMessageContaining(KEY + "=framework");
    assertThatThrownBy(() -> check(new MockEnvironment().withProperty(KEY, "framework"), true))
        .hasMessageContaining("set " + KEY + "=none");
  }

  @Test
  void aCloudPlatformBelievesThemWithoutAWord() {
    MockEnvironment kubernetes =
        new MockEnvironment().withProperty("spring.main.cloud-platform", "kubernetes");

    assertThatThrownBy(() -> check(kubernetes, false))
        .hasMessageContaining("is native on this cloud platform");
    kubernetes.setProperty(KEY, "framework");
    assertThatCode(() -> check(kubernetes, false)).doesNotThrowAnyException();
    assertThatCode(
            () ->
                check(
                    new MockEnvironment().withProperty("spring.main.cloud-platform", "none"), true))
        .doesNotThrowAnyException();
  }

  @Test
  void nobodyAsksWithoutAHeader() {
    Problems problems = new Problems();
    new PeerCheck(null, new MockEnvironment().withProperty(KEY, "native"), false).check(problems);

    assertThatCode(problems::report).doesNotThrowAnyException();
    assertThat(problems).isNotNull();
  }
}
