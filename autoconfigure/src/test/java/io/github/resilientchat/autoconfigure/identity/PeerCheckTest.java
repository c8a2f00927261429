package io.github.resilientchat.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.autoconfigure.keys.InvalidConfigurationException;
import io.github.resilientchat.autoconfigure.keys.Problems;
import io.github.resilientchat.autoconfigure.keys.ResilientKeysAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/** A proxy's header counts only where the proxy itself is seen. */
class PeerCheckTest {

  private static final String VALVE = "server.tomcat.remoteip.remote-ip-header";
  private static final String KEY = "server.forward-headers-strategy";

  private static void check(MockEnvironment environment, boolean reactive) {
    check(environment, reactive, false);
  }

  private static void check(MockEnvironment environment, boolean reactive, boolean byBean) {
    Problems problems = new Problems();
    new PeerCheck("X-User", environment, reactive, byBean).check(problems);
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

  @ParameterizedTest
  @ValueSource(strings = {VALVE, "server.tomcat.remoteip.protocol-header"})
  void tomcatsOwnPropertiesBringItsValveWhateverTheStrategy(String key) {
    for (boolean reactive : new boolean[] {false, true}) {
      MockEnvironment valve =
          new MockEnvironment().withProperty(KEY, "none").withProperty(key, "X-Real-IP");

      assertThatThrownBy(() -> check(valve, reactive))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining(key + "=X-Real-IP")
          .hasMessageContaining("X-User")
          .hasMessageContaining("take it out");
    }
    assertThatCode(() -> check(new MockEnvironment().withProperty(key, " "), false))
        .doesNotThrowAnyException();
  }

  @Test
  void aTransformerOfTheApplicationsIsRefused() {
    assertThatThrownBy(() -> check(new MockEnvironment(), true, true))
        .hasMessageContaining("resilient.identity.header.user=X-User")
        .hasMessageContaining("ForwardedHeaderTransformer")
        .hasMessageContaining("take the bean out");
  }

  @Test
  void aBeanThatOnlyTakesHeadersAwayHidesNobody() {
    reactive(true).run(context -> assertThat(context).hasNotFailed());
    reactive(false)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("ForwardedHeaderTransformer"));
  }

  private static ReactiveWebApplicationContextRunner reactive(boolean removeOnly) {
    return new ReactiveWebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientKeysAutoConfiguration.class,
                ResilientEdgeIdentityAutoConfiguration.class,
                ResilientIdentityAutoConfiguration.class))
        .withBean(
            "forwardedHeaderTransformer",
            ForwardedHeaderTransformer.class,
            () -> {
              ForwardedHeaderTransformer transformer = new ForwardedHeaderTransformer();
              transformer.setRemoveOnly(removeOnly);
              return transformer;
            })
        .withPropertyValues(
            "resilient.identity.header.user=X-User",
            "resilient.identity.header.trusted-proxies=10.1.0.0/16");
  }

  @Test
  void nobodyAsksWithoutAHeader() {
    Problems problems = new Problems();
    MockEnvironment believing =
        new MockEnvironment().withProperty(KEY, "native").withProperty(VALVE, "X-Real-IP");
    new PeerCheck(null, believing, false, true).check(problems);

    assertThatCode(problems::report).doesNotThrowAnyException();
    assertThat(problems).isNotNull();
  }
}
