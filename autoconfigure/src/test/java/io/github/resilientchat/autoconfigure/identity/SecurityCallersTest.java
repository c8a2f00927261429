package io.github.resilientchat.autoconfigure.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.InvalidCallerException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;

class SecurityCallersTest {

  private static SecurityCallers callers(
      @Nullable String user, @Nullable String tenant, @Nullable String group) {
    CallerSourcesProperties.Header none = new CallerSourcesProperties.Header(null, null, List.of());
    return new SecurityCallers(
        new CallerSourcesProperties(null, user, tenant, group, none), TokenClaims::of);
  }

  private static Authentication token(Consumer<Jwt.Builder> claims) {
    Jwt.Builder jwt = Jwt.withTokenValue("t").header("alg", "none").subject("alice");
    claims.accept(jwt);
    return new TestingAuthenticationToken(jwt.build(), "t", "SCOPE_chat");
  }

  @Test
  void theNameAndTheAuthoritiesAreTheCaller() {
    Authentication alice = new TestingAuthenticationToken("alice", "secret", "ROLE_PRO");

    assertThat(callers(null, null, null).of(alice))
        .hasValue(new Caller("alice", null, Set.of("ROLE_PRO")));
  }

  @Test
  void claimsAreTheCallerWhereTheyAreNamed() {
    Authentication token =
        token(jwt -> jwt.claim("tenant", "acme").claim("groups", List.of("llm-pro", "staff")));

    assertThat(callers("sub", "tenant", "groups").of(token))
        .hasValue(new Caller("alice", "acme", Set.of("llm-pro", "staff")));
    assertThat(callers("sub", null, null).of(token))
        .hasValue(new Caller("alice", null, Set.of("SCOPE_chat")));
  }

  @Test
  void groupsMayBeWordsWithBlanksBetween() {
    Authentication token = token(jwt -> jwt.claim("scope", "llm-pro staff"));

    assertThat(callers("sub", null, "scope").of(token).orElseThrow().groups())
        .containsExactlyInAnyOrder("llm-pro", "staff");
  }

  @Test
  void aTokenWithoutTheClaimNamesNobodyRatherThanSomebodyElse() {
    assertThat(callers("uid", null, null).of(token(jwt -> {}))).isEmpty();
    assertThat(
            callers("uid", null, null)
                .of(new TestingAuthenticationToken("alice", "secret", "ROLE_PRO")))
        .isEmpty();
  }

  @Test
  void nobodyIsSignedIn() {
    SecurityCallers callers = callers(null, null, null);
    TestingAuthenticationToken refused = new TestingAuthenticationToken("alice", "wrong");
    refused.setAuthenticated(false);

    assertThat(callers.of(null)).isEmpty();
    assertThat(callers.of(refused)).isEmpty();
    assertThat(
            callers.of(
                new AnonymousAuthenticationToken(
                    "key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a\nb", "a\u0000b"})
  void namesThatAreNoNamesAreRefused(String name) {
    Authentication user = new TestingAuthenticationToken(name, "secret", "ROLE_PRO");

    assertThatThrownBy(() -> callers(null, null, null).of(user))
        .isInstanceOf(InvalidCallerException.class)
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> callers("n", null, null).of(token(jwt -> jwt.claim("n", name))))
        .isInstanceOf(InvalidCallerException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_049, 10_000, 1_000_000})
  void endlessNamesAreRefused(int length) {
    String name = "x".repeat(length);
    Authentication user = new TestingAuthenticationToken(name, "secret", "ROLE_PRO");

    assertThatThrownBy(() -> callers(null, null, null).of(user))
        .isInstanceOf(InvalidCallerException.class)
        .satisfies(error -> assertThat(error.getMessage()).hasSizeLessThan(200));
    assertThatThrownBy(() -> callers("sub", "t", null).of(token(jwt -> jwt.claim("t", name))))
        .isInstanceOf(InvalidCallerException.class);
  }

  @Test
  void aClaimOfSeveralValuesNamesNobody() {
    Authentication token = token(jwt -> jwt.claim("uid", List.of("alice", "admin")));

    assertThatThrownBy(() -> callers("uid", null, null).of(token))
        .isInstanceOf(InvalidCallerException.class)
        .hasMessageNotContaining("admin");
  }
}
