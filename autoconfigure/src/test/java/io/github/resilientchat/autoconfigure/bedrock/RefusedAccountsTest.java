package io.github.resilientchat.autoconfigure.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Mistake;
import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake in an account stops the application and is reported with its key and what to do. */
class RefusedAccountsTest {

  private static final String GOOD = "resilient.routes.chat.targets=a.b@us-east-1";

  private static final String ROLE = "arn:aws:iam::111111111111:role/bedrock-invoke";
  private static final String ASSUMED = "resilient.accounts.main.role-arn=" + ROLE;

  @ParameterizedTest
  @MethodSource
  void mistakesInAccountsAreNamed(Mistake mistake) {
    assertThat(Startup.refusal(mistake.properties())).contains(mistake.report());
  }

  static Stream<Mistake> mistakesInAccountsAreNamed() {
    return Stream.of(
        Mistake.of(
            List.of(
                GOOD,
                "resilient.accounts.main.profile=x",
                "resilient.accounts.main.access-key=AKIAX",
                "resilient.accounts.main.secret-key=hush"),
            "resilient.accounts.main",
            "two forms of credentials",
            "keep either resilient.accounts.main.profile or resilient.accounts.main.access-key"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.accounts.main.profile=x",
                "resilient.accounts.main.api-key=hush",
                "resilient.accounts.main.role-arn=" + ROLE),
            "several forms of credentials: a profile and a role and an API key"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.role-arn=arn:aws:iam::1:role/x"),
            "resilient.accounts.main.role-arn=arn:aws:iam::1:role/x",
            "no role's ARN"),
        Mistake.of(
            List.of(GOOD, ASSUMED, "resilient.accounts.main.session-duration=899s"),
            "resilient.accounts.main.session-duration=899s",
            "from 15 minutes to 12 hours"),
        Mistake.of(
            List.of(GOOD, ASSUMED, "resilient.accounts.main.session-name=a b"),
            "resilient.accounts.main.session-name=a b",
            "2 to 64"),
        Mistake.of(
            List.of(GOOD, ASSUMED, "resilient.accounts.main.session-tags=CostCenter"),
            "resilient.accounts.main.session-tags=CostCenter",
            "is no tag"),
        Mistake.of(
            List.of(GOOD, ASSUMED, "resilient.accounts.main.external-id=x"),
            "resilient.accounts.main.external-id",
            "2 to 1224"),
        Mistake.of(
            List.of(
                GOOD,
                ASSUMED,
                "resilient.accounts.main.external-id=x-42",
                "resilient.accounts.main.web-identity-token-file=/token"),
            "resilient.accounts.main.web-identity-token-file=/token",
            "neither an external id nor tags"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.external-id=x-42"),
            "resilient.accounts.main.external-id",
            "is for accounts with a role",
            "set resilient.accounts.main.role-arn"),
        Mistake.of(
            List.of(GOOD, ASSUMED, "resilient.accounts.main.source=hub"),
            "resilient.accounts.main.source=hub",
            "is no account"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.defaults.account=main",
                ASSUMED,
                "resilient.accounts.main.source=hub",
                "resilient.accounts.hub.role-arn=" + ROLE,
                "resilient.accounts.hub.source=main"),
            "resilient.accounts.main.source=hub",
            "leads back to the account"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.defaults.account=main",
                ASSUMED,
                "resilient.accounts.main.source=hub",
                "resilient.accounts.hub.api-key=hush"),
            "resilient.accounts.main.source=hub",
            "has an API key"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.defaults.account=main",
                ASSUMED,
                "resilient.accounts.main.source=hub",
                "resilient.accounts.main.session-duration=2h",
                "resilient.accounts.hub.role-arn=" + ROLE),
            "resilient.accounts.main.session-duration=7200s",
            "at most 1h"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.accounts.main.fips=true",
                "resilient.accounts.main.endpoint=https://bedrock-runtime.us-east-1.amazonaws.com"),
            "resilient.accounts.main.fips=true",
            "chooses among public endpoints"),
        Mistake.of(
            List.of(GOOD, ASSUMED, "resilient.accounts.main.sts-endpoint=https://evil.example"),
            "resilient.accounts.main.sts-endpoint=https://evil.example",
            "amazonaws.com"),
        Mistake.of(
            List.of(GOOD, "resilient.proxy.host=proxy"), "resilient.proxy.port", "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.proxy.port=3128"), "resilient.proxy.host", "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.proxy.host=http://proxy", "resilient.proxy.port=3128"),
            "resilient.proxy",
            "without a scheme"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.access-key=AKIAX"),
            "resilient.accounts.main.secret-key",
            "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.secret-key=hush"),
            "resilient.accounts.main.access-key",
            "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.session-token=hush"),
            "resilient.accounts.main.access-key",
            "is missing"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.endpoint=https://evil.example"),
            "resilient.accounts.main.endpoint=https://evil.example",
            "amazonaws.com"),
        Mistake.of(
            List.of(
                GOOD,
                "resilient.accounts.main.endpoint=http://bedrock-runtime.us-east-1.amazonaws.com"),
            "resilient.accounts.main.endpoint=http://bedrock-runtime",
            "use https"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.endpoint=https://amazonaws.com.evil.example"),
            "resilient.accounts.main.endpoint=https://amazonaws.com.evil.example"),
        Mistake.of(
            List.of(GOOD, "resilient.accounts.main.endpoint=not a uri"),
            "resilient.accounts.main.endpoint=not a uri",
            "write a URI"));
  }
}
