package io.github.resilientchat.core.quota;

/** What happens, where quotas are set, to a call that names no user. */
public enum AnonymousCallers {
  /** It is refused. */
  DENY,
  /** All such calls share the default plan's account of one user. */
  SHARED
}
