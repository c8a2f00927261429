package io.github.resilientchat.core.quota;

import org.jspecify.annotations.Nullable;

/**
 * A limit of each user on a plan that is above one of a tenant as a whole under which users of the
 * plan may be: no user of that tenant ever gets there.
 *
 * @param plan the users' plan
 * @param limit of each of them
 * @param tenantPlan the plan that limits the tenant; null for what holds for tenants of no plan
 * @param ofTenant the tenant's limit in the same unit
 */
public record WideLimit(String plan, Limit limit, @Nullable String tenantPlan, Limit ofTenant) {}
