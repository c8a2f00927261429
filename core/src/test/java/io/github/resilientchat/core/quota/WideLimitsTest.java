package io.github.resilientchat.core.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Limits of users that never show, because a tenant as a whole has less. */
class WideLimitsTest {

  private static PlanQuotas.Builder quotas(String everyone, String tenant, Plan.Builder... plans) {
    return PlanQuotas.builder()
        .limits(Limits.parse(everyone))
        .tenantLimits(Limits.parse(tenant))
        .plans(Arrays.stream(plans).map(Plan.Builder::build).toArray(Plan[]::new));
  }

  private static Plan.Builder plan(String name, String limits) {
    return Plan.named(name).limits(Limits.parse(limits));
  }

  private static WideLimit wide(String plan, String limit, String tenantPlan, String ofTenant) {
    return new WideLimit(plan, Limit.parse(limit), tenantPlan, Limit.parse(ofTenant));
  }

  @Test
  void usersOfAnyTenantAreHeldAgainstWhatHoldsForEveryTenant() {
    assertThat(quotas("300rpm, 1ktpm", "100rpm, 9ktpm").wideLimits())
        .containsExactly(wide("default", "300rpm", null, "100rpm"));
  }

  @Test
  void aGroupsUsersMayBeOfEveryTenantThatAPlanLimits() {
    Plan.Builder big = Plan.named("big").tenants("acme").tenantLimits(Limits.parse("200rpm"));
    Plan.Builder bigger = Plan.named("bigger").tenants("ibm").tenantLimits(Limits.parse("250rpm"));

    assertThat(quotas("10rpm", "", big, bigger, plan("pro", "300rpm").groups("pro")).wideLimits())
        .as("the lowest")
        .containsExactly(wide("pro", "300rpm", "big", "200rpm"));
  }

  @Test
  void aTenantsUsersAreHeldAgainstTheirOwnTenantAlone() {
    Plan.Builder acme = plan("acme", "150rpm").tenants("acme").tenantLimits(Limits.parse("200rpm"));
    Plan.Builder batch = plan("batch", "500rpm").tenants("acme").routes("batch");

    assertThat(quotas("", "100rpm", acme, batch).wideLimits())
        .containsExactly(wide("batch", "500rpm", "acme", "200rpm"));
  }

  @Test
  void whoseTenantsPlanLimitsEachUserIsNotOnTheDefault() {
    Plan.Builder acme = plan("acme", "10rpm").tenants("acme").tenantLimits(Limits.parse("50rpm"));

    assertThat(quotas("100rpm", "", acme).wideLimits()).isEmpty();
  }
}
