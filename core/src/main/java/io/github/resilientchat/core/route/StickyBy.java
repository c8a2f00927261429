package io.github.resilientchat.core.route;

/** What the strategy {@code sticky} keeps on one target. */
public enum StickyBy {
  /** All calls of a tenant, or of a user without one. */
  TENANT,
  /** The calls of a session that the request names, else of its tenant. */
  SESSION,
  /** Calls whose prompts begin alike, whoever makes them: they share what a prompt cache holds. */
  PREFIX
}
