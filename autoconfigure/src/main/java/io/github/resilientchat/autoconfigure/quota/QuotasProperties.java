package io.github.resilientchat.autoconfigure.quota;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What callers may use. Each user has an account of their own.
 *
 * @param everyone Users on no other plan.
 * @param tenant Each tenant as a whole, where no plan says so.
 * @param application All calls together.
 * @param plans Plans by name.
 * @param zone Where days, months and money begin anew, such as Europe/Berlin; 'UTC' when not set.
 * @param onExceeded What becomes of a call over a limit, where its plan does not say: 'reject' (the
 *     default), 'wait' (in line), or 'route:name' (over that route, by the limits there).
 * @param maxWait How long 'wait' waits, where the plan does not say.
 * @param otherModels Whether model beans of other libraries, whose calls pass every quota, stop the
 *     start: 'refuse' (the default) or 'allow'.
 */
@ConfigurationProperties("resilient.quotas")
record QuotasProperties(
    @Name("default") @DefaultValue Limited everyone,
    @DefaultValue Limited tenant,
    @DefaultValue Limited application,
    @DefaultValue Map<String, Plan> plans,
    @Nullable String zone,
    @Nullable String onExceeded,
    @DefaultValue("10s") Duration maxWait,
    @DefaultValue("refuse") Others otherModels) {

  /** What becomes of a start that finds models which are not held to quotas. */
  enum Others {
    REFUSE,
    ALLOW
  }

  /**
   * Limits of somebody.
   *
   * @param limits Limits such as 60rpm, 100ktpm, 4par, 5usd/d; 0 lets nothing pass. None when not
   *     set.
   */
  record Limited(@DefaultValue List<String> limits) {}

  /**
   * A plan.
   *
   * @param limits Limits of each user on the plan; none when not set, and the plan then needs
   *     tenant-limits.
   * @param tenantLimits Limits of each of the plan's tenants as a whole; as resilient.quotas.tenant
   *     says when not set.
   * @param users Ids of the users on the plan, in whatever tenant; 'tenant/id' is one in that
   *     tenant alone and comes before the id alone. None when not set.
   * @param groups Groups whose members are on the plan, unless a plan names them; none when not
   *     set.
   * @param tenants Tenants whose users are on the plan, unless a plan names them or their groups;
   *     none when not set.
   * @param routes Routes that the plan holds for; all when not set.
   * @param weight Share of what a scarce route has left; a caller of weight 3 gets three times as
   *     much as one of 1.
   * @param onExceeded What becomes of a call over a limit: 'reject', 'wait' or 'route:name'.
   * @param maxWait How long 'wait' waits.
   */
  @ConfigurationProperties("resilient.quotas.plans.*")
  record Plan(
      @DefaultValue List<String> limits,
      @DefaultValue List<String> tenantLimits,
      @DefaultValue List<String> users,
      @DefaultValue List<String> groups,
      @DefaultValue List<String> tenants,
      @DefaultValue List<String> routes,
      @DefaultValue("1") int weight,
      @Nullable String onExceeded,
      @Nullable Duration maxWait) {

    boolean namesNobody() {
      return Stream.of(users, groups, tenants, routes).allMatch(List::isEmpty);
    }
  }

  /** Whether anything is limited. */
  boolean isEmpty() {
    return plans.isEmpty()
        && Stream.of(everyone, tenant, application).allMatch(each -> each.limits().isEmpty());
  }
}
