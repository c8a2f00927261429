package io.github.resilientchat.core.quota;

/**
 * Limits that somebody is held to.
 *
 * @param plan the plan of users or tenants; the route; else the scope's own name
 */
public record HeldLimits(Scope scope, String plan, Limits limits) {}
