package io.github.resilientchat.autoconfigure.quota;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What callers may use. Each user has an account of their own.
 *
 * @param everyone Users on no other plan.
 * @param plans Plans by name.
 */
@ConfigurationProperties("resilient.quotas")
record QuotasProperties(
    @Name("default") @DefaultValue Everyone everyone, @DefaultValue Map<String, Plan> plans) {

  /**
   * Users on no other plan.
   *
   * @param limits Limits of each user on no other plan, such as 60rpm, 100ktpm, 4par; none when not
   *     set.
   */
  record Everyone(@DefaultValue List<String> limits) {}

  /**
   * A plan.
   *
   * @param limits Required. Limits of each user on the plan.
   * @param users Required. Ids of the users on the plan.
   */
  @ConfigurationProperties("resilient.quotas.plans.*")
  record Plan(@DefaultValue List<String> limits, @DefaultValue Set<String> users) {}
}
