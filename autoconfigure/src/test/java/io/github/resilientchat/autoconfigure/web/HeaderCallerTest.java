package io.github.resilientchat.autoconfigure.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;

/** A proxy may say who calls; nobody else may. */
class HeaderCallerTest {

  private static final String[] TRUSTED = {
    "resilient.identity.header.user=X-User",
    "resilient.identity.header.tenant=X-Tenant",
    "resilient.identity.header.trusted-proxies=127.0.0.0/8"
  };
  private static final String[] OTHERS = {
    "resilient.identity.header.user=X-User",
    "resilient.identity.header.trusted-proxies=10.9.9.9",
    "server.forward-headers-strategy=none"
  };

  @ParameterizedTest
  @EnumSource(value = WebApplicationType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void aTrustedProxyNamesTheCallerUnlessSomebodyIsSignedIn(WebApplicationType type)
      throws Exception {
    try (EdgeServer server = EdgeServer.start(type, TRUSTED)) {
      assertThat(
              server.get("/open/blocking", null, "X-User", "dora", "X-Tenant", "acme").statusCode())
          .isEqualTo(200);
      assertThat(server.get("/open/stream", null, "X-User", "dora").statusCode()).isEqualTo(200);
      assertThat(server.get("/spring/mono", "bob", "X-User", "dora").statusCode()).isEqualTo(200);

      assertThat(server.reports())
          .extracting(report -> report.caller().user())
          .containsExactly("dora", "dora", "bob");
      assertThat(server.reports().get(0).caller()).isEqualTo(Caller.of("dora", "acme"));
    }
  }

  @ParameterizedTest
  @EnumSource(value = WebApplicationType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void namesThatCannotBeAreTheRequestsFaultAndNobodysAccount(WebApplicationType type)
      throws Exception {
    try (EdgeServer server = EdgeServer.start(type, TRUSTED)) {
      HttpResponse<String> twice =
          server.get("/open/blocking", null, "X-User", "admin", "X-User", "dora");
      HttpResponse<String> endless = server.get("/open/stream", null, "X-User", "x".repeat(3_000));

      assertThat(twice.statusCode()).as(twice.body()).isEqualTo(400);
      assertThat(twice.body()).contains("X-User came 2 times").doesNotContain("admin", "dora");
      assertThat(endless.statusCode()).as(endless.body()).isEqualTo(400);
      assertThat(endless.body()).contains("3000 characters").doesNotContain("xxxx");
      assertThat(server.reports()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(value = WebApplicationType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void namesThatNoServerReadsEndTheirRequestAlone(WebApplicationType type) throws Exception {
    try (EdgeServer server = EdgeServer.start(type, TRUSTED)) {
      for (int length : new int[] {10_000, 1_000_000}) {
        try {
          assertThat(server.get("/open/blocking", null, "X-User", "x".repeat(length)).statusCode())
              .isBetween(400, 499);
        } catch (IOException closed) {
          // Before all of it was sent.
        }
      }
      assertThat(server.reports()).isEmpty();
      assertThat(server.get("/open/blocking", null, "X-User", "dora").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @EnumSource(value = WebApplicationType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void anybodyElsesHeaderIsNothing(WebApplicationType type) throws Exception {
    try (EdgeServer server = EdgeServer.start(type, OTHERS)) {
      assertThat(
              server
                  .get("/open/blocking", null, "X-User", "dora", "X-Forwarded-For", "10.9.9.9")
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void anAddressThatAHeaderClaimsIsNoProxys() throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            WebApplicationType.SERVLET,
            OTHERS[0],
            OTHERS[1],
            "server.forward-headers-strategy=framework")) {
      assertThat(
              server
                  .get("/open/blocking", null, "X-User", "dora", "X-Forwarded-For", "10.9.9.9")
                  .statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void aSourceThatIsLeftOutIsNotAsked() throws Exception {
    for (WebApplicationType type :
        new WebApplicationType[] {WebApplicationType.SERVLET, WebApplicationType.REACTIVE}) {
      try (EdgeServer server = EdgeServer.start(type, "resilient.identity.sources=bean")) {
        assertThat(server.get("/spring/mono", "bob").statusCode()).isEqualTo(403);
      }
    }
  }
}
