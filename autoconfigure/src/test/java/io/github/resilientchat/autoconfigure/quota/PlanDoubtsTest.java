package io.github.resilientchat.autoconfigure.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.Startup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What plans say and likely do not mean is said at the start, once, with its keys. */
@ExtendWith(OutputCaptureExtension.class)
class PlanDoubtsTest {

  private static final String[] ROUTES = {
    "resilient.backend=aws",
    "resilient.default-route=chat",
    "resilient.routes.chat.targets=a.b@us-east-1",
    "resilient.routes.cheap.targets=a.c@us-east-1"
  };

  private static List<String> warnings(CapturedOutput log, String... properties) {
    Startup.runner()
        .withPropertyValues(ROUTES)
        .withPropertyValues(properties)
        .run(context -> assertThat(context).hasNotFailed());
    return log.toString()
        .lines()
        .filter(line -> line.contains("WARN"))
        .filter(line -> line.contains("resilient.quotas") || line.contains("PlanQuotas"))
        .toList();
  }

  @Test
  void anotherRouteWhereTheSamePlanHoldsLetsNobodyIn(CapturedOutput log) {
    assertThat(
            warnings(
                log,
                "resilient.quotas.default.limits=60rpm",
                "resilient.quotas.plans.pro.limits=300rpm",
                "resilient.quotas.plans.pro.groups=pro",
                "resilient.quotas.plans.few.limits=5rpm",
                "resilient.quotas.plans.few.users=carol",
                "resilient.quotas.plans.few.on-exceeded=route:cheap",
                "resilient.quotas.on-exceeded=route:cheap"))
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("resilient.quotas.plans.few.on-exceeded=route:cheap")
                    .contains("resilient.quotas.plans.few.limits=5rpm")
                    .contains("resilient.quotas.plans.few.routes"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("resilient.quotas.on-exceeded=route:cheap")
                    .contains("resilient.quotas.default.limits=60rpm")
                    .contains("resilient.quotas.plans.pro.limits=300rpm")
                    .contains("resilient.quotas.plans.<name>.routes=cheap"));
  }

  @Test
  void anotherRouteWithAPlanOfItsOwnIsWhatIsMeant(CapturedOutput log) {
    assertThat(
            warnings(
                log,
                "resilient.quotas.default.limits=60rpm",
                "resilient.quotas.plans.spare.limits=20rpm",
                "resilient.quotas.plans.spare.routes=cheap",
                "resilient.quotas.plans.few.limits=5rpm",
                "resilient.quotas.plans.few.users=carol",
                "resilient.quotas.plans.few.routes=chat",
                "resilient.quotas.on-exceeded=route:cheap"))
        .isEmpty();
  }

  @Test
  void aLimitAboveThatOfATenantNamesBothKeys(CapturedOutput log) {
    assertThat(
            warnings(
                log,
                "resilient.quotas.tenant.limits=100rpm",
                "resilient.quotas.default.limits=300rpm",
                "resilient.quotas.plans.pro.limits=90rpm",
                "resilient.quotas.plans.pro.groups=pro",
                "resilient.quotas.plans.big.tenant-limits=80rpm",
                "resilient.quotas.plans.big.tenants=acme"))
        .hasSize(2)
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("resilient.quotas.default.limits=300rpm of each user")
                    .contains("resilient.quotas.plans.big.tenant-limits=80rpm"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("resilient.quotas.plans.pro.limits=90rpm of each user")
                    .contains("resilient.quotas.plans.big.tenant-limits=80rpm"));
  }
}
