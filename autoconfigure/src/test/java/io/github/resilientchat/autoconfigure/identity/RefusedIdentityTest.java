package io.github.resilientchat.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.ClaimAccessor;

/** Settings of identity that would charge the wrong user, or nobody. */
class RefusedIdentityTest {

  private static final String[] ROUTE = {"resilient.routes.chat.targets=some.model@us-east-1"};

  private static ApplicationContextRunner runner() {
    return Startup.runner()
        .withConfiguration(
            AutoConfigurations.of(
                ResilientSecurityAutoConfiguration.class, ResilientIdentityAutoConfiguration.class))
        .withPropertyValues("resilient.backend=aws")
        .withPropertyValues(ROUTE);
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        Mistake.of(
            List.of("resilient.identity.header.user=X-User"),
            "resilient.identity.header.trusted-proxies",
            "anybody could send the header X-User",
            "10.1.0.0/16"),
        Mistake.of(
            List.of("resilient.identity.sources=header"),
            "resilient.identity.header.user",
            "is missing"),
        Mistake.of(
            List.of("resilient.identity.header.tenant=X-Tenant"),
            "resilient.identity.header.user",
            "is missing"),
        Mistake.of(
            List.of(
                "resilient.identity.sources=security",
                "resilient.identity.header.user=X-User",
                "resilient.identity.header.trusted-proxies=10.0.0.1"),
            "resilient.identity.header.user=X-User",
            "leaves 'header' out"),
        Mistake.of(
            List.of(
                "resilient.identity.header.user=X-User",
                "resilient.identity.header.trusted-proxies=0.0.0.0/0"),
            "trusted-proxies=0.0.0.0/0",
            "trusts every address"),
        Mistake.of(
            List.of(
                "resilient.identity.header.user=X-User",
                "resilient.identity.header.trusted-proxies=proxy.example.com"),
            "trusted-proxies=proxy.example.com",
            "is no address or network"),
        Mistake.of(
            List.of(
                "resilient.identity.header.user=X-User",
                "resilient.identity.header.trusted-proxies=10.0.0.0/33"),
            "trusted-proxies=10.0.0.0/33",
            "longer than 32"),
        Mistake.of(
            List.of("resilient.identity.sources=bean", "resilient.identity.user-claim=sub"),
            "resilient.identity.user-claim=sub",
            "leaves 'security' out"),
        Mistake.of(
            List.of("resilient.identity.sources=oracle"), "resilient.identity.sources", "oracle"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void stopTheStartWithKeyValueAndFix(Mistake mistake) {
    assertThat(Startup.refusal(runner().withPropertyValues(mistake.properties())))
        .contains(mistake.report());
  }

  @Test
  void claimsNeedSpringSecurity() {
    ApplicationContextRunner without =
        runner()
            .withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
            .withPropertyValues("resilient.identity.tenant-claim=tenant");

    assertThat(Startup.refusal(without))
        .contains("resilient.identity.tenant-claim=tenant", "not on the class path", "add ");
  }

  @Test
  void claimsNeedTokens() {
    ApplicationContextRunner without =
        runner()
            .withClassLoader(new FilteredClassLoader(ClaimAccessor.class))
            .withPropertyValues("resilient.identity.group-claim=groups");

    assertThat(Startup.refusal(without))
        .contains("resilient.identity.group-claim=groups", "knows tokens", "resource-server");
  }

  @Test
  void theSourceOfSpringSecurityNeedsIt() {
    ApplicationContextRunner without =
        runner()
            .withClassLoader(new FilteredClassLoader(SecurityContextHolder.class))
            .withPropertyValues("resilient.identity.sources=security");

    assertThat(Startup.refusal(without))
        .contains("resilient.identity.sources=security", "starter-security");
  }
}
