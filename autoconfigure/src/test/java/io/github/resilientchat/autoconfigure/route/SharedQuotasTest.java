package io.github.resilientchat.autoconfigure.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.quota.Limits;
import io.github.resilientchat.core.route.SharedLimits;
import io.github.resilientchat.core.route.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Targets whose calls AWS counts together share the limits that are written at one of them. */
class SharedQuotasTest {

  private static final String SONNET = "us.anthropic.claude-sonnet-4-6";

  private static List<Target> targets(String... properties) {
    return Startup.routes(properties).all().stream()
        .flatMap(route -> route.targets().stream())
        .toList();
  }

  private static String[] twoRoles(String... more) {
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(
                "resilient.defaults.region=us-east-1",
                "resilient.accounts.one.role-arn=arn:aws:iam::111111111111:role/a",
                "resilient.accounts.one.external-id=xx",
                "resilient.accounts.two.role-arn=arn:aws:iam::111111111111:role/b",
                "resilient.accounts.two.external-id=yy"),
            java.util.stream.Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void idAndArnInOneAccountAndRegionAreOneQuota() {
    List<Target> targets =
        targets(
            "resilient.defaults.region=us-east-1",
            "resilient.models.arn.id=arn:aws:bedrock:us-east-1:111111111111:inference-profile/"
                + SONNET,
            "resilient.targets.east.model=" + SONNET,
            "resilient.targets.east.limits=200rpm, 400ktpm",
            "resilient.routes.chat.targets=east",
            "resilient.routes.batch.targets=arn, global.anthropic.claude-sonnet-4-6",
            "resilient.routes.other.targets=" + SONNET + "(5rpm)");

    assertThat(targets).hasSize(4);
    Target east =
        targets.stream().filter(target -> target.name().equals("east")).findFirst().orElseThrow();
    assertThat(east.limits()).isEqualTo(Limits.parse("200rpm 400ktpm"));
    assertThat(east.limitsKey()).isEqualTo(east.quotaKey());
    SharedLimits quota = new SharedLimits(east.quotaKey(), east.limits());
    assertThat(targets)
        .filteredOn(target -> target.shared().contains(quota))
        .extracting(Target::model)
        .hasSize(2)
        .doesNotContain("global.anthropic.claude-sonnet-4-6");
    assertThat(targets)
        .filteredOn(target -> target.limits().equals(Limits.parse("5rpm")))
        .singleElement()
        .satisfies(target -> assertThat(target.shared()).containsExactly(quota));
  }

  @Test
  void twoRolesInOneAccountOfAwsShareItsQuotasAndItsDay() {
    List<Target> targets =
        targets(
            twoRoles(
                "resilient.accounts.one.limits=700mtpd",
                "resilient.accounts.two.limits=700mtpd",
                "resilient.routes.chat.targets=" + SONNET + "/one, " + SONNET + "/two",
                "resilient.routes.chat.fallbacks=us.amazon.nova-pro-v1:0/two"));

    assertThat(targets).extracting(Target::quotaKey).startsWith(targets.get(1).quotaKey());
    assertThat(targets)
        .extracting(Target::shared)
        .containsOnly(
            List.of(new SharedLimits("account 111111111111@us-east-1", Limits.parse("700mtpd"))));
  }

  @Test
  void roleWhoseAccountHasLimitsUnderAnotherNameDrawsOnThem() {
    List<Target> targets =
        targets(
            twoRoles(
                "resilient.accounts.two.limits=700mtpd",
                "resilient.routes.chat.targets=" + SONNET + "/one, " + SONNET + "/two"));

    assertThat(targets)
        .extracting(Target::shared)
        .containsOnly(
            List.of(new SharedLimits("account 111111111111@us-east-1", Limits.parse("700mtpd"))));
  }

  @Test
  void twoRolesInOneAccountOfAwsRestTogetherWhenItsDayIsOverAndAreDeniedEachForItself() {
    List<Target> targets =
        targets(
            twoRoles("resilient.routes.chat.targets=" + SONNET + "/one*2, " + SONNET + "/two*2"));

    for (FailureDomain domain :
        List.of(FailureDomain.ACCOUNT_REGION, FailureDomain.QUOTA_ACCOUNT)) {
      assertThat(targets)
          .extracting(target -> target.keyIn(domain))
          .hasSize(2)
          .containsOnly(targets.get(0).keyIn(domain));
    }
    assertThat(targets)
        .extracting(target -> target.keyIn(FailureDomain.ACCOUNT))
        .doesNotHaveDuplicates();
  }

  @Test
  void otherLimitsOfOneAccountUnderTwoNamesStopTheStart() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withPropertyValues("resilient.backend=aws")
                    .withPropertyValues(
                        twoRoles(
                            "resilient.accounts.one.limits=700mtpd",
                            "resilient.accounts.two.limits=500mtpd",
                            "resilient.routes.chat.targets="
                                + SONNET
                                + "/one, "
                                + SONNET
                                + "/two"))))
        .contains("resilient.accounts.two.limits")
        .contains("the account one is the same at AWS, 111111111111, and its limits are '700mtpd'");
  }

  @Test
  void otherLimitsOfOneQuotaStopTheStart() {
    assertThat(
            Startup.refusal(
                Startup.runner()
                    .withPropertyValues(
                        "resilient.backend=aws",
                        "resilient.defaults.region=us-east-1",
                        "resilient.targets.east.model=" + SONNET,
                        "resilient.targets.east.limits=200rpm",
                        "resilient.targets.again.model=" + SONNET,
                        "resilient.targets.again.limits=100rpm",
                        "resilient.routes.chat.targets=east, again")))
        .contains("draws on the same quota of AWS")
        .contains("100rpm")
        .contains("200rpm");
  }
}
